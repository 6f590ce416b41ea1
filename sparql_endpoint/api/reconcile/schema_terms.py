"""The types and properties of the data: those that it uses or that its vocabularies declare, with their names.

They come from the VoID description, which counts what is used, and from the vocabularies in the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.label_choice import best_text
from nbkg.rdf.solutions import Row, Term, iri_value, text
from nbkg.void.counts import ClassCount, Counts
from sparql_endpoint.queries import query
from sparql_endpoint.services import void_counts
from sparql_endpoint.services.services import Serving, serving

_BACKGROUND = "pages/background"
"""The query for the classes of resources that only explain or serve others."""


@dataclass(frozen=True)
class SchemaTerm:
    """A type or a property."""

    iri: str
    uses: int = 0
    """How many entities are of the type, or how many statements have the property."""
    labels: Sequence[Literal] = ()
    notes: Sequence[Literal] = ()
    wider: tuple[str, ...] = ()
    """The IRIs of the types directly above it."""
    range: tuple[str, ...] = ()
    """The IRIs of the types of what the property leads to."""

    def name(self, language: str) -> str:
        """Return its name in the language that suits best, or the last part of its IRI."""
        label = best_text(self.labels, language)
        return label.value if label else local_name(self.iri)

    def note(self, language: str) -> str:
        """Return what it means, in the language that suits best; empty where nothing says so."""
        note = best_text(self.notes, language)
        return note.value if note else ""


@dataclass(frozen=True)
class Schema:
    """The types and properties of the data by their IRIs, the most used first."""

    types: Mapping[str, SchemaTerm] = field(default_factory=dict)
    properties: Mapping[str, SchemaTerm] = field(default_factory=dict)
    of_types: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The IRIs of the properties of each type, the most used first."""
    background: frozenset[str] = frozenset()
    """The IRIs of the types that only explain or serve others."""

    def is_used(self, iri: str) -> bool:
        """Return whether entities of the data are of a type."""
        return iri in self.types and self.types[iri].uses > 0

    def main_types(self) -> list[SchemaTerm]:
        """Return the types of entities that somebody may look for, the most used first: those that have names."""
        sought = list(filter(self.is_sought, self.types.values()))
        return [term for term in sought if term.labels] or sought

    def is_named(self, iri: str) -> bool:
        """Return whether the data has a name of a type."""
        return iri in self.types and bool(self.types[iri].labels)

    def is_sought(self, term: SchemaTerm) -> bool:
        """Return whether entities of the data are of a type that does not only explain or serve others."""
        return term.uses > 0 and term.iri not in self.background


def read_schema() -> Schema:
    """Return the types and properties of the data that is served now. Raises StoreError."""
    here = serving()
    return here.per_version(__name__, lambda: _read(here), lambda: void_counts.version_of(here.store), share=2)


def _read(here: Serving) -> Schema:
    rows = here.store.select(query("reconcile/terms"))
    counts = void_counts.contents().counts or Counts()
    return Schema(
        types=_terms(rows, "class", {count.name.value: count.entities for count in counts.classes}),
        properties=_terms(rows, "property", {count.property.value: count.triples for count in counts.properties}),
        of_types={count.name.value: _properties(count) for count in counts.classes},
        background=_background(here),
    )


def _properties(count: ClassCount) -> Sequence[str]:
    return [one.property.value for one in count.properties]


def _background(here: Serving) -> frozenset[str]:
    return frozenset(text(row, "class") for row in here.store.select(query(_BACKGROUND)))


def _terms(rows: Iterable[Row], kind: str, used: Mapping[str, int]) -> Mapping[str, SchemaTerm]:
    declared = group_values((iri_value(row, "term").value, row) for row in rows if text(row, "kind") == kind)
    terms = [_declared(iri, declared.get(iri, ()), used.get(iri, 0)) for iri in {**declared, **used}]
    return {term.iri: term for term in sorted(terms, key=lambda one: (-one.uses, one.iri))}


def _declared(iri: str, rows: Sequence[Row], uses: int) -> SchemaTerm:
    values = group_values((text(row, "about"), row["value"]) for row in rows if "value" in row)
    return SchemaTerm(
        iri,
        uses,
        labels=_literals(values.get("label", ())),
        notes=_literals(values.get("note", ())),
        wider=_iris(values.get("wider", ())),
        range=_iris(values.get("range", ())),
    )


def _literals(terms: Iterable[Term]) -> Sequence[Literal]:
    return [term for term in terms if isinstance(term, Literal)]


def _iris(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(sorted(term.value for term in terms if isinstance(term, NamedNode)))
