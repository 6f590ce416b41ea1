"""Tombstones of IRIs that were once published: merged ones lead to their successor, withdrawn ones tell when and why.

The data says so: `prov:invalidatedAtTime` when, or `owl:deprecated` where that is not known; `skos:changeNote` why, for
a merged one `dcterms:isReplacedBy`, and `rdfs:seeAlso` for what it may be now.
RFC 9110 sections 15.4.2 (301) and 15.5.11 (410), https://www.rfc-editor.org/rfc/rfc9110#section-15.5.11
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Row, Store

_MAX_CHAIN = 20
"""Mergers one after the other that are followed."""


@dataclass(frozen=True)
class Tombstone:
    """The day of the end, the reason in each language, and the successors: only a single one can be led to.

    The day is an empty text where it is not known; `candidates` are things of which one may be meant.
    """

    when: str
    why: Sequence[Literal]
    successors: Sequence[NamedNode]
    candidates: Sequence[NamedNode] = ()


def find_tombstone(store: Store, iri: NamedNode) -> Tombstone | None:
    """Return the tombstone of an IRI; None where it is still in use."""
    rows = store.select(query("retired"), {"iri": iri})
    if not rows:
        return None
    when, why = rows[0].get("when"), [row.get("why") for row in rows]
    return Tombstone(
        when.value if isinstance(when, Literal) else "",
        list(dict.fromkeys(text for text in why if isinstance(text, Literal))),
        _others(iri, rows, "successor"),
        _others(iri, rows, "candidate"),
    )


def _others(iri: NamedNode, rows: Sequence[Row], name: str) -> Sequence[NamedNode]:
    nodes = (row.get(name) for row in rows)
    return list(dict.fromkeys(node for node in nodes if isinstance(node, NamedNode) and node != iri))


def find_successor(
    find: Callable[[NamedNode], Tombstone | None], iri: NamedNode, tombstone: Tombstone
) -> NamedNode | None:
    """Return the last successor of an IRI; None where there is none, where there are several, or in a circle.

    `find` returns the tombstone of an IRI; None where it is still in use.
    """
    seen = {iri}
    while len(tombstone.successors) == 1 and len(seen) < _MAX_CHAIN:
        successor = tombstone.successors[0]
        if successor in seen:
            return None
        seen.add(successor)
        next_tombstone = find(successor)
        if next_tombstone is None:
            return successor
        tombstone = next_tombstone
    return None
