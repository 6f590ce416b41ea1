"""The closure of identity links: everything that is one thing, by one thing; nothing that is in a conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loader.link.checking.link_conflicts import LinkConflict
from loader.link.checking.link_table import LinkTable


def stopped_components(table: LinkTable, conflicts: Iterable[LinkConflict]) -> frozenset[str]:
    """Return the components in which things would wrongly become one."""
    members = [iri for conflict in conflicts if conflict.stops for iri in conflict.members]
    return frozenset(component for iri in members for (component,) in table.select("component_of", (iri,)))


def closure_lines(table: LinkTable, stopped: frozenset[str]) -> Iterator[str]:
    """Yield N-Triples: of each component its first thing, linked to all others; none of a component in a conflict.

    The link is owl:sameAs where all links of the component are, else skos:exactMatch.
    """
    for component, first, predicate, other in table.select("closure"):
        if component not in stopped:
            yield f"<{first}> <{predicate}> <{other}> .\n"
