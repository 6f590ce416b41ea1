"""Blank nodes of a triple: which it holds, and the same triple with others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyoxigraph as ox


def blank_nodes(triple: ox.Triple) -> Sequence[ox.BlankNode]:
    """Return the blank nodes of a triple, and of triples in it."""
    subject, value = triple.subject, triple.object
    nodes: Sequence[ox.BlankNode] = (subject,) if isinstance(subject, ox.BlankNode) else ()
    if isinstance(value, ox.BlankNode):
        return (*nodes, value)
    return (*nodes, *blank_nodes(value)) if isinstance(value, ox.Triple) else nodes


def rename_blank_nodes(triple: ox.Triple, rename: Callable[[ox.BlankNode], ox.NamedNode | ox.BlankNode]) -> ox.Triple:
    """Return the triple with its blank nodes renamed, also inside triples in it."""
    subject, value = triple.subject, triple.object
    if isinstance(value, ox.Triple):
        value = rename_blank_nodes(value, rename)
    elif isinstance(value, ox.BlankNode):
        value = rename(value)
    elif not isinstance(subject, ox.BlankNode):
        return triple
    return ox.Triple(rename(subject) if isinstance(subject, ox.BlankNode) else subject, triple.predicate, value)
