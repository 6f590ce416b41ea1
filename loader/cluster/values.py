"""The values of fields as they are compared: words, names, years, categories."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from loader.cluster.cluster_settings import FieldSettings
from nbkg.errors import DataError
from nbkg.matching.name_form import key_of, plain

_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_ENTITY = re.compile(r"& ?(#?\w+) ?;")
_CUT_LETTER = re.compile(r"(?<=[a-z]) ([\xe0-\xff]) (?=[a-z])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_NAME_BREAK = re.compile(r",| and |;|&")


@dataclass(frozen=True)
class FoldedText:
    """A text in its words, without marks and case."""

    words: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(self.words)

    @cached_property
    def letters(self) -> str:
        """The words without blanks, which some write where others do not."""
        return "".join(self.words)

    @cached_property
    def key(self) -> str:
        """The words in alphabetical order."""
        return " ".join(sorted(self.words))

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.words)

    @cached_property
    def trigrams(self) -> Mapping[str, int]:
        """How often each three letters stand beside each other."""
        return Counter(self.letters[start : start + 3] for start in range(len(self.letters) - 2))

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers in the text, Roman ones too."""
        return frozenset(int(word) if word.isdigit() else _ROMAN[word] for word in self.words if _is_number(word))


def _is_number(word: str) -> bool:
    return word.isdecimal() or word in _ROMAN


class PersonName(NamedTuple):
    """A name: its family name, the first letter of the first forename, and all its words."""

    family: str
    initial: str
    words: frozenset[str]


Value = FoldedText | tuple[PersonName, ...] | int | str | None
"""What a field holds; None, an empty text or nothing where the record does not have it."""


@lru_cache(1 << 12)
def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in the form in which they are compared, see `nbkg.matching.name_form`."""
    return tuple(map(key_of, _WORD.findall(plain(_decode(text)))))


def _decode(text: str) -> str:
    """Return a text in which references to characters (“&#228;”, “g &#252; nther”) are these."""
    if "&" not in text:
        return text
    return _CUT_LETTER.sub(r"\1", _ENTITY.sub(lambda match: html.unescape(f"&{match[1]};"), text))


def _read_words(text: str, settings: FieldSettings) -> FoldedText:
    for pattern in settings.remove:
        rest = re.sub(pattern, " ", text, flags=re.IGNORECASE)
        text = rest if len(fold_words(rest)) > 1 else text
    return FoldedText(fold_words(text))


def _read_names(text: str, settings: FieldSettings) -> tuple[PersonName, ...]:  # noqa: ARG001  # as all readings
    parts = filter(None, map(fold_words, _NAME_BREAK.split(_decode(text))))
    return tuple(PersonName(words[-1], words[0][0], frozenset(words)) for words in parts)


def _read_year(text: str, settings: FieldSettings) -> int | None:  # noqa: ARG001  # as all readings
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def _read_category(text: str, settings: FieldSettings) -> str:
    """Return the name of the first category that fits; an empty text where none does."""
    low = text.lower()
    return next((name for name, pattern in settings.categories.items() if re.search(pattern, low)), "")


READINGS: Mapping[str, Callable[[str, FieldSettings], Value]] = {
    "words": _read_words,
    "names": _read_names,
    "year": _read_year,
    "category": _read_category,
}
"""How the text of a field may be read."""

Record = Mapping[str, Value]
"""The values of a record by the names of its fields."""


def read_record(columns: Mapping[str, str], fields: Sequence[FieldSettings]) -> Record:
    """Return the values of a record that is given as texts by columns. Raises DataError for an unknown reading."""
    return {field.name: _read_value(columns, field) for field in fields}


def _read_value(columns: Mapping[str, str], field: FieldSettings) -> Value:
    if field.reading not in READINGS:
        raise DataError(f"field {field.name}: no reading {field.reading}, expected one of {', '.join(READINGS)}")
    return READINGS[field.reading](" ".join(columns.get(name, "") for name in field.columns), field)
