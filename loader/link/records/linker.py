"""Which entity a heading is linked to: persons' answers first, then identifiers, then the same heading.

Everything else is proposed, so that a person decides. What is in a conflict, stands for several persons or was refused
by a person is never linked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from loader.link.records.heading import LinkedHeading, LinkOutcome, RecordHeading
from loader.link.records.heading_kinds import HeadingKind
from loader.link.records.register import Register
from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind
from nbkg.grouping import group_values
from nbkg.matching.candidate import Candidate
from nbkg.matching.query import MatchQuery

IDENTIFIER, EXACT, SIMILAR, PERSONAL = "identifier", "exact-heading", "similar-heading", "personal"
"""The keys of the rules, as in `ontology/schemes/decision-rule.ttl`."""
RULES_VERSION = "1"
"""What changes when the rules do, so that another run has another key."""
_SAME = frozenset({"name", "spelling", "order", "variant", "years-agree"})
"""Features of a heading that is the same."""
_LEAST_SCORE = 75.0
"""The score from which on an entity is proposed."""
_MOST_PROPOSED = 3
_SOUGHT = 6
_REMEMBERED = 1 << 14


@dataclass(frozen=True)
class PersonalAnswers:
    """What persons answered, by the heading that they answered on."""

    by_heading: Mapping[str, Sequence[Decision]]

    @classmethod
    def of(cls, decisions: Sequence[Decision]) -> PersonalAnswers:
        """Take the decisions that hold."""
        links = [one for one in decisions if one.kind is DecisionKind.LINK and one.person]
        return cls(group_values((member, one) for one in links for member in one.members))

    def confirmed(self, key: str) -> list[Decision]:
        """Return the decisions by which persons linked a heading, each with the entity last."""
        linked = (one for one in self.by_heading.get(key, ()) if one.answer is Answer.LINKED)
        return [replace(one, members=(key, _other(one, key))) for one in linked]

    def refused(self, key: str) -> frozenset[str]:
        """Return the entities that persons refused for a heading."""
        return frozenset(_other(one, key) for one in self.by_heading.get(key, ()) if one.answer is Answer.REFUSED)


def _other(decision: Decision, key: str) -> str:
    return next(member for member in decision.members if member != key)


class Linker:
    """Links headings of one kind to the entities of a register."""

    def __init__(self, register: Register, kind: HeadingKind, answers: PersonalAnswers, run: str) -> None:
        self._register, self._kind, self._answers, self._run = register, kind, answers, run
        self._by_identifier = lru_cache(_REMEMBERED)(self._find_identified)
        self._by_name = lru_cache(_REMEMBERED)(self._find_named)

    def link(self, heading: RecordHeading) -> LinkedHeading:
        """Return what becomes of a heading."""
        if heading.is_linked:
            return LinkedHeading(heading, LinkOutcome.ALREADY)
        if confirmed := self._answers.confirmed(heading.key):
            return self._confirmed(heading, confirmed)
        identified = {one.iri: one for text in heading.identifiers for one in self._by_identifier(text)}
        if identified:
            return self._identified(heading, [*identified.values()])
        if not heading.name:
            return LinkedHeading(
                heading, LinkOutcome.UNKNOWN_IDENTIFIER if heading.identifiers else LinkOutcome.NO_NAME
            )
        return self._named(heading)

    def _find_identified(self, text: str) -> Sequence[Candidate]:
        return self._register.matcher.match(MatchQuery("", self._kind.classes, identifiers=(text,)))

    def _find_named(self, heading: RecordHeading) -> Sequence[Candidate]:
        query = MatchQuery(heading.name, self._kind.classes, heading.properties, _SOUGHT, heading.identifiers)
        return self._register.matcher.match(query)

    def _candidates(self, heading: RecordHeading) -> Sequence[Candidate]:
        """Return the entities that the name may mean; the same name is sought once."""
        return self._by_name(RecordHeading("", heading.name, heading.identifiers, heading.properties))

    def _confirmed(self, heading: RecordHeading, confirmed: Sequence[Decision]) -> LinkedHeading:
        """Link what a person confirmed, unless persons say two things, or the entity is gone."""
        if len({one.members for one in confirmed}) > 1:
            return LinkedHeading(heading, LinkOutcome.CONFLICT)
        entity = self._register.entity(confirmed[0].members[-1])
        if entity is None:
            return LinkedHeading(heading, LinkOutcome.WITHDRAWN)
        if entity.iri in self._register.in_conflict:
            return LinkedHeading(heading, LinkOutcome.CONFLICT, about=entity.iri)
        decision = replace(
            confirmed[0],
            members=(heading.key, entity.iri),
            names=(heading.name, entity.name),
            rule=confirmed[0].rule or PERSONAL,
        )
        return LinkedHeading(heading, LinkOutcome.LINKED, (decision,))

    def _identified(self, heading: RecordHeading, candidates: Sequence[Candidate]) -> LinkedHeading:
        if len(candidates) > 1:
            return LinkedHeading(heading, LinkOutcome.CONFLICT, about=" ".join(one.iri for one in candidates))
        if stopped := self._stopped(heading, candidates[0]):
            return LinkedHeading(heading, stopped, about=candidates[0].iri)
        named = [one for one in self._candidates(heading) if one.iri == candidates[0].iri] if heading.name else []
        if named and not named[0].is_match:
            return self._proposed(heading, named, IDENTIFIER)
        return LinkedHeading(
            heading, LinkOutcome.LINKED, (self._decision(heading, candidates[0], IDENTIFIER, Answer.LINKED),)
        )

    def _refused(self, heading: RecordHeading) -> frozenset[str]:
        """Return the entities that a person refused for a heading, and what these were merged into since."""
        refused = self._answers.refused(heading.key)
        return refused | {entity.iri for iri in refused if (entity := self._register.entity(iri))}

    def _stopped(self, heading: RecordHeading, candidate: Candidate) -> LinkOutcome | None:
        """Return why a heading is not linked to a candidate; None where it may be."""
        entity = self._register.entity(candidate.iri)
        if candidate.iri in self._refused(heading):
            return LinkOutcome.REFUSED
        if entity is None or entity.is_undifferentiated:
            return LinkOutcome.UNDIFFERENTIATED if entity else LinkOutcome.WITHDRAWN
        return LinkOutcome.CONFLICT if candidate.iri in self._register.in_conflict else None

    def _named(self, heading: RecordHeading) -> LinkedHeading:
        candidates = [one for one in self._candidates(heading) if one.score >= _LEAST_SCORE]
        if not candidates:
            return LinkedHeading(heading, LinkOutcome.NO_CANDIDATE)
        stopped = self._stopped(heading, candidates[0])
        if stopped is None and self._is_same(heading, candidates[0]):
            decision = self._decision(heading, candidates[0], EXACT, Answer.LINKED)
            return LinkedHeading(heading, LinkOutcome.LINKED, (decision,))
        possible = [one for one in candidates if self._stopped(heading, one) is None]
        if not possible:
            return LinkedHeading(heading, stopped or LinkOutcome.NO_CANDIDATE, about=candidates[0].iri)
        return self._proposed(heading, possible, SIMILAR)

    def _is_same(self, heading: RecordHeading, candidate: Candidate) -> bool:
        """Return whether the name is the same heading, with the same years, and has no identifier of another thing."""
        features = {name for name, _ in candidate.features}
        entity = self._register.entity(candidate.iri)
        is_dated = entity is not None and entity.years.are_known
        is_same = candidate.is_match and features <= _SAME and ("years-agree" in features or not is_dated)
        return self._kind.exact and is_same and not heading.identifiers

    def _proposed(self, heading: RecordHeading, candidates: Sequence[Candidate], rule: str) -> LinkedHeading:
        is_even = len(candidates) > 1 and candidates[0].score == candidates[1].score
        chosen = [_with_doubts(one, heading, rule, is_even=is_even) for one in candidates[:_MOST_PROPOSED]]
        decisions = (self._decision(heading, one, rule, Answer.PROPOSED) for one in chosen)
        return LinkedHeading(heading, LinkOutcome.PROPOSED, tuple(decisions))

    def _decision(self, heading: RecordHeading, candidate: Candidate, rule: str, answer: Answer) -> Decision:
        features = [(name, _feature_text(value)) for name, value in candidate.features]
        return Decision(
            DecisionKind.LINK,
            (heading.key, candidate.iri),
            answer,
            rule,
            (("heading", heading.name), *features) if heading.name else tuple(features),
            candidate.score,
            self._run,
            names=(heading.name, candidate.name),
        )


def _with_doubts(candidate: Candidate, heading: RecordHeading, rule: str, *, is_even: bool) -> Candidate:
    """Return a candidate with features that say why the heading is not linked, though its name may be the same."""
    doubts = [("several-alike", True)] if is_even else []
    unknown = [("unknown-identifier", text) for text in heading.identifiers] if rule == SIMILAR else []
    seen = [("seen-in", heading.record)] if heading.record else []
    return replace(candidate, features=(*candidate.features, *doubts, *unknown, *seen))


def _feature_text(value: float | str | bool) -> str:
    """Return the value of a feature as a text: 2, not 2.0."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else value
