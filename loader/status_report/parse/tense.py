"""What a sentence says about a time in it: reached, planned, not reached, postponed, or nothing; and by which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loader.status_report.model.report import Outcome
from loader.status_report.parse.claim_words import INSTEAD
from loader.status_report.parse.claims import ClauseReading
from loader.status_report.parse.clauses import Clause, clauses, sentences
from loader.status_report.parse.sentence_outcome import OPEN, DatePosition, SentenceOutcome, Timing
from loader.status_report.parse.verbs import VerbGroup, groups, negations

_COVERED = re.compile(
    r"\bfor(?:\s(?:hele\s|heile\s)?(?:perioden?|årene|åra|året|år))?(?:\sfra|\sfrå)?(?:\s\d{4}(?:,|\sog))?\s*$"
    r"|(?<!\bi\s)\b\w*perioden\s(?:er\s)?$",
    re.IGNORECASE,
)
"""Before a period that something is for: "for perioden 2020–2030", "for 2026 og 2027"."""
_AS_OF = re.compile(r"\b(?:per|pr\.)\s$", re.IGNORECASE)
"""Before a day that something is counted on; only what had not happened by then is told of it."""
_CONDITION = re.compile(r"(?:hvis|dersom|viss|om\sdet|(?:uten|utan)(?!\så|\sat))\s", re.IGNORECASE)
"""What makes a plan of a sentence that begins with it depend on something else."""
_PROVIDED = re.compile(
    r"\b(?:hvis|dersom|viss|forutsatt|føresett|(?:under|med)\s(?:\w+\s)?(?:forutsetning\w*|føresetnad\w*)\s(?:av|om)|gitt\sat)\b",
    re.IGNORECASE,
)
"""The same anywhere in a sentence: "Starter i 2027 dersom det blir bevilget midler"."""
_ADVERB = re.compile(r"\b(?:(?P<earliest>tidligst|tidlegast)|senest|seinast)\b", re.IGNORECASE)
_LATEST = re.compile(r"\b(?:senest|seinast)\b", re.IGNORECASE)
"""With what has happened, the last time: "Senest i mars 2026 ble det holdt møte"."""


def read(position: DatePosition, timing: Timing) -> SentenceOutcome:
    """Return what the text says about the time at `position`."""
    start, end = _sentence(position)
    before = position.text[start : position.start]
    is_covered = _COVERED.search(before) or (_AS_OF.search(before) and not any(negations(position.text, start, end)))
    if position.text[end - 1 : end] == "?" or (is_covered and not INSTEAD.search(before)):
        return SentenceOutcome(Outcome.UNKNOWN, is_covered=position.text[end - 1 : end] != "?")
    if any(start < item <= position.start for item in position.items):
        return _listed(position, start, timing)
    parts = clauses(position.text, start, end)
    index = next(i for i, part in enumerate(parts) if position.start < part.end)
    bound = position.bound or _bound_by_adverb(position.text, parts[index].start, position.start)
    outcome = ClauseReading(replace(position, bound=bound), timing, parts, index).outcome()
    if outcome.outcome in (Outcome.PLANNED, Outcome.NOT_REACHED) and _is_conditional(position.text, start, end):
        return OPEN
    if outcome.outcome is Outcome.REACHED and _LATEST.search(position.text, parts[index].start, position.end):
        return replace(outcome, bound="")
    return outcome if outcome.bound is not None else replace(outcome, bound=bound)


def _is_conditional(text: str, start: int, end: int) -> bool:
    return bool(_CONDITION.match(text, start) or _PROVIDED.search(text, start, end))


def _bound_by_adverb(text: str, start: int, end: int) -> str:
    """Return the bound that "tidligst" or "senest" sets from before the verb: "blir tidligst lansert i 2027"."""
    adverb = _ADVERB.search(text, start, end)
    return "" if adverb is None else "earliest" if adverb["earliest"] else "until"


def _sentence(position: DatePosition) -> tuple[int, int]:
    return next((s, e) for s, e in sentences(position.text) if position.start < e or e == len(position.text))


def _listed(position: DatePosition, start: int, timing: Timing) -> SentenceOutcome:
    """Return the outcome of a line of a list by its own verb, else by that of the words that introduce the list."""
    item = max(i for i in position.items if start < i <= position.start)
    end = min((i for i in position.items if i > position.start), default=_sentence(position)[1])
    first = min(i for i in position.items if i > start)
    before = [s for s, e in sentences(position.text[:start].rstrip()) if s < e]
    for part in ((item, end), (start, first), (before[-1] if before else 0, start)):
        if verbs := groups(position.text, *part):
            return ClauseReading(position, timing, [Clause(*part)], 0).of_group(verbs[0])
    return OPEN


def planned(text: str, start: int, end: int) -> Iterator[tuple[Clause, VerbGroup]]:
    """Yield the main clauses of a sentence that say, without denying it, that something is to happen."""
    if _is_conditional(text, start, end):
        return
    for part in clauses(text, start, end):
        verbs = groups(text, part.start, part.end)
        if verbs and not part.is_subordinate and not any(True for _ in negations(text, part.start, part.end)):
            yield part, verbs[0]
