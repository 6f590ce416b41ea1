"""The words by which a source says how a title or a work is related to what it describes (246 $i, 7XX $i)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NOTHING = re.compile(r"(?!)")


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return what matches a text that begins with one of the phrases, whatever their case and blanks."""
    forms = [r"\s*".join(map(re.escape, phrase.split())) for phrase in sorted(phrases)]
    return re.compile(rf"\s*(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE) if forms else _NOTHING


@dataclass(frozen=True)
class RelationPhrases:
    """What the profile of a source says of such words."""

    original_title: re.Pattern[str] = _NOTHING
    """Names the title of what was translated (246 $i)."""
    translated: re.Pattern[str] = _NOTHING
    """Names the work of which this one is a translation (7XX $i)."""

    def names_original_title(self, words: str) -> bool:
        """Return whether words say that a title is that of the original."""
        return self.original_title.match(words) is not None

    def names_translated(self, words: str) -> bool:
        """Return whether words say that a work is the original of a translation."""
        return self.translated.match(words) is not None
