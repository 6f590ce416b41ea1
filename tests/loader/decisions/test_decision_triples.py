"""Decisions as data: the answer that holds, its evidence, and what persons answered, as the shapes demand it."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from loader.decisions.decision_triples import decision_iri, decision_record
from loader.validate import validate
from loader.validate.read import packaged
from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind, Person
from nbkg.decisions.precedence import settle
from nbkg.rdf.rdflib_terms import to_graph

BASE = "https://w3id.org/nbkg/"
HAMSUN = f"{BASE}id/agent/noraf-90052340"
PROPOSED = Decision(
    DecisionKind.LINK,
    ("alma/1", HAMSUN),
    Answer.PROPOSED,
    "similar-heading",
    (("heading", "Hamsun, K."), ("first-initial", "1")),
    88.5,
    "r1",
    names=("Hamsun, K.", "Hamsun, Knut"),
)
REFUSED = Decision(
    DecisionKind.LINK, ("alma/1", HAMSUN), Answer.REFUSED, person=Person("Kari", "2026-11-30"), note="sønnen"
)


def _lines(*decisions: Decision) -> Sequence[str]:
    return sorted(str(triple).replace(BASE, "") for triple in decision_record(settle(decisions)))


def test_a_proposal_has_its_rule_evidence_and_score() -> None:
    node = decision_iri(PROPOSED)
    assert node == f"{BASE}id/decision/link/{PROPOSED.key}"
    short = f"<{node.removeprefix(BASE)}"
    assert _lines(PROPOSED) == sorted(
        [
            f"{short}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <ns#MatchDecision>",
            f'{short}> <http://www.w3.org/2000/01/rdf-schema#label> "Hamsun, K. – Hamsun, Knut"',
            f"{short}> <ns#decisionKind> <id/concept/decision-kind/link>",
            f"{short}> <ns#answer> <id/concept/decision-answer/proposed>",
            f"{short}> <ns#decisionRule> <id/concept/decision-rule/similar-heading>",
            f'{short}> <ns#decidedKey> "alma/1"',
            f"{short}> <ns#decidedThing> <id/agent/noraf-90052340>",
            f'{short}> <ns#matchScore> "88.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
            f'{short}> <ns#runKey> "r1"',
            f"{short}> <ns#evidence> {short}/evidence/1>",
            f"{short}/evidence/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <ns#DecisionEvidence>",
            f"{short}/evidence/1> <ns#feature> <id/concept/match-feature/heading>",
            f'{short}/evidence/1> <ns#featureValue> "Hamsun, K."',
            f"{short}> <ns#evidence> {short}/evidence/2>",
            f"{short}/evidence/2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <ns#DecisionEvidence>",
            f"{short}/evidence/2> <ns#feature> <id/concept/match-feature/first-initial>",
            f'{short}/evidence/2> <ns#featureValue> "1"',
        ]
    )


def test_a_refusal_has_who_when_and_why_and_keeps_the_evidence() -> None:
    lines = _lines(REFUSED, PROPOSED)
    text = "\n".join(lines)
    assert "<ns#answer> <id/concept/decision-answer/refused>" in text
    assert "decision-answer/proposed" not in text
    assert '<ns#answeredBy> "Kari"' in text
    assert 'created> "2026-11-30"^^<http://www.w3.org/2001/XMLSchema#date>' in text
    assert '#comment> "sønnen"' in text
    assert '<ns#featureValue> "Hamsun, K."' in text
    assert "differentFrom" not in text, "one of the two is no IRI"


def test_two_things_that_a_person_told_apart_are_different() -> None:
    one, other = f"{BASE}id/agent/b", f"{BASE}id/agent/a"
    refused = Decision(DecisionKind.JOIN, (one, other), Answer.REFUSED, person=Person("Kari", "2026-11-30T12:00:00Z"))
    assert "<id/agent/a> <http://www.w3.org/2002/07/owl#differentFrom> <id/agent/b>" in _lines(refused)
    by_rule = Decision(DecisionKind.JOIN, (one, other), Answer.REFUSED, "edition")
    assert "differentFrom" not in "".join(_lines(by_rule))


def test_the_data_conforms() -> None:
    triples = decision_record(settle([PROPOSED, REFUSED]))
    assert not validate(to_graph(triples), shapes=packaged("shapes")).results


def test_rules_and_features_that_matching_has_are_named() -> None:
    known = {str(subject) for subject in packaged("ontology").subjects()}
    triples = decision_record(settle([PROPOSED, REFUSED]))
    concepts = {one.object.value for one in triples if isinstance(one.object, ox.NamedNode)}
    concepts = {iri for iri in concepts if "/id/concept/" in iri}
    assert concepts
    assert concepts <= known
