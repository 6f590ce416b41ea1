"""The register that headings are linked to: the entities of a store by its index, and those that are in a conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from loader import identifiers
from loader.link.checking.conflict_triples import SCHEME
from loader.link.checking.link_conflicts import stopping_kinds
from nbkg.errors import UsageError
from nbkg.matching.entity_index import EntityIndex, EntityRow
from nbkg.matching.matcher import Matcher
from nbkg.storage.layout import description_file, is_built, read_json, text_index_file
from nbkg.storage.served_directory import locate
from nbkg.text_index import Index
from nbkg.text_index.folder import index_file

_INVOLVING = ("conflictKind", "conflictingThing", "meetsIn")
"""What a conflict states of itself."""


@dataclass(frozen=True)
class Register:
    """The entities that headings may mean."""

    matcher: Matcher
    entities: EntityIndex
    in_conflict: frozenset[str]
    """The entities that links would wrongly make one with others."""
    state: str
    """What identifies its content."""

    def entity(self, iri: str) -> EntityRow | None:
        """Return an entity, or what it was merged into; None where it is not there, or was withdrawn."""
        row = self.entities.with_iris([iri]).get(iri)
        return self.entities.survivor(row) if row else None


def open_register(source: Path) -> Register:
    """Open a built store, or a folder with the index of a store on another server.

    Of the latter nothing is known about conflicts. Raises UsageError where there is neither, or no index.
    """
    if index_file(source).is_file():
        index = _open_index(index_file(source), source)
        return _register(index, None, repr(sorted(index.about().items())))
    if not is_built(source):
        raise UsageError(f"{source}: is no built store and no index; make one with `nbkg load` or `nbkg index`")
    folder = locate(source).folder
    store = ox.Store.read_only(str(folder))
    return _register(
        _open_index(text_index_file(folder), source), store, read_json(description_file(folder), source)["hash"]
    )


def _open_index(file: Path, source: Path) -> Index:
    index = Index.open(file)
    if index is None:
        raise UsageError(f"{source}: has no index that this nbkg reads; load it again with `nbkg load`")
    return index


def _register(index: Index, store: ox.Store | None, state: str) -> Register:
    entities = EntityIndex(index)
    values = _StoredValues(store) if store else None
    conflicts = frozenset(_in_conflict(store)) if store else frozenset[str]()
    return Register(Matcher(entities, values), entities, conflicts, state)


def _in_conflict(store: ox.Store) -> Iterator[str]:
    """Yield the things that links would wrongly make one."""
    kind, *involving = (ox.NamedNode(str(identifiers.term(name))) for name in _INVOLVING)
    for key in stopping_kinds():
        concept = ox.NamedNode(str(identifiers.concept(SCHEME, key)))
        for conflict in {quad.subject for quad in store.quads_for_pattern(None, kind, concept, None)}:
            for prop in involving:
                yield from (_text(quad.object) for quad in store.quads_for_pattern(conflict, prop, None, None))


@dataclass(frozen=True)
class _StoredValues:
    """Looks up values of properties that the index does not hold."""

    store: ox.Store

    def __call__(self, iris: Sequence[str], prop: str) -> Mapping[str, Collection[str]]:
        values: dict[str, set[str]] = defaultdict(set)
        for iri in iris:
            for quad in self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(prop), None, None):
                values[iri].add(_text(quad.object))
        return values


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
