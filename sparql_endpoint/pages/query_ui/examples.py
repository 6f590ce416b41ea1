"""The example queries that the data holds: in the SIB form, https://github.com/sib-swiss/sparql-examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.rdf.label_choice import language_rank
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, TextLabel
from sparql_endpoint.stores.base import Row, Store


@dataclass(frozen=True)
class Tag:
    """A tag: the key that addresses have, and its names in as many languages as the data has."""

    key: str
    names: Sequence[Literal] = ()

    def name(self, language: str) -> Label:
        """The name in the language that suits best; the key where it has none."""
        best = min(self.names, key=lambda text: (language_rank(text.language, language), text.value), default=None)
        return TextLabel(best.value, language=best.language) if best else TextLabel(self.key)


@dataclass(frozen=True)
class Example:
    """A query with the question it answers, in as many languages as the data has."""

    key: str
    """The last part of its IRI, or all of it where another example has the same."""
    query: str
    questions: Sequence[Literal]
    tags: Sequence[Tag]

    def question(self, language: str) -> Label:
        """The question in the language that suits best."""
        best = min(self.questions, key=lambda text: (language_rank(text.language, language), text.value))
        return TextLabel(best.value, language=best.language)

    def fits(self, words: str, tag: str) -> bool:
        """Whether it has the tag and all the words, in any language and any case; empty ones are had by all."""
        texts = [*self.questions, *(name for one in self.tags for name in one.names)]
        keys = [one.key for one in self.tags]
        told = " ".join([self.query, *keys, *(text.value for text in texts)]).casefold()
        return (not tag or tag in keys) and all(word in told for word in words.casefold().split())


def examples(store: Store) -> Sequence[Example]:
    """All that the store holds, by their IRIs."""
    rows: dict[str, list[Row]] = {}
    for row in store.select(query("desk/examples")):
        if isinstance(row["example"], NamedNode):
            rows.setdefault(row["example"].value, []).append(row)
    names = _names(store)
    found: dict[str, Example] = {}
    for iri, told in rows.items():
        local = iri.replace("#", "/").rstrip("/").rpartition("/")[2]
        key = iri if local in found else local
        found[key] = _example(key, told, names)
    return list(found.values())


def _names(store: Store) -> Mapping[str, Sequence[Literal]]:
    """What tags are called, by key."""
    found: dict[str, list[Literal]] = {}
    for row in store.select(query("desk/tags")):
        if isinstance(name := row["name"], Literal):
            found.setdefault(_text(row, "keyword"), []).append(name)
    return found


def _example(key: str, rows: Sequence[Row], names: Mapping[str, Sequence[Literal]]) -> Example:
    questions = dict.fromkeys(row["question"] for row in rows)
    keywords = sorted({_text(row, "keyword") for row in rows if "keyword" in row})
    told = [Tag(keyword, tuple(names.get(keyword, ()))) for keyword in keywords]
    return Example(key, _text(rows[0], "query"), [q for q in questions if isinstance(q, Literal)], told)


def _text(row: Row, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, Literal) else str(term)


def tags(found: Sequence[Example], language: str) -> Sequence[tuple[Tag, int]]:
    """The tags by their names in a language, and how many examples have each."""
    every = {tag.key: tag for example in found for tag in example.tags}
    ordered = sorted(every.values(), key=lambda tag: (tag.name(language).text.casefold(), tag.key))
    return [(tag, sum(tag in example.tags for example in found)) for tag in ordered]
