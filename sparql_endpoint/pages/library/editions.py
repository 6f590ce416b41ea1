"""The instances of works, as lists show them: in the order of their dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.label_lists import first_text, literals, sorted_labels, texts_of
from sparql_endpoint.pages.library.titles import Written, written
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Store, Term
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
    titles = sorted(literals(values.get("label", ())), key=_script_order)
    dates = texts_of(values.get("date", ()))
    work = rows[0]["work"]
    return Edition(
        iri,
        work if isinstance(work, NamedNode) else iri,
        labels.of(iri),
        [written(title) for title in titles],
        first_text(values.get("edition", ())),
        _best_date(dates),
        sorted_labels(values.get("publisher", ()), labels),
        sorted_labels(values.get("carrier", ()), labels),
        _is_digital(values.get("locator", ())),
        sorted_labels(values.get("host", ()), labels),
    )


def _script_order(title: Literal) -> tuple[bool, str, str]:
    """Return the key by which the titles of an instance are sorted: that in its own script first."""
    return "-" not in (title.language or ""), title.language or "", title.value


def _best_date(dates: Sequence[str]) -> str:
    """Return the date that is a number, as EDTF is, rather than the words of the record."""
    return next((date for date in dates if date[:1].isdigit()), dates[0] if dates else "")


def _is_digital(locators: Iterable[Term]) -> bool:
    return any(mark in str(locator).lower() for locator in locators for mark in _DIGITISED)
