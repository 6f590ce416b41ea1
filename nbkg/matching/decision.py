"""Which candidate is the match: one that is clearly the best, and good enough to need no person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from nbkg.matching.candidate import Candidate
from nbkg.matching.comparison import Comparison
from nbkg.matching.name_form import NameForm

_MARGIN = 3.0
"""How far the score of a match is above that of the next candidate."""
_INITIALS_MARGIN = 25.0
"""The same where initials stand for names."""
_HARMLESS = frozenset({"spelling", "order"})
"""Differences that a match may have."""
_DATED = _HARMLESS | {
    "typing-error",
    "initial",
    "first-initial",
    "missing-name",
    "qualifier",
    "generation",
    "near-year",
}
"""Differences that a match may have when years agree."""
_LEAST_DATED = 80.0
_LEAST_LETTERS = 9
"""Letters of a name in which a typing error may be, when no years agree."""
_DISTINCT_WORDS = 3
"""Words of a name from which on it needs no qualifier."""

_CONTRADICTED = 50.0
"""The highest score of an entity whose identifier and name say two things."""
_LEAST_NAME = 60.0
"""The score of a name from which on it does not contradict an identifier."""

IsWord = Callable[[str], bool]


def is_sure(comparison: Comparison, form: NameForm, is_word: IsWord) -> bool:
    """Return whether a name agrees so well that it is the same, if no other candidate is as good.

    `form` is the name that is sought; `is_word` returns whether a word occurs in the data, where it is more probably
    another name than a typing error.
    """
    differences = comparison.differences.keys() - _HARMLESS
    if not differences or differences == {"near-year"}:
        return True
    if comparison.years_agree:
        return differences <= _DATED and comparison.score >= _LEAST_DATED
    if differences == {"typing-error"}:
        return _is_slip(comparison, form, is_word)
    return differences == {"qualifier"} and not form.is_inverted and len(form.words) >= _DISTINCT_WORDS


def _is_slip(comparison: Comparison, form: NameForm, is_word: IsWord) -> bool:
    """Return whether one word of a name that is long enough has an error by which it is none."""
    is_long = sum(map(len, form.words)) >= _LEAST_LETTERS and len(form.words) > 1
    is_one = comparison.differences["typing-error"] == 1
    return is_long and is_one and not any(map(is_word, comparison.error_words))


def margin(comparison: Comparison) -> float:
    """Return how far the score of a match must be above that of the next candidate."""
    has_initials = not comparison.differences.keys().isdisjoint({"initial", "first-initial"})
    return _INITIALS_MARGIN if has_initials else _MARGIN


def decide(ranked: Sequence[Candidate], least: float | None) -> list[Candidate]:
    """Return candidates in which the first is marked as the match, where it is so far above the second."""
    if not ranked or least is None:
        return [*ranked]
    second = ranked[1].score if len(ranked) > 1 else 0.0
    return [replace(ranked[0], is_match=ranked[0].score - second >= least), *ranked[1:]]


def join_identified(identified: Sequence[Candidate], named: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that an identifier gives and those that a name gives; no match where they contradict."""
    iris = {one.iri for one in identified}
    others = [one for one in named if one.iri not in iris]
    if iris <= {one.iri for one in named if one.score >= _LEAST_NAME}:
        return [*identified, *(replace(one, score=min(one.score, _CONTRADICTED)) for one in others)]
    return sorted([*others, *map(_contradicted, identified)], key=lambda one: (-one.score, one.iri))


def _contradicted(candidate: Candidate) -> Candidate:
    features = (*candidate.features, ("other-name", True))
    return replace(candidate, score=_CONTRADICTED, is_match=False, features=features)
