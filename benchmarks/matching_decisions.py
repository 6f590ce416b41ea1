"""The labelled set of matching: what is looked up, and which heading it means or none, decided by rules without scores.

A fifth of the headings is absent from the index. The rules are those by which a cataloguer decides with nothing but two
headings before her: the same name means the same, unless dates contradict; where another heading fits as well, nothing
is to be matched. What may or may not be the same person (a name without dates beside one with dates, initials beside
names) has no answer, and is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.matching_headings import Heading, Years, fold, read_headings, read_years
from benchmarks.matching_variations import choose_variation, undated

_ABSENT_SHARE, _HELD_OUT_SHARE, _SAMPLED_SHARE = 5, 3, 3
_PARENTHESIS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Decision:
    """One text that is looked up."""

    part: str
    """`tuning`, or `held-out` for the third that was set apart."""
    key: str
    """The heading that it was made of."""
    variation: str
    text: str
    expected: str
    """The key of the heading that it means; empty where nothing is to be matched."""
    is_absent: bool
    """Whether the heading that it was made of is not in the index."""

    @property
    def line(self) -> str:
        """What is published of it."""
        expected = "this" if self.expected else "absent" if self.is_absent else "none"
        return "\t".join((self.part, self.key, self.variation, expected))


@dataclass(frozen=True)
class LabelledSet:
    """The headings of the index, and the decisions."""

    indexed: Sequence[Heading]
    decisions: Sequence[Decision]


def make_set(shared: Path) -> LabelledSet:
    """Return the set, which is always the same for the same files."""
    headings = read_headings(shared)
    absent = [heading for heading in headings if heading.draw("absent", _ABSENT_SHARE) == 0]
    away = {heading.key for heading in absent}
    indexed = [heading for heading in headings if heading.key not in away]
    near = _Near(indexed)
    chosen = [heading for heading in headings if heading.draw("sample", _SAMPLED_SHARE) == 0]
    decisions = [
        one
        for heading in chosen
        for one in (_absent(heading, near) if heading.key in away else _present(heading, near))
    ]
    return LabelledSet(indexed, decisions)


class _Near:
    """Headings by the letters of their family names, and what else fits a heading."""

    def __init__(self, headings: Iterable[Heading]) -> None:
        self._by_family: Mapping[str, list[tuple[Heading, str, Years]]] = defaultdict(list)
        for heading in headings:
            for text, years in {(heading.text, heading.years), *((one, read_years(one)) for one in heading.variants)}:
                self._by_family[family_of(text)].append((heading, text, years))

    def others(self, heading: Heading, text: str, years: Years) -> Iterator[Heading]:
        """Yield other headings that a text may mean as well."""
        for other, name, known in self._by_family[family_of(text)]:
            if other.key != heading.key and are_compatible(text, name) and not contradict(years, known):
                yield other

    def homonyms(self, heading: Heading, text: str, years: Years) -> Iterator[Heading]:
        """Yield other headings with the same name, parentheses left out, of which the dates do not contradict.

        Where a text has dates, a heading without any is not as good as that with the same.
        """
        names = {_bare(heading.text), _bare(text)}
        for other, name, known in self._by_family[family_of(heading.text)]:
            is_less = heading.dates and years != (None, None) and known == (None, None)
            if other.key != heading.key and _bare(name) in names and not is_less and not contradict(years, known):
                yield other


def family_of(text: str) -> str:
    """Return the folded words before the first comma."""
    return fold(_PARENTHESIS.sub("", text).partition(",")[0])


def _bare(text: str) -> str:
    """Return the folded words of a heading without dates and parentheses."""
    return fold(re.sub(r"\d[\d\s?or-]*", "", _PARENTHESIS.sub("", text)))


def are_compatible(one: str, other: str) -> bool:
    """Return whether the given names of two texts with the same family name may be the same, initials among them."""
    first, second = (_forenames(text) for text in (one, other))
    return all(a[0] == b[0] and (min(len(a), len(b)) == 1 or a == b) for a, b in zip(first, second, strict=False))


def _forenames(text: str) -> list[str]:
    words = fold(_PARENTHESIS.sub("", text).partition(",")[2]).split()
    return [word for word in words if word.isalpha()]


def contradict(one: Years, other: Years) -> bool:
    """Return whether years of birth or of death differ."""
    return any(a is not None and b is not None and a != b for a, b in zip(one, other, strict=True))


def _present(heading: Heading, near: _Near) -> Iterator[Decision]:
    kind, text = choose_variation(heading)
    yield _decision(heading, kind, text, near)
    for place, variant in enumerate(heading.variants[:3]):
        yield _decision(heading, f"variant-{place + 1}", variant, near)


def _decision(heading: Heading, kind: str, text: str, near: _Near) -> Decision:
    years = (None, None) if kind == "undated" else heading.years
    is_vague = kind == "initials" and not heading.dates and _forenames(text) != _forenames(heading.text)
    others = near.others(heading, text, years) if kind == "initials" else near.homonyms(heading, text, years)
    fits_others = any(True for _ in others)
    expected = "" if fits_others or is_vague else heading.key
    return Decision(_part(heading), heading.key, kind, text, expected, is_absent=False)


def _absent(heading: Heading, near: _Near) -> Iterator[Decision]:
    if any(True for _ in near.others(heading, heading.text, heading.years)):
        return
    kind, text = choose_variation(heading)
    if any(True for _ in near.others(heading, undated(heading), (None, None))):
        kind, text = "as-it-is", heading.text
    yield Decision(_part(heading), heading.key, kind, text, "", is_absent=True)


def _part(heading: Heading) -> str:
    return "held-out" if heading.draw("part", _HELD_OUT_SHARE) == 0 else "tuning"
