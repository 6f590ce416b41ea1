"""Which graphs of a data set are counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True)
class Scope:
    """Which graphs are counted, by their numbers."""

    base: str
    """Subjects below this IRI are the data set's own."""
    graphs: Sequence[bytes]
    """The names of all graphs by number, as in N-Quads; 0 is the default graph."""
    merged: frozenset[int]
    """The graphs that are counted together, each triple once."""
    single: frozenset[int]
    """The graphs that are counted one by one."""
    present: frozenset[int]
    """The named graphs that belong in the default graph; those that describe others do as well."""

    @classmethod
    def make(
        cls, base: str, graphs: Sequence[bytes], describing: Collection[bytes], left_out: Collection[bytes]
    ) -> Scope:
        """Return the scope of all graphs but those that describe others; those `left_out` are counted one by one."""
        numbers = frozenset(number for number, name in enumerate(graphs) if name not in describing)
        single = frozenset(number for number in numbers if graphs[number].startswith(b"<"))
        merged = frozenset(number for number in numbers if graphs[number] not in left_out)
        present = frozenset(number for number, name in enumerate(graphs) if name and name not in left_out)
        return cls(base, graphs, merged, single, present)


def text_of(term: bytes) -> str:
    """Return the IRI of a term in N-Triples."""
    return term[1:-1].decode()


def node_of(term: bytes) -> ox.NamedNode:
    """Return the node of a term in N-Triples that is an IRI."""
    return ox.NamedNode(text_of(term))
