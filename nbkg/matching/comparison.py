"""How well a name that is looked up and a name of an entity agree: a score from 0 to 100, and what it is made of.

Each difference takes something from 100. What they are worth was fitted to a labelled set of headings
(`python -m benchmarks matching`), of which a third was set apart to measure the result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from nbkg.matching.name_form import NameForm
from nbkg.matching.name_words import read_name_words
from nbkg.matching.word_relation import Relation, relate
from nbkg.matching.years import Years

PENALTIES = {
    "spelling": 0.5,
    "typing-error": 6.0,
    "family-initial": 30.0,
    "first-initial": 12.0,
    "initial": 4.0,
    "missing-name": 7.0,
    "missing-first-name": 30.0,
    "other-word": 35.0,
    "order": 4.0,
    "swapped": 25.0,
    "qualifier": 3.0,
    "other-qualifier": 25.0,
    "generation": 3.0,
    "other-generation": 30.0,
    "near-year": 8.0,
    "other-year": 45.0,
    "undated": 3.0,
    "homonym": 2.0,
}
"""What differences take from the score."""
_NEAR_YEARS = 1
_Word = tuple[int, str]
"""A word with its position."""


@dataclass
class Comparison:
    """The differences between two names, and how often each occurs."""

    differences: dict[str, int] = field(default_factory=dict)
    years_agree: bool = False
    """Whether a year that both have is the same, and none differs."""
    error_words: list[str] = field(default_factory=list)
    """The words that are sought in which there is a typing error, if they are none of their own."""

    def add(self, difference: str, count: int = 1) -> None:
        """Count a difference."""
        if count:
            self.differences[difference] = self.differences.get(difference, 0) + count

    @property
    def score(self) -> float:
        """The score, from 0 to 100."""
        if not self.differences:
            return 100.0
        return max(0.0, 100.0 - sum(PENALTIES[name] * count for name, count in self.differences.items()))


def compare_years(sought: Years, known: Years, result: Comparison) -> None:
    """Add what the years of both say."""
    distances = [abs(a - b) for a, b in zip(sought, known, strict=True) if a is not None and b is not None]
    if distances:
        _compare_distances(max(distances), result)
    elif sought.are_known and not known.are_known:
        result.add("undated")
    elif _ends_too_early(sought, known) or _ends_too_early(known, sought):
        result.add("other-year")


def _ends_too_early(one: Years, other: Years) -> bool:
    """Return whether one ended before the other lasted a year: who died in 1944 was not born in 1944."""
    return one.last is not None and other.first is not None and one.last <= other.first


def _compare_distances(worst: int, result: Comparison) -> None:
    result.years_agree = not worst
    if worst:
        result.add("near-year" if worst <= _NEAR_YEARS else "other-year")


def compare_names(sought: NameForm, known: NameForm) -> Comparison:
    """Return how a name that is looked up differs from a name of an entity, years left out."""
    if not (sought.fuller or known.fuller):
        return _compare(sought, known)
    full = NameForm(known.family, known.fuller, (), known.qualifiers, known.generation, known.years)
    results = [_compare(sought, known)]
    if known.fuller:
        results.append(_compare(sought, full))
    if sought.fuller:
        results.append(_compare(_fuller(sought), known))
    return max(results, key=lambda one: one.score)


def _fuller(form: NameForm) -> NameForm:
    return NameForm(form.family, form.fuller, (), form.qualifiers, form.generation, form.years)


def _compare(sought: NameForm, known: NameForm) -> Comparison:
    result = Comparison()
    if sought == known:
        return result
    if sought.words == known.words and sought.is_inverted == known.is_inverted:
        pass
    elif sought.is_inverted and known.is_inverted:
        _compare_inverted(sought, known, result)
    else:
        _compare_words(sought, known, result)
    _compare_qualifiers(sought, known, result)
    return result


def _compare_inverted(sought: NameForm, known: NameForm, result: Comparison) -> None:
    """Compare family names with each other and given names with each other; particles may stand in either."""
    if sorted(sought.words) == sorted(known.words) and _main(sought.family) != _main(known.family):
        result.add("swapped")
        return
    left, right = _align(_main(sought.family), _main(known.family), result, "family-initial")
    result.add("other-word", max(len(left), len(right)))
    _compare_given(_main(sought.forenames), _main(known.forenames), result)


def _main(words: Sequence[str]) -> Sequence[str]:
    """Return the words that are no particles; all where all are."""
    return [word for word in words if word not in read_name_words().particles] or words


def _compare_given(sought: Sequence[str], known: Sequence[str], result: Comparison) -> None:
    left, right = _align(sought, known, result, "first-initial")
    conflicts = min(len(left), len(right))
    result.add("other-word", conflicts)
    for words, names in ((left, sought), (right, known)):
        missing = len(words) - conflicts
        is_first = missing > 0 and words[0] == names[0]
        result.add("missing-first-name", int(is_first))
        result.add("missing-name", missing - int(is_first))


def _compare_words(sought: NameForm, known: NameForm, result: Comparison) -> None:
    """Compare names of which one is in direct order, or both."""
    left, right = _align(_main(sought.words), _main(known.words), result, "first-initial")
    conflicts = min(len(left), len(right))
    result.add("other-word", conflicts)
    result.add("missing-name", max(len(left), len(right)) - conflicts)
    if not left and not right and _main(sought.words) != _main(known.words) and not result.differences:
        result.add("order")


def _align(
    sought: Sequence[str], known: Sequence[str], result: Comparison, initial: str
) -> tuple[list[str], list[str]]:
    """Pair the words, the closest first, and return those of both sides that are left."""
    left, right = _without_same([*enumerate(sought)], [*enumerate(known)])
    for relation, _, one, other in sorted(_pairs(left, right)):
        if one in left and other in right:
            left.remove(one)
            right.remove(other)
            _note(relation, one[1], result, "initial" if one[0] and other[0] else initial)
    return [word for _, word in left], [word for _, word in right]


def _without_same(left: list[_Word], right: list[_Word]) -> tuple[list[_Word], list[_Word]]:
    """Return the words of both sides that are not the same."""
    for pair in [*left]:
        if other := next((one for one in right if one[1] == pair[1]), None):
            left.remove(pair)
            right.remove(other)
    return left, right


def _pairs(left: list[_Word], right: list[_Word]) -> Iterator[tuple[Relation, int, _Word, _Word]]:
    for one, other in product(left, right):
        relation = relate(one[1], other[1])
        if _is_related(relation, one[0], other[0]):
            yield relation, abs(one[0] - other[0]), one, other


def _is_related(relation: Relation, position: int, other: int) -> bool:
    """Return whether two words may stand for each other: one with an error only where it is in the same position."""
    return relation < Relation.ERROR or (relation != Relation.NONE and position == other)


def _note(relation: Relation, word: str, result: Comparison, initial: str) -> None:
    if relation == Relation.SPELLING:
        result.add("spelling")
    elif relation == Relation.ERROR:
        result.add("typing-error")
        result.error_words.append(word)
    else:
        result.add(initial)


def _compare_qualifiers(sought: NameForm, known: NameForm, result: Comparison) -> None:
    left, right = sought.qualifiers - known.qualifiers, known.qualifiers - sought.qualifiers
    left, right = _without_errors(left, right, result)
    if left or right:
        is_same = not sought.qualifiers.isdisjoint(known.qualifiers) and _numbers(left) == _numbers(right)
        result.add("qualifier" if is_same or not (left and right) else "other-qualifier")
    if sought.generation != known.generation:
        result.add("other-generation" if sought.generation and known.generation else "generation")


def _numbers(words: frozenset[str]) -> set[str]:
    return {word for word in words if word.isdigit()}


def _without_errors(
    left: frozenset[str], right: frozenset[str], result: Comparison
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the qualifiers of both sides without pairs that differ by spelling or a typing error."""
    for word in sorted(left):
        for other in sorted(right):
            if (relation := relate(word, other)) in (Relation.SPELLING, Relation.ERROR):
                _note(relation, word, result, "")
                left, right = left - {word}, right - {other}
                break
    return left, right
