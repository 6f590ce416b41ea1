"""Who made a thing, and in which role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sparql_endpoint.pages.library.description import Description
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Term

RELATORS = "http://id.loc.gov/vocabulary/relators/"

_ORDER = (
    *("aut", "cre", "drt", "fmd", "cmp", "aus", "lyr", "lbt", "trl", "edt"),
    *("com", "arr", "adp", "ctg", "ill", "pht", "nrt", "prf"),
)
"""The roles that stand first on a page, in this order."""


@dataclass(frozen=True)
class Contribution:
    """An agent and its roles; `is_primary` for the main entry of the record."""

    agent: Label
    roles: Sequence[Label]
    is_primary: bool
    iri: NamedNode
    role_iris: Sequence[NamedNode]


def contributions_of(nodes: Iterable[NamedNode], described: Description, labels: Labels) -> Sequence[Contribution]:
    """Return who contributed to things, each agent once with all its roles, the main entry first."""
    roles: dict[NamedNode, dict[NamedNode, None]] = {}
    primary: set[Term] = set()
    for node in nodes:
        for part in described.nodes(node, "bf:contribution"):
            for agent in described.nodes(part, "bf:agent"):
                roles.setdefault(agent, {}).update(dict.fromkeys(described.nodes(part, "bf:role")))
                if "bf:PrimaryContribution" in described.kinds(part):
                    primary.add(agent)
    ordered = sorted(roles, key=lambda agent: (agent not in primary, _position_of(roles[agent]), agent.value))
    return [
        Contribution(
            labels.of(agent), [labels.of(role) for role in roles[agent]], agent in primary, agent, list(roles[agent])
        )
        for agent in ordered
    ]


def _position_of(roles: Iterable[NamedNode]) -> tuple[int, str]:
    """Return where an agent with these roles stands among others."""
    codes = sorted(role.value.removeprefix(RELATORS) for role in roles)
    return min((_ORDER.index(code) for code in codes if code in _ORDER), default=len(_ORDER)), "".join(codes)
