"""What is excerpt of entities besides their ids: the name in the language of the request, a note, and the types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.label_choice import label_rank
from nbkg.rdf.solutions import Row
from sparql_endpoint.api.reconcile.schema_terms import Schema, read_schema
from sparql_endpoint.api.reconcile.term_ids import type_ids
from sparql_endpoint.services.known_rows import rows_about
from sparql_endpoint.services.labels import Labels, request_labels

_LONGEST_NOTE = 160
"""Characters of a note."""
_MOST_LEVELS = 20
"""Types above each other that are followed."""


@dataclass
class Descriptions:
    """The descriptions of some entities; all are looked up at once."""

    labels: Labels
    schema: Schema
    notes: Mapping[NamedNode, str]
    only_names: bool = False
    """Whether the entities were looked up by their whole names alone."""
    _described: dict[tuple[str, ...], list[dict[str, str]]] = field(default_factory=dict)
    """Types that were described already."""

    def name(self, node: NamedNode) -> str:
        """Return the name of an entity."""
        return self.labels.of(node).text or node.value

    def fields(self, node: NamedNode) -> dict[str, object]:
        """Return the id, the name and the note of an entity as all answers have them."""
        described: dict[str, object] = {"id": node.value, "name": self.name(node)}
        return {**described, "description": note} if (note := self.notes.get(node)) else described

    def types(self, iris: Sequence[str]) -> list[dict[str, str]]:
        """Return types with their names, the narrowest first, without those that only other data may know.

        Entities have few sets of types, which are described once: that took a tenth of the time of a batch.
        """
        key = tuple(iris)
        if key not in self._described:
            self._described[key] = self._describe_types(key)
        return self._described[key]

    def _describe_types(self, iris: Sequence[str]) -> list[dict[str, str]]:
        known = list(filter(self.schema.is_named, iris)) or iris
        ordered = sorted(known, key=lambda iri: (-_depth(iri, self.schema), not self._is_own(iri), iri))
        return [describe_type(iri, self.schema, self.labels.language) for iri in ordered]

    def _is_own(self, iri: str) -> bool:
        """Return whether a type is one of the data's own vocabulary, which says more than one that others share."""
        return iri.startswith(self.labels.addresses.base)


def describe_type(iri: str, schema: Schema, language: str) -> dict[str, str]:
    """Return the id and the name of a type."""
    term = schema.types.get(iri)
    type_id = type_ids().id_of(iri)
    return {"id": type_id, "name": term.name(language) if term else type_id}


def describe(nodes: Iterable[NamedNode], *, only_names: bool = False) -> Descriptions:
    """Return the descriptions of entities in the language of the request. Raises StoreError."""
    labels, several = request_labels(), list(nodes)
    labels.expect(several)
    groups = group_values((row["iri"], row) for row in rows_about(labels.serving, several, "reconcile/notes"))
    notes = {node: _note(rows, labels.language) for node, rows in groups.items() if isinstance(node, NamedNode)}
    return Descriptions(labels, read_schema(), notes, only_names)


def _note(rows: Sequence[Row], language: str) -> str:
    ranked = sorted(
        (label_rank(note, _rank(row), language), note.value) for row in rows if isinstance(note := row["note"], Literal)
    )
    text = " ".join(ranked[0][1].split()) if ranked else ""
    return text if len(text) <= _LONGEST_NOTE else f"{text[:_LONGEST_NOTE].rpartition(' ')[0]} …"


def _rank(row: Row) -> int:
    rank = row["rank"]
    return int(rank.value) if isinstance(rank, Literal) else 0


def _depth(iri: str, schema: Schema) -> int:
    """Return how many types are above one: of two types of an entity, the narrower has more."""
    above, pending = set[str](), [iri]
    for _ in range(_MOST_LEVELS):
        wider = {wide for one in pending if one in schema.types for wide in schema.types[one].wider}
        pending = sorted(wider - above)
        above |= wider
    return len(above)
