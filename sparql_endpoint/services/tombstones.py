"""IRIs that were once published and are no more: merged ones lead to their successor, withdrawn ones say when and why.

The data says so: `prov:invalidatedAtTime` when, `skos:changeNote` why, and for a merged one `dcterms:isReplacedBy`.
RFC 9110 sections 15.4.2 (301) and 15.5.11 (410), https://www.rfc-editor.org/rfc/rfc9110#section-15.5.11
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Store

_LONGEST = 20
"""Mergers one after the other that are followed."""


@dataclass(frozen=True)
class Retirement:
    """Since when, why in each language, and the successor: where there are several, none can be led to."""

    when: str
    why: Sequence[Literal]
    successors: Sequence[NamedNode]


def retirement(store: Store, iri: NamedNode) -> Retirement | None:
    """What is said of the end of an IRI; None where it has not ended."""
    rows = store.select(query("retired"), {"iri": iri})
    if not rows:
        return None
    when, why = rows[0]["when"], [row.get("why") for row in rows]
    successors = [node for row in rows if isinstance(node := row.get("successor"), NamedNode) and node != iri]
    return Retirement(
        when.value if isinstance(when, Literal) else "",
        list(dict.fromkeys(text for text in why if isinstance(text, Literal))),
        list(dict.fromkeys(successors)),
    )


def successor(store: Store, iri: NamedNode, ended: Retirement) -> NamedNode | None:
    """The one that is in its place now, at the end of the chain; None where there is none, several, or a circle."""
    seen = {iri}
    while len(ended.successors) == 1 and len(seen) < _LONGEST:
        following = ended.successors[0]
        if following in seen:
            return None
        seen.add(following)
        found = retirement(store, following)
        if found is None:
            return following
        ended = found
    return None
