"""The numbers by which a record points to records ($w, 035), and which are control numbers of its own source."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from loader.marc.profiles.marc_profile import NumberSystem

_CODED: Final = re.compile(r"^\(([^()]+)\)\s*(\S.*)$")


class RecordNumber(NamedTuple):
    """A number of a record."""

    code: str
    """The code of the system that gave it; empty where neither the text nor the profile says which."""
    number: str


def read_record_number(text: str, systems: tuple[NumberSystem, ...]) -> RecordNumber:
    """Return a number with the code in parentheses, else that of the system of the profile whose pattern it matches."""
    if coded := _CODED.match(text):
        return RecordNumber(coded[1].strip(), " ".join(coded[2].split()))
    number = " ".join(text.split())
    for system in systems:
        if match := system.pattern.match(number):
            return RecordNumber(system.code, match["number"])
    return RecordNumber("", number)


class OwnNumbers(NamedTuple):
    """The control number of a record, and the codes of who gave it."""

    number: str
    codes: frozenset[str]
    """In lower case."""

    def is_of_source(self, other: RecordNumber) -> bool:
        """Return whether another number is certainly a control number of the same source."""
        return bool(other.code) and other.code.lower() in self.codes


def own_numbers(number: str, assigners: tuple[str, ...], systems: tuple[NumberSystem, ...]) -> OwnNumbers:
    """Return what a record's control number says about itself, by its form, else by 003 and the profile."""
    number = " ".join(number.split())
    known = read_record_number(number, systems) if number else RecordNumber("", "")
    codes = (known.code,) if known.code else assigners
    return OwnNumbers(number, frozenset(code.lower() for code in codes if code))
