"""The words in the sources behind a thing, grouped by what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Store, Term


@dataclass(frozen=True)
class Quoted:
    """Words in the source, their language, the node that quotes them, and where they stand."""

    text: str
    language: str | None
    quote: Label
    source: Label | None


@dataclass
class Group:
    """Quotes about one thing: the properties that they support, or the measure that they are from."""

    titles: Sequence[Label]
    quotes: list[Quoted] = field(default_factory=list)


def rows(iri: NamedNode, store: Store) -> Sequence[Row]:
    """A row for each quote and property that it supports, in the order of their places."""
    return store.select(query("pages/quotes"), {"iri": iri})


def groups(found: Sequence[Row], labels: Labels) -> list[Group]:
    """The quotes of rows, each once, in the order of their first place."""
    by_quote: dict[Term, list[Row]] = {}
    for row in found:
        by_quote.setdefault(row["quote"], []).append(row)
    made: dict[tuple[Term, ...], Group] = {}
    for rows_of in by_quote.values():
        supported = tuple(dict.fromkeys(row["supports"] for row in rows_of if "supports" in row))
        about = rows_of[0].get("about")
        titles = (about,) if about else supported
        group = made.setdefault(titles, Group([labels.of(title) for title in titles]))
        group.quotes.append(_quoted(rows_of[0], labels))
    return list(made.values())


def _quoted(row: Row, labels: Labels) -> Quoted:
    exact, source = row["exact"], row.get("source")
    text, language = (exact.value, exact.language) if isinstance(exact, Literal) else (str(exact), None)
    return Quoted(text, language, labels.of(row["quote"]), labels.of(source) if source else None)
