"""The example queries that the data holds: in the SIB form, https://github.com/sib-swiss/sparql-examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.display import Shown
from sparql_endpoint.languages import rank
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Row, Store


@dataclass(frozen=True)
class Example:
    """A query with the question it answers, in as many languages as the data has."""

    key: str
    """The last part of its IRI, or all of it where another example has the same."""
    query: str
    questions: Sequence[Literal]
    tags: Sequence[str]

    def question(self, language: str) -> Shown:
        """The question in the language that suits best."""
        best = min(self.questions, key=lambda text: (rank(text.language, language), text.value))
        return Shown(best.value, language=best.language)

    def fits(self, words: str, tag: str) -> bool:
        """Whether it has the tag and all the words, in any language and any case; empty ones are had by all."""
        told = " ".join([self.query, *self.tags, *(text.value for text in self.questions)]).casefold()
        return (not tag or tag in self.tags) and all(word in told for word in words.casefold().split())


def examples(store: Store) -> Sequence[Example]:
    """All that the store holds, by their IRIs."""
    rows: dict[str, list[Row]] = {}
    for row in store.select(query("desk/examples")):
        if isinstance(row["example"], NamedNode):
            rows.setdefault(row["example"].value, []).append(row)
    found: dict[str, Example] = {}
    for iri, told in rows.items():
        local = iri.replace("#", "/").rstrip("/").rpartition("/")[2]
        key = iri if local in found else local
        found[key] = _example(key, told)
    return list(found.values())


def _example(key: str, rows: Sequence[Row]) -> Example:
    questions = dict.fromkeys(row["question"] for row in rows)
    tags = dict.fromkeys(_text(row, "keyword") for row in rows if "keyword" in row)
    return Example(key, _text(rows[0], "query"), [q for q in questions if isinstance(q, Literal)], sorted(tags))


def _text(row: Row, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, Literal) else str(term)


def tags(found: Sequence[Example]) -> Sequence[tuple[str, int]]:
    """The tags in their order, and how many examples have each."""
    names = sorted({tag for example in found for tag in example.tags})
    return [(name, sum(name in example.tags for example in found)) for name in names]
