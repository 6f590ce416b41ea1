"""What the data tells of a thing beside the measures: facts, identifiers, names over time, what else points to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import first_values, group_values
from nbkg.rdf.label_choice import in_best_language, language_rank
from nbkg.rdf.solutions import literal_text
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Term

Grouped = Sequence[tuple[str, Sequence[Label]]]
"""The key of a word, and the values that it stands before."""


@dataclass(frozen=True)
class Identifier:
    """What another register calls a thing, and where that was seen."""

    scheme: Label | None
    notation: str
    source: Label | None


@dataclass(frozen=True)
class Called:
    """What a report's explanation of abbreviations calls a unit."""

    report: Label
    issued: str
    printed: Label | None
    former: Label | None
    entry: Label


class EntityFacts:
    """What the data says of one resource, with labels."""

    def __init__(self, iri: NamedNode, labels: Labels) -> None:
        self._labels = labels
        self._facts, self._related, self._identifiers, self._names, self._definitions = (
            labels.serving.store.select(query(f"pages/thing/{name}"), {"iri": iri})
            for name in ("facts", "related", "identifiers", "names", "definitions")
        )

    def terms(self) -> Iterator[Term]:
        """All that is spoken of."""
        for rows in (self._facts, self._related, self._identifiers, self._names):
            for row in rows:
                yield from (term for name, term in row.items() if name != "iri")

    def concepts(self) -> Sequence[Term]:
        """The narrower concepts."""
        return [row["value"] for row in self._facts if _word(row) == "fact_narrower"]

    def definition(self) -> Label | None:
        """What the thing is, in the best language."""
        definitions = [row["definition"] for row in self._definitions if isinstance(row["definition"], Literal)]
        best = min(definitions, key=lambda text: language_rank(text.language, self._labels.language), default=None)
        return self._labels.of(best) if best else None

    def facts(self) -> Grouped:
        """The facts, in the order of their query."""
        return _grouped(((_word(row), row["value"]) for row in self._facts), self._labels)

    def related(self) -> Grouped:
        """The things that point to it."""
        return _grouped(((_word(row), row["other"]) for row in self._related), self._labels)

    def identifiers(self) -> Sequence[Identifier]:
        """The identifiers, each once."""
        first = first_values((row["identifier"], row) for row in self._identifiers)
        return [
            Identifier(self._label(row, "scheme"), literal_text(row, "notation"), self._label(row, "source"))
            for row in first.values()
        ]

    def names(self) -> Sequence[Called]:
        """The names in the reports' explanations, the newest report first."""
        show = self._labels.of
        return [
            Called(
                show(row["report"]),
                literal_text(row, "issued"),
                self._label(row, "printed"),
                self._label(row, "former"),
                show(row["entry"]),
            )
            for row in self._names
        ]

    def _label(self, row: Row, name: str) -> Label | None:
        return self._labels.of(row[name]) if name in row else None


def _grouped(pairs: Iterable[tuple[str, Term]], labels: Labels) -> Grouped:
    groups = group_values(pairs).items()
    return [(word, [labels.of(value) for value in _suited(values, labels)]) for word, values in groups]


def _suited(values: Sequence[Term], labels: Labels) -> Sequence[Term]:
    """Names in other languages than the best are left out where the best one has any; what is in none stays."""
    in_languages = [value for value in values if isinstance(value, Literal) and value.language]
    best = in_best_language(in_languages, labels.language)
    return [value for value in values if value in best or value not in in_languages]


def _word(row: Row) -> str:
    return literal_text(row, "word")
