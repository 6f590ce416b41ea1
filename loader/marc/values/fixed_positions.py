"""Leaders and fields 008 in which runs of blanks became one blank, so that their positions are shifted.

Records of the Norwegian authority file go about in which this happened. What stood where is found by trying: each way
to widen the blanks until the length is right is held against the codes that MARC 21 allows in each position. A position
that is the same in all ways that are allowed is certain; another is `|`, which says that nothing is coded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations, pairwise
from math import comb
from typing import Final, NamedTuple

NOT_CODED: Final = "|"
_MOST_WAYS: Final = 5000
"""More ways than this to widen a text are not tried; then nothing is certain."""
_UNDEFINED: Final = " |"
AUTHORITY_008: Mapping[int, str] = {
    **dict.fromkeys(range(6), "0123456789|"),
    6: " din|",
    7: "abcdefgn|",
    8: " bef|",
    9: "abcdefg",
    10: "abcdnz|",
    11: "abcdknrsvz|",
    12: "abcnz|",
    13: "abcn|",
    14: "ab|",
    15: "ab|",
    16: "ab|",
    17: "abcden|",
    **dict.fromkeys(range(18, 28), _UNDEFINED),
    28: " acfilmosuz|",
    29: "abn|",
    30: _UNDEFINED,
    31: "ab|",
    32: "abn|",
    33: "abcdn|",
    **dict.fromkeys(range(34, 38), _UNDEFINED),
    38: " sx|",
    39: " cdu|",
}
"""The codes of each position (https://www.loc.gov/marc/authority/ad008.html), without those that are obsolete."""
AUTHORITY_LEADER: Mapping[int, str] = {
    **dict.fromkeys(range(5), "0123456789"),
    5: "acdnosx",
    6: "z",
    7: " ",
    8: " ",
    9: " a",
    10: "2",
    11: "2",
    **dict.fromkeys(range(12, 17), "0123456789"),
    17: "no",
    18: " ciu",
    19: " ",
    20: "4",
    21: "5",
    22: "0",
    23: "0",
}
"""The codes of each position (https://www.loc.gov/marc/authority/adleader.html)."""


class Mended(NamedTuple):
    """A fixed field as it was before its blanks ran together."""

    text: str
    """With `|` where it is not certain what stood there; empty where nothing is."""
    is_shifted: bool
    """Whether the field was too short, so that what is in `text` was inferred."""


@lru_cache(1 << 12)
def mend_positions(text: str, field: str) -> Mended:
    """Return a leader (`LDR`) or an 008 of an authority record (`008`) with its blanks, as far as that is certain."""
    codes = AUTHORITY_LEADER if field == "LDR" else AUTHORITY_008
    if len(text) >= len(codes) or not text.strip():
        return Mended(text, is_shifted=False)
    ways = [] if "  " in text else [way for way in _widened(text, len(codes)) if _is_allowed(way, codes)]
    return Mended("".join(map(_certain_sign, zip(*ways, strict=True))), is_shifted=True)


def _certain_sign(signs: tuple[str, ...]) -> str:
    """Return the sign that all ways have in a position, or that nothing is coded there."""
    return signs[0] if len(set(signs)) == 1 else NOT_CODED


def _is_allowed(text: str, codes: Mapping[int, str]) -> bool:
    return all(sign in codes[position] for position, sign in enumerate(text))


def _widened(text: str, length: int) -> Iterator[str]:
    """Yield each way to widen the blanks of a text to a length; a blank at the end may have been lost altogether."""
    words = text.rstrip().split(" ")
    blanks, gaps = length - sum(map(len, words)), len(words) - 1
    if comb(blanks, gaps) > _MOST_WAYS:
        return
    for ends in combinations(range(1, blanks + 1), gaps):
        widths = [end - begin for begin, end in pairwise((0, *ends))]
        yield "".join(word + " " * width for word, width in zip(words, [*widths, 0], strict=True)).ljust(length)
