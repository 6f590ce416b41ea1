"""The entities that clients mean by an id: an IRI, also a compact or a relative one, or an identifier in any form.

What was merged into another entity is that one: its tombstone leads there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from nbkg.grouping import first_values, group_values
from nbkg.rdf.solutions import Term, iri_value
from sparql_endpoint.api.reconcile.candidate_search import identify
from sparql_endpoint.services.known_rows import rows_about
from sparql_endpoint.services.services import Serving, serving

_MAX_CHAIN = 20
"""Mergers one after the other that are followed."""


def find_entities(ids: Iterable[str]) -> Mapping[str, NamedNode]:
    """Return the entities by the ids that mean one; ids of nothing are left out. Raises StoreError."""
    here = serving()
    spellings = {one: _iris(one, here) for one in dict.fromkeys(ids)}
    described = _find_described(spellings, here)
    identified = {one: _find_identified(one) for one in spellings if one not in described}
    return _survivors(described | {one: node for one, node in identified.items() if node}, here)


def _find_described(spellings: Mapping[str, Sequence[NamedNode]], here: Serving) -> dict[str, NamedNode]:
    """Return by ids the first of the IRIs that each may be of which the data says anything."""
    nodes = list(dict.fromkeys(node for several in spellings.values() for node in several))
    known = {row["iri"] for row in rows_about(here, nodes, "described")}
    return first_values((one, node) for one, several in spellings.items() for node in several if node in known)


def _find_identified(name: str) -> NamedNode | None:
    iri = identify(name)
    return NamedNode(iri) if iri else None


def _iris(text: str, here: Serving) -> list[NamedNode]:
    """Return the IRIs that a text may be: itself, a compact one, and one that is relative to the base."""
    return [node for one in (text, *_expand(text, here)) if (node := _node(one))]


def _expand(text: str, here: Serving) -> Iterator[str]:
    prefix, colon, local = text.partition(":")
    if namespace := here.prefixes().get(prefix if colon else ""):
        yield f"{namespace}{local}"
    if not colon or "/" in prefix:
        yield f"{here.settings.base}{text.lstrip('/')}"


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri) if ":" in iri else None
    except ValueError:
        return None


def _survivors(entities: Mapping[str, NamedNode], here: Serving) -> Mapping[str, NamedNode]:
    """Return entities with those that were merged into others replaced by these, where that is a single one."""
    survivors, nodes = dict(entities), list(dict.fromkeys(entities.values()))
    for _ in range(_MAX_CHAIN):
        successors = _successors(nodes, here)
        if not successors:
            break
        survivors = {one: successors.get(node, node) for one, node in survivors.items()}
        nodes = list(dict.fromkeys(successors.values()))
    return survivors


def _successors(nodes: Sequence[NamedNode], here: Serving) -> Mapping[NamedNode, NamedNode]:
    """Return the one successor of each IRI that has a single one."""
    rows = rows_about(here, nodes, "retired") if nodes else ()
    groups = group_values((iri_value(row, "iri"), row["successor"]) for row in rows if "successor" in row)
    return {node: one for node, several in groups.items() if (one := _single(several))}


def _single(terms: Sequence[Term]) -> NamedNode | None:
    first = terms[0]
    return first if isinstance(first, NamedNode) and all(term == first for term in terms) else None
