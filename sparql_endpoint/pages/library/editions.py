"""The instances of works, as lists show them: in the order of their dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.titles import Written, written
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Store
from sparql_endpoint.stores.rows import among

_DIGITISED = ("urn.nb.no", "urn:nbn:")


@dataclass(frozen=True)
class Edition:
    """An instance in a list."""

    iri: NamedNode
    work: NamedNode
    link: Label
    titles: Sequence[Written]
    edition: str
    date: str
    """EDTF, or the words of the record; empty where it has no date."""
    publishers: Sequence[Label]
    carriers: Sequence[Label]
    is_digitised: bool
    hosts: Sequence[Label]
    """What it is a part of: the periodical of an article, the book of a chapter."""

    @property
    def order(self) -> tuple[str, str]:
        """Return the key by which instances are sorted: by date, those without one last."""
        return self.date or "9999", self.iri.value


def read_editions(works: Iterable[NamedNode], labels: Labels) -> Sequence[Edition]:
    """Return the instances of works, the oldest first; of a great many, what one query may return."""
    store = labels.serving.store
    requested = list(dict.fromkeys(works))
    rows = _read(requested, store) if requested else ()
    by_instance = group_values((row["instance"], row) for row in rows)
    editions = [_edition(iri, of, labels) for iri, of in by_instance.items() if isinstance(iri, NamedNode)]
    return sorted(editions, key=lambda edition: edition.order)


def _read(works: Sequence[NamedNode], store: Store) -> Sequence[Row]:
    return store.select(among(query("pages/library/instances"), "work", works))


def _edition(iri: NamedNode, rows: Sequence[Row], labels: Labels) -> Edition:
    values = group_values((text(row, "word"), row["value"]) for row in rows)
    titles = sorted((value for value in values.get("label", ()) if isinstance(value, Literal)), key=_script_order)
    dates = sorted({value.value for value in values.get("date", ()) if isinstance(value, Literal)})
    work = rows[0]["work"]
    return Edition(
        iri,
        work if isinstance(work, NamedNode) else iri,
        labels.of(iri),
        [written(title) for title in titles],
        next((value.value for value in values.get("edition", ()) if isinstance(value, Literal)), ""),
        _best_date(dates),
        [labels.of(value) for value in sorted(values.get("publisher", ()), key=str)],
        [labels.of(value) for value in sorted(values.get("carrier", ()), key=str)],
        any(mark in str(value).lower() for value in values.get("locator", ()) for mark in _DIGITISED),
        [labels.of(value) for value in sorted(values.get("host", ()), key=str)],
    )


def _script_order(title: Literal) -> tuple[bool, str, str]:
    """Return the key by which the titles of an instance are sorted: that in its own script first."""
    return "-" not in (title.language or ""), title.language or "", title.value


def _best_date(dates: Sequence[str]) -> str:
    """Return the date that is a number, as EDTF is, rather than the words of the record."""
    return next((date for date in dates if date[:1].isdigit()), dates[0] if dates else "")
