"""A decision as `graph/match-decisions` states it: what its rule says, and what persons answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox
from rdflib import URIRef

from loader import identifiers
from loader.decisions.decision_triples import GRAPH, PERSONAL
from loader.namespaces import DCTERMS, RDFS
from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind, Person

_NUMBER = re.compile(r"\d+$")


def read_stored(store: ox.Store, iri: str) -> list[Decision]:
    """Return what a store states of a decision: that of its rule first, then those of persons; nothing of others."""
    node = _Node(store, ox.NamedNode(iri))
    answer, kind = node.key("answer"), node.key("decisionKind")
    if not (answer and kind):
        return []
    rule = Decision(
        DecisionKind(kind),
        tuple(sorted(node.values("decidedKey"))) + tuple(sorted(node.values("decidedThing"))),
        Answer(answer),
        _rule(node.key("decisionRule")),
        tuple(node.evidence()),
        float(score) if (score := node.value("matchScore")) else None,
        node.value("runKey"),
    )
    persons = [_personal(rule, _Node(store, part)) for part in node.nodes("personalAnswer")]
    return [*([rule] if rule.rule else []), *sorted(persons, key=lambda one: one.person.when if one.person else "")]


def _personal(rule: Decision, node: _Node) -> Decision:
    person = Person(node.value("answeredBy"), node.value(DCTERMS.created))
    answer = Answer(node.key("answer"))
    return Decision(rule.kind, rule.members, answer, person=person, note=node.value(RDFS.comment))


def _rule(key: str) -> str:
    return "" if key == PERSONAL else key


class _Node:
    """The statements of a node in `graph/match-decisions`."""

    def __init__(self, store: ox.Store, node: ox.NamedNode) -> None:
        self._store, self._node = store, node
        self._graph = ox.NamedNode(str(identifiers.graph(GRAPH)))

    def values(self, prop: str | URIRef) -> list[str]:
        """Return the values of a property: of ours, which is named by its term, or of another vocabulary."""
        predicate = prop if isinstance(prop, URIRef) else identifiers.term(prop)
        quads = self._store.quads_for_pattern(self._node, ox.NamedNode(str(predicate)), None, self._graph)
        return [getattr(quad.object, "value", "") for quad in quads]

    def value(self, prop: str | URIRef) -> str:
        """Return the one value of a property, or an empty text."""
        return next(iter(self.values(prop)), "")

    def key(self, prop: str) -> str:
        """Return the key of the concept that is the value of a property."""
        return self.value(prop).rpartition("/")[2]

    def nodes(self, prop: str) -> list[ox.NamedNode]:
        """Return the nodes that a property leads to, in the order of the numbers at their ends."""
        return [ox.NamedNode(iri) for iri in sorted(self.values(prop), key=_order)]

    def evidence(self) -> Iterator[tuple[str, str]]:
        """Yield the features that were compared, with their values, in their order."""
        for part in self.nodes("evidence"):
            node = _Node(self._store, part)
            yield node.key("feature"), node.value("featureValue")


def _order(iri: str) -> tuple[int, str]:
    number = _NUMBER.search(iri)
    return (int(number.group()) if number else 0, iri)
