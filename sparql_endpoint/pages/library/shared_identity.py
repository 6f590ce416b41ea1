"""Who else has an identifier or a name of an agent: perhaps the same, perhaps another with the same name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.description import Description
from sparql_endpoint.pages.library.seen_identifiers import SeenIdentifier
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row
from sparql_endpoint.stores.rows import among

_MOST_NAMES = 60


@dataclass(frozen=True)
class SharedIdentity:
    """Another agent, and the names or numbers that both have."""

    other: Label
    values: Sequence[str]


def sharing_identifiers(agent: NamedNode, seen: Sequence[SeenIdentifier], labels: Labels) -> Sequence[SharedIdentity]:
    """Return the things that have one of the identifiers too, which no two different ones should."""
    numbers = {one.number: one.scheme for one in seen}
    literals = [Literal(number) for number in numbers]
    rows = _select("pages/library/things-of-number", "number", literals, labels)
    same = (row for row in rows if text(row, "scheme").endswith(f"/{numbers[text(row, 'number')]}"))
    return _others(agent, ((row["thing"], text(row, "number")) for row in same), labels)


def sharing_names(agent: NamedNode, described: Description, labels: Labels) -> Sequence[SharedIdentity]:
    """Return the agents that have one of the names too."""
    names = described.texts(agent, "rdfs:label", "skos:prefLabel", "skos:altLabel")[:_MOST_NAMES]
    rows = _select("pages/library/same-name", "name", names, labels)
    agents = (row for row in rows if text(row, "thing").startswith(f"{labels.addresses.base}id/agent/"))
    return _others(agent, ((row["thing"], text(row, "name")) for row in agents), labels)


def _select(name: str, variable: str, terms: Sequence[Literal], labels: Labels) -> Sequence[Row]:
    return list(labels.serving.store.select(among(query(name), variable, terms))) if terms else ()


def _others(agent: NamedNode, pairs: Iterable[tuple[object, str]], labels: Labels) -> Sequence[SharedIdentity]:
    by_other: Mapping[object, Sequence[str]] = group_values(pairs)
    others = [other for other in by_other if isinstance(other, NamedNode) and other != agent]
    return [
        SharedIdentity(labels.of(other), sorted(set(by_other[other])))
        for other in sorted(others, key=lambda other: other.value)
    ]
