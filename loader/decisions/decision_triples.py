"""What a decision becomes in `graph/match-decisions`: the things, the answer that holds, why, and who answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from loader import identifiers
from loader.namespaces import DCTERMS, OWL, RDF, RDFS, XSD
from loader.sources.graph_stream import GraphStream, Record
from nbkg.decisions.pair_decision import Answer, Decision, Person
from nbkg.decisions.precedence import SettledDecision

GRAPH = "match-decisions"
"""The name of the graph; `graph/decisions` tells how measures were recognised from report to report."""
PERSONAL = "personal"
"""The key of the rule of a decision that no rule proposed."""
_PAIR = 2


def decision_iri(decision: Decision) -> str:
    """Return the IRI of a decision, `id/decision/{kind}/{key}`: the same for the same things in every run."""
    return str(identifiers.resource("decision", decision.kind, decision.key))


def decision_stream(decisions: Iterable[SettledDecision]) -> GraphStream:
    """Return the graph of decisions: one record for each."""
    return GraphStream(GRAPH, map(decision_record, decisions))


def decision_record(settled: SettledDecision) -> Record:
    """Return the statements about a decision."""
    return list(_statements(settled))


def _statements(settled: SettledDecision) -> Iterator[ox.Triple]:
    decision = settled.decision
    node = ox.NamedNode(decision_iri(decision))
    yield ox.Triple(node, _node(RDF.type), _term("MatchDecision"))
    yield ox.Triple(node, _node(RDFS.label), ox.Literal(_label(decision)))
    yield ox.Triple(node, _term("decisionKind"), _concept("decision-kind", decision.kind))
    yield ox.Triple(node, _term("answer"), _concept("decision-answer", decision.answer))
    yield ox.Triple(node, _term("decisionRule"), _concept("decision-rule", decision.rule or PERSONAL))
    yield from (_member(node, member) for member in decision.members)
    yield from _rule_statements(node, decision)
    for answer in settled.history:
        if answer.person:
            yield from _answer(node, answer, answer.person)
    yield from _difference(decision)


def _rule_statements(node: ox.NamedNode, decision: Decision) -> Iterator[ox.Triple]:
    """Yield what the newest run says about the things."""
    if decision.score is not None:
        yield ox.Triple(node, _term("matchScore"), ox.Literal(f"{decision.score:g}", datatype=_node(XSD.decimal)))
    if decision.run:
        yield ox.Triple(node, _term("runKey"), ox.Literal(decision.run))
    for number, (feature, value) in enumerate(decision.evidence, 1):
        part = ox.NamedNode(f"{node.value}/evidence/{number}")
        yield ox.Triple(node, _term("evidence"), part)
        yield ox.Triple(part, _node(RDF.type), _term("DecisionEvidence"))
        yield ox.Triple(part, _term("feature"), _concept("match-feature", feature))
        yield ox.Triple(part, _term("featureValue"), ox.Literal(value))


def _answer(node: ox.NamedNode, decision: Decision, person: Person) -> Iterator[ox.Triple]:
    key = identifiers.described("answer", decision.answer, person.name, person.when).rpartition("/")[2]
    part = ox.NamedNode(f"{node.value}/answer/{key}")
    yield ox.Triple(node, _term("personalAnswer"), part)
    yield ox.Triple(part, _node(RDF.type), _term("PersonalAnswer"))
    yield ox.Triple(part, _term("answer"), _concept("decision-answer", decision.answer))
    yield ox.Triple(part, _term("answeredBy"), ox.Literal(person.name))
    kind = XSD.dateTime if "T" in person.when else XSD.date
    yield ox.Triple(part, _node(DCTERMS.created), ox.Literal(person.when, datatype=_node(kind)))
    if decision.note:
        yield ox.Triple(part, _node(RDFS.comment), ox.Literal(decision.note))


def _difference(decision: Decision) -> Iterator[ox.Triple]:
    """Yield that two things are not one, where a person said so: the check of links names any link between them."""
    is_pair = len(decision.members) == _PAIR and all(map(_is_iri, decision.members))
    if is_pair and decision.person and decision.answer is Answer.REFUSED:
        one, other = sorted(decision.members)
        yield ox.Triple(ox.NamedNode(one), _node(OWL.differentFrom), ox.NamedNode(other))


def _member(node: ox.NamedNode, member: str) -> ox.Triple:
    if _is_iri(member):
        return ox.Triple(node, _term("decidedThing"), ox.NamedNode(member))
    return ox.Triple(node, _term("decidedKey"), ox.Literal(member))


def _is_iri(member: str) -> bool:
    return "://" in member or member.startswith("urn:")


def _label(decision: Decision) -> str:
    names = decision.names or decision.members
    return " – ".join(name or member for name, member in zip(names, decision.members, strict=False))


def _concept(scheme: str, key: str) -> ox.NamedNode:
    return ox.NamedNode(str(identifiers.concept(scheme, identifiers.slug(key))))


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(str(identifiers.term(name)))
