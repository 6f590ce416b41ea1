"""Which decision holds where several were made on the same things: a person's over a rule's, the newest of persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nbkg.decisions.pair_decision import Answer, Decision, decision_key
from nbkg.grouping import group_values


@dataclass(frozen=True)
class SettledDecision:
    """The decision that holds on some things, and what persons answered over time."""

    decision: Decision
    """The answer that holds, with the rule, evidence, score and run of the newest run that considered the things."""
    history: tuple[Decision, ...]
    """The decisions of persons, the oldest first."""


class SettledDecisions:
    """The decisions that hold, by their keys; several thousand fit in memory, a run's own answers need not be in it."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        """Take decisions in the order in which they were made."""
        groups = group_values((decision.key, decision) for decision in decisions)
        self._settled = {key: settle(group) for key, group in groups.items()}

    def __iter__(self) -> Iterator[SettledDecision]:
        """Yield the decisions in the order of their keys."""
        return (self._settled[key] for key in sorted(self._settled))

    def __len__(self) -> int:
        return len(self._settled)

    def of(self, kind: str, members: Sequence[str]) -> SettledDecision | None:
        """Return the decision that holds on things, or None where there is none."""
        return self._settled.get(decision_key(kind, members))

    def personal_answer(self, kind: str, members: Sequence[str]) -> Answer | None:
        """Return what a person answered on things, or None where nobody did: no rule may decide otherwise."""
        settled = self.of(kind, members)
        return settled.decision.answer if settled and settled.decision.person else None

    def with_answer(self, answer: Answer) -> Iterator[Decision]:
        """Yield the decisions that hold and have an answer, such as all refused ones."""
        return (settled.decision for settled in self if settled.decision.answer is answer)


def settle(decisions: Sequence[Decision]) -> SettledDecision:
    """Return which of the decisions on the same things holds; they are in the order in which they were made."""
    personal = [(one.person.when, number, one) for number, one in enumerate(decisions) if one.person]
    history = tuple(decision for _, _, decision in sorted(personal, key=lambda each: each[:2]))
    considered = next((one for one in reversed(decisions) if one.rule), decisions[-1])
    return SettledDecision(_with_rule(history[-1], considered) if history else considered, history)


def _with_rule(decision: Decision, considered: Decision) -> Decision:
    """Return a person's decision with what the newest run says about the things."""
    return replace(
        decision,
        rule=considered.rule,
        evidence=considered.evidence,
        score=considered.score,
        run=considered.run,
        members=considered.members if considered.names else decision.members,
        names=considered.names or decision.names,
    )
