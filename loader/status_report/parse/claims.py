"""What the clause around a time says about it: its verb, its denial, and the words of moving and cancelling."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loader.status_report.model.report import Outcome
from loader.status_report.parse import claim_words
from loader.status_report.parse.clauses import Clause
from loader.status_report.parse.sentence_outcome import OPEN, DatePosition, SentenceOutcome, Timing
from loader.status_report.parse.verbs import MOVED, Cue, VerbGroup, groups, negations


@dataclass(frozen=True)
class ClauseReading:
    """One time in its sentence: the clauses, and which of them holds it."""

    position: DatePosition
    timing: Timing
    parts: list[Clause]
    index: int

    @property
    def clause(self) -> Clause:
        """The clause that holds the time."""
        return self.parts[self.index]

    @property
    def before(self) -> str:
        """The words of the clause before the time."""
        return self.position.text[self.clause.start : self.position.start]

    @property
    def _rest(self) -> str:
        """The sentence after the clause."""
        return self.position.text[self.clause.end : self.parts[-1].end]

    def outcome(self) -> SentenceOutcome:
        """Return what the clause says, by its verb, its denial, or its nouns alone; nothing where that is doubted."""
        return OPEN if self._is_doubted() else self._undoubted()

    def _undoubted(self) -> SentenceOutcome:
        own = groups(self.position.text, self.clause.start, self.clause.end)
        group = self._governing(own)
        if self._is_not_before():
            return self._not_before(group)
        for pattern, outcome in ((claim_words.INSTEAD, Outcome.POSTPONED), (claim_words.LAST, Outcome.REACHED)):
            if pattern.search(self.before):
                return SentenceOutcome(outcome, self._words(pattern))
        denied = self._denial()
        if (
            denied
            and not (group and group.has(Cue.OPEN) and not self._is_unable(group))
            and not (group and group in own and self._is_shift(group))
        ):
            if self.position.bound == "since":
                return OPEN
            words = _joined(denied, group if group in own else None)
            is_foretold = group is not None and group.cue in (Cue.PLAN, Cue.BECOMES, Cue.OPEN)
            return SentenceOutcome(self._if_moved(Outcome.NOT_REACHED, group), words, is_foretold=is_foretold)
        is_deadline = claim_words.DEADLINE.search(self.before) and not (
            own and (own[-1].has(Cue.PAST) or own[-1].has(Cue.OPEN) or self._is_shift(own[-1]))
        )
        if group is None or is_deadline or self._is_noun_apart(group):
            return self._verbless()
        return self.of_group(group)

    def _governing(self, own: list[VerbGroup]) -> VerbGroup | None:
        """Return the verb of the time: the last one before it, or the next one where the time opens the clause."""
        finite = [group for group in own if group.is_finite]
        if self.clause.is_unread and not finite:
            return None
        candidates = finite or own
        if not candidates:
            nearest = [g for part in self.parts for g in groups(self.position.text, part.start, part.end)]
            candidates = [group for group in nearest if group.is_finite] or nearest
        before = [group for group in candidates if group.start < self.position.start]
        after = [group for group in candidates if group.start >= self.position.end]
        if after and (not before or self._opens_clause(after[0])):
            return after[0]
        return before[-1] if before else None

    def _opens_clause(self, group: VerbGroup) -> bool:
        """Return whether the time stands first in its clause and the verb right after it, as in "I 2026 blir …"."""
        text = self.position.text
        leading = claim_words.LEADING.match(text, self.clause.start)
        return bool(leading and leading.end() >= self.position.start) and group.start - self.position.end <= 1

    def of_group(self, group: VerbGroup) -> SentenceOutcome:
        """Return what a verb says about the time."""
        outcome = self._shifted(group) if self._is_shift(group) else self._by_cue(group)
        if outcome is Outcome.UNKNOWN:
            return SentenceOutcome(outcome, is_covered=group.cue is Cue.COVERS)
        is_foretold = group.has(Cue.CANCELLED) and group.cue is not Cue.PAST
        return SentenceOutcome(outcome, group.words(), is_foretold=is_foretold)

    def _by_cue(self, group: VerbGroup) -> Outcome:
        if self.position.bound == "earliest" and self.timing.may_come:
            return Outcome.PLANNED
        if claim_words.ORIGINALLY.search(self.before) and claim_words.PLANNING.search(self.before):
            return Outcome.POSTPONED
        if _is_plan(group):
            return self._if_moved(_PLANS.get(group.cue, Outcome.PLANNED), group)
        if group.cue in (Cue.PLAN, Cue.OPEN, Cue.COVERS):
            return Outcome.PLANNED if group.cue is Cue.PLAN else Outcome.UNKNOWN
        return Outcome.REACHED if self.position.bound == "since" else self._by_time(group)

    def _by_time(self, group: VerbGroup) -> Outcome:
        """Return what a verb of the past or the present says, with the time."""
        timing = self.timing
        if claim_words.SET_TO.search(self.before):
            return Outcome.POSTPONED if claim_words.REPLACED.search(self._rest) else Outcome.PLANNED
        if group.cue in (Cue.PAST, Cue.DONE) or (group.cue is Cue.IS and group.has(Cue.DONE)):
            return Outcome.PLANNED if timing.is_dated and timing.is_ahead else Outcome.REACHED
        if group.has(Cue.READY):
            is_open = timing.is_ahead or (timing.may_come and self.position.bound != "from")
            return Outcome.PLANNED if is_open else Outcome.REACHED
        if group.cue is Cue.IS and self.position.bound == "from" and not timing.is_ahead:
            return Outcome.REACHED
        return Outcome.PLANNED if timing.may_come or not timing.is_dated else Outcome.UNKNOWN

    def _is_unable(self, group: VerbGroup) -> bool:
        """Return whether it is said that something cannot or could not be: "kunne ikke starte"."""
        return bool(claim_words.UNABLE.match(self.position.text, group.start))

    def _is_shift(self, group: VerbGroup) -> bool:
        return group.has(Cue.MOVED) or group.has(Cue.CANCELLED)

    def _shifted(self, group: VerbGroup) -> Outcome:
        """Return what moving or cancelling says: of what was to happen then, or of the day of the decision."""
        if claim_words.FROM.search(self.before):
            return Outcome.POSTPONED
        if group.cue is Cue.IS and group.has(Cue.CANCELLED) and self.timing.may_come:
            return Outcome.NOT_REACHED
        if group.has(Cue.MOVED) and claim_words.TO.search(self.before):
            return Outcome.PLANNED
        if group.start > self.position.start and not self._opens_clause(group):
            return Outcome.POSTPONED if group.has(Cue.MOVED) else Outcome.NOT_REACHED
        return Outcome.PLANNED if self.timing.is_dated and self.timing.is_ahead else Outcome.REACHED

    def _if_moved(self, otherwise: Outcome, group: VerbGroup | None) -> Outcome:
        """Return that a plan was moved, where the sentence says so; else `otherwise`."""
        start, end = self.parts[0].start, self.parts[-1].end
        rest = self._rest
        if group is None or not _is_plan(group):
            return otherwise
        plan_start = self.clause.end if otherwise is Outcome.PLANNED else start
        if (
            MOVED.search(self.position.text, plan_start, end)
            or claim_words.ORIGINALLY.search(self.before)
            or claim_words.LATER.search(rest)
            or claim_words.REPLACED.search(rest)
        ):
            return Outcome.POSTPONED
        if otherwise is Outcome.UNKNOWN and next(negations(self.position.text, start, end), None):
            return Outcome.NOT_REACHED
        return otherwise

    def _is_doubted(self) -> bool:
        """Return whether the words before leave it open whether the clause is true: "kan ikke utelukke at"."""
        text, start = self.position.text, self.clause.start
        above = text[self.parts[0].start : start]
        is_that_clause = re.match(r"\s*at\s", text[start : self.clause.end])
        return bool(claim_words.UNDECIDED.search(self.before) or (is_that_clause and claim_words.DOUBT.search(above)))

    def _denial(self) -> tuple[int, int] | None:
        """Return the word that denies the clause, or the plan above it ("er ikke planlagt at …")."""
        text = self.position.text
        denied = next(negations(text, self.clause.start, self.clause.end), None)
        if denied or not self.index or not re.match(r"\s*at\s", text[self.clause.start : self.clause.end]):
            return denied
        above = self.parts[self.index - 1]
        is_plan = any(g.has(Cue.PLAN) or g.has(Cue.EXPECTED) for g in groups(text, above.start, above.end))
        return next(negations(text, above.start, above.end), None) if is_plan else None

    def _is_not_before(self) -> bool:
        is_denied = any(True for _ in negations(self.before, 0, len(self.before)))
        is_before = self.position.bound == "before" or claim_words.BEFORE.search(self.before)
        return bool(is_before) and is_denied

    def _not_before(self, group: VerbGroup | None) -> SentenceOutcome:
        """Return the verdict of "ikke … før": it happened then, or it is planned for then at the earliest."""
        words = group.words() if group else None
        if group and group.cue is Cue.PAST and not self.timing.is_ahead:
            return SentenceOutcome(Outcome.REACHED, words, bound="")
        is_after = self.position.bound == "after"
        return SentenceOutcome(Outcome.PLANNED, words, bound="after" if is_after else "earliest")

    def _is_noun_apart(self, group: VerbGroup) -> bool:
        """Return whether a comma and a noun stand between verb and time: "lansert i 2015, ny versjon i 2026"."""
        comma = self.position.text.rfind(", ", group.end, self.position.start)
        return comma > 0 and bool(claim_words.STEP.search(self.position.text, comma, self.position.start))

    def _verbless(self) -> SentenceOutcome:
        if self.timing.is_ahead:
            return SentenceOutcome(Outcome.PLANNED)
        steps = list(claim_words.STEP.finditer(self.position.text, self.clause.start, self.position.start))
        return SentenceOutcome(Outcome.PLANNED, steps[-1].span()) if steps and self.timing.may_come else OPEN

    def _words(self, pattern: re.Pattern[str]) -> tuple[int, int] | None:
        match = pattern.search(self.before)
        offset = self.clause.start
        return (offset + match.start(), offset + len(match.group().rstrip()) + match.start()) if match else None


_PLANS = {Cue.OBLIGED: Outcome.NOT_REACHED, Cue.WAS_PLAN: Outcome.UNKNOWN, Cue.PAST: Outcome.UNKNOWN}
"""What a plan of the past comes to, where nothing else is said: "skulle vært levert", "planen var", "var planlagt"."""


def _is_plan(group: VerbGroup) -> bool:
    """Return whether a group says what was or is planned by a participle or "skulle", and not by "skal"."""
    expected = group.has(Cue.EXPECTED) and group.cue in (Cue.PAST, Cue.IS, Cue.EXPECTED)
    return expected or group.cue in (Cue.OBLIGED, Cue.WAS_PLAN)


def _joined(denial: tuple[int, int], group: VerbGroup | None) -> tuple[int, int]:
    """Return the words of a denial with those of its verb, where they stand near each other."""
    if group is None:
        return denial
    start, end = min(denial[0], group.start), max(denial[1], group.end)
    return (start, end) if end - start <= 90 else denial
