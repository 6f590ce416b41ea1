"""Decisions on two things as they are read from the data: the things, why, and what persons answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind
from nbkg.grouping import group_values
from nbkg.rdf.solutions import text
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Store, Term
from sparql_endpoint.stores.rows import among

_HERE = "pages/library/"
_NUMBER = re.compile(r"\d+$")
_PERSONAL = "personal"
"""The key of the rule of a decision that no rule proposed."""


@dataclass(frozen=True)
class DecisionFacts:
    """What the data states of some decisions, by decision."""

    members: Mapping[Term, Sequence[Row]]
    evidence: Mapping[Term, Sequence[Row]]
    answers: Mapping[Term, Sequence[Row]]


def read_facts(decisions: Sequence[Term], store: Store) -> DecisionFacts:
    """Return the things, the evidence and the answers of persons of decisions."""
    members, evidence, answers = (
        group_values((row["decision"], row) for row in _select(f"decision-{name}", decisions, store))
        for name in ("members", "evidence", "answers")
    )
    ordered = {decision: sorted(rows, key=_position) for decision, rows in evidence.items()}
    return DecisionFacts(members, ordered, answers)


def read_summary(decision: NamedNode, store: Store) -> Row | None:
    """Return kind, answer, rule, score and run of a decision; None where the data has no such decision."""
    return next(iter(_select("decision-summary", [decision], store)), None)


def read_decision(decision: NamedNode, labels: Labels) -> Decision | None:
    """Return a decision as its rule made it; None where the data has no such decision."""
    store = labels.serving.store
    summary, facts = read_summary(decision, store), read_facts([decision], store)
    if summary is None:
        return None
    members = [row["member"] for row in facts.members.get(decision, ())]
    rule = key_of(summary["rule"])
    return Decision(
        DecisionKind(key_of(summary["kind"])),
        tuple(map(_value, members)),
        Answer(key_of(summary["answer"])),
        "" if rule == _PERSONAL else rule,
        tuple((key_of(row["feature"]), text(row, "value")) for row in facts.evidence.get(decision, ())),
        float(text(summary, "score")) if "score" in summary else None,
        text(summary, "run"),
        names=tuple(name_of(one, facts.evidence.get(decision, ()), labels) for one in members),
    )


def decisions_of(member: NamedNode, labels: Labels) -> Sequence[tuple[Label, Label]]:
    """Return the decisions on a thing with the answer to each, 50 at most."""
    rows = labels.serving.store.select(query(f"{_HERE}decisions-of-thing"), {"thing": member})
    return [(labels.of(row["decision"]), labels.of(row["answer"])) for row in rows]


def name_of(member: Term, evidence: Sequence[Row], labels: Labels) -> str:
    """Return what a thing is called; of a record, the heading that was compared."""
    if isinstance(member, NamedNode):
        return labels.of(member).text
    headings = [text(row, "value") for row in evidence if key_of(row["feature"]) == "heading"]
    return headings[0] if headings else _value(member)


def key_of(concept: Term) -> str:
    """Return the key of a concept: the last part of its IRI."""
    return _value(concept).rpartition("/")[2]


def _value(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _position(row: Row) -> int:
    number = _NUMBER.search(text(row, "node"))
    return int(number.group()) if number else 0


def _select(name: str, decisions: Sequence[Term], store: Store) -> Sequence[Row]:
    return store.select(among(query(f"{_HERE}{name}"), "decision", decisions)) if decisions else ()
