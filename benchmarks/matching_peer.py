"""A plain matcher beside ours: headings in blocks by the beginning of the family name, compared by one similarity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.fuzz import token_sort_ratio

from benchmarks.matching_headings import Heading, fold

_LETTERS = 3
_LEAST = 90.0


class PlainMatcher:
    """Blocks and a scorer, as most do it with a data frame."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self._blocks: dict[str, dict[str, str]] = defaultdict(dict)
        for heading in headings:
            for text in (heading.text, *heading.variants):
                folded = fold(text)
                for word in folded.split():
                    self._blocks[word[:_LETTERS]][folded] = heading.key

    def match(self, text: str) -> str:
        """Return the key of the best heading, or an empty text where none is similar enough."""
        folded = fold(text)
        block = {name: key for word in folded.split() for name, key in self._blocks[word[:_LETTERS]].items()}
        best = process.extractOne(folded, block.keys(), scorer=token_sort_ratio, score_cutoff=_LEAST)
        return block[best[0]] if best else ""
