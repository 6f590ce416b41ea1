"""The words in the sources behind a resource, grouped by what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Store, Term


@dataclass(frozen=True)
class Quotation:
    """Words in the source, their language, the node that quotes them, and where they stand."""

    text: str
    language: str | None
    quote: Label
    source: Label | None


@dataclass
class QuotationGroup:
    """Quotations of one subject: the properties that they support, or the measure that they are from."""

    titles: Sequence[Label]
    quotations: list[Quotation] = field(default_factory=list)


def read_rows(iri: NamedNode, store: Store) -> Sequence[Row]:
    """Return a row for each quote and property that it supports, in the order in which they stand in the source."""
    return store.select(query("pages/quotes"), {"iri": iri})


def groups(rows: Sequence[Row], labels: Labels) -> Sequence[QuotationGroup]:
    """Return the quotations of rows, each once, in the order in which their groups first stand in the source."""
    by_quote = group_values((row["quote"], row) for row in rows)
    by_titles: dict[tuple[Term, ...], QuotationGroup] = {}
    for of_quote in by_quote.values():
        supported = tuple(dict.fromkeys(row["supports"] for row in of_quote if "supports" in row))
        about = of_quote[0].get("about")
        titles = (about,) if about else supported
        group = by_titles.setdefault(titles, QuotationGroup([labels.of(title) for title in titles]))
        group.quotations.append(_quotation(of_quote[0], labels))
    return list(by_titles.values())


def _quotation(row: Row, labels: Labels) -> Quotation:
    exact, source = row["exact"], row.get("source")
    text, language = (exact.value, exact.language) if isinstance(exact, Literal) else (str(exact), None)
    return Quotation(text, language, labels.of(row["quote"]), labels.of(source) if source else None)
