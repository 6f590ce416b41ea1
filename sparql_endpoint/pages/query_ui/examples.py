"""The example queries that the data holds: in the SIB form, https://github.com/sib-swiss/sparql-examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.label_choice import best_text
from nbkg.rdf.solutions import text
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import TextLabel
from sparql_endpoint.stores.base import Row, Store


@dataclass(frozen=True)
class Tag:
    """A tag: the key that addresses have, and its names in as many languages as the data has."""

    key: str
    names: Sequence[Literal] = ()

    def name(self, language: str) -> TextLabel:
        """Return the name in the language that suits best; the key where it has none."""
        return _label(self.names, language) or TextLabel(self.key)


@dataclass(frozen=True)
class Example:
    """A query with the question it answers, in as many languages as the data has."""

    key: str
    """The last part of its IRI, or all of it where another example has the same."""
    query: str
    questions: Sequence[Literal]
    tags: Sequence[Tag]
    is_opening: bool = False
    """Whether the query page opens with it."""

    def question(self, language: str) -> TextLabel:
        """Return the question in the language that suits best."""
        return _label(self.questions, language) or TextLabel(self.key)

    def fits(self, words: str, tag: str) -> bool:
        """Return whether it has the tag and all the words, in any language and any case; empty ones fit all."""
        texts = [*self.questions, *(name for one in self.tags for name in one.names)]
        keys = [one.key for one in self.tags]
        searched = " ".join([self.query, *keys, *(text.value for text in texts)]).casefold()
        return (not tag or tag in keys) and all(word in searched for word in words.casefold().split())


def _label(texts: Sequence[Literal], language: str) -> TextLabel | None:
    best = best_text(texts, language)
    return TextLabel(best.value, language=best.language) if best else None


def examples(store: Store) -> Sequence[Example]:
    """Return all examples that the store holds, by their IRIs."""
    rows = store.select(query("query_page/examples"))
    by_iri = group_values((node.value, row) for row in rows if isinstance(node := row["example"], NamedNode))
    names = _tag_names(store)
    by_key: dict[str, Example] = {}
    for iri, of_example in by_iri.items():
        key = iri if (local := local_name(iri)) in by_key else local
        by_key[key] = _example(key, of_example, names)
    return list(by_key.values())


def _tag_names(store: Store) -> Mapping[str, Sequence[Literal]]:
    """Return the names of tags, by key."""
    rows = store.select(query("query_page/tags"))
    return group_values((text(row, "keyword"), name) for row in rows if isinstance(name := row["name"], Literal))


def _example(key: str, rows: Sequence[Row], names: Mapping[str, Sequence[Literal]]) -> Example:
    questions = dict.fromkeys(row["question"] for row in rows)
    keywords = sorted({text(row, "keyword") for row in rows if "keyword" in row})
    tags = [Tag(keyword, tuple(names.get(keyword, ()))) for keyword in keywords]
    texts = [question for question in questions if isinstance(question, Literal)]
    return Example(key, text(rows[0], "query"), texts, tags, any("position" in row for row in rows))


def tags(examples: Sequence[Example], language: str) -> Sequence[tuple[Tag, int]]:
    """Return the tags by their names in a language, and how many examples have each."""
    every = {tag.key: tag for example in examples for tag in example.tags}
    ordered = sorted(every.values(), key=lambda tag: (tag.name(language).text.casefold(), tag.key))
    return [(tag, sum(tag in example.tags for example in examples)) for tag in ordered]
