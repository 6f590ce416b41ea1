"""What the numbers in $0 and $1 of a field identify, by the authority files of a profile.

$0 is the number or IRI of a record in an authority file, $1 an IRI of the thing itself
(https://www.loc.gov/marc/bibliographic/ecbdcntf.html).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from loader.marc.identity.number_changes import NO_CHANGES, REPLACED, NumberChanges
from loader.marc.profiles.marc_profile import NumberRule
from loader.marc.values.literals import address
from loader.marc.values.standard_numbers import read_isni
from nbkg.identifiers.identifier_reading import read_identifiers
from nbkg.records.record import MarcRecord

_CODED: Final = re.compile(r"^\(([^()]*)\)\s*(.*)$")
_CHECKED: Final = {"isni", "orcid"}


class AuthorityNumber(NamedTuple):
    """One number, and how sure it is."""

    scheme: str = ""
    """The key of the authority file; empty for one that the profile does not know."""
    number: str = ""
    iri: str = ""
    """The IRI of the record or thing, as it is written in N-Triples; empty where there is none."""
    is_thing: bool = False
    rank: int = 1000
    code: str = ""
    """The code in parentheses, where the number is known by it alone."""
    fault: str = ""
    """Why the number is not used: the reason of a report line."""

    @property
    def key(self) -> str:
        """The number with its file, as IRIs of agents and concepts end: `noraf-90090033`."""
        return f"{self.scheme}-{self.number}"


class AuthorityNumbers:
    """Reads numbers by the rules of a profile; what it reads is remembered, since headings come again and again."""

    def __init__(self, rules: Mapping[str, tuple[NumberRule, ...]], changes: NumberChanges = NO_CHANGES) -> None:
        self._rules, self._changes = rules, changes
        self.read = lru_cache(1 << 14)(self._read)

    def _read(self, text: str) -> AuthorityNumber:
        """Return what a $0 or $1 says now: a number that was replaced is the one in its place."""
        number = self.read_written(text)
        change = self._changes.of(number.scheme, number.number) if number.scheme else None
        if change is not None and change.status == REPLACED:
            successor = change.successors[0]
            number = number._replace(number=successor, iri=number.iri.replace(number.number, successor))
            change = self._changes.of(number.scheme, successor)
        if change is None:
            return number
        return AuthorityNumber(number=number.number, fault=f"number-{change.status}")

    def read_written(self, text: str) -> AuthorityNumber:
        """Return what a $0 or $1 says, whatever became of the number since.

        What no rule of the profile reads is read as identifiers are everywhere (`nbkg.identifiers`), so that a number
        with a long dash or in another address is the same number.
        """
        number = self._by_rules(text)
        if number.scheme and not number.fault:
            return number
        for reading in read_identifiers(text):
            if reading.is_certain and (known := self._in_scheme(reading.scheme, reading.iri, reading.number)):
                return known
        return number

    def _in_scheme(self, scheme: str, iri: str, number: str) -> AuthorityNumber | None:
        """Return a number in its one form as the profile has it; None where the profile does not know the register."""
        if iri and (known := self._known_iri(iri)):
            return known
        matches = ((rule, rule.pattern.match(number)) for rule in self._of_file(scheme))
        return next((_number(rule, match) for rule, match in matches if match), None)

    def _of_file(self, scheme: str) -> list[NumberRule]:
        return [rule for code, rules in self._rules.items() if code for rule in rules if rule.scheme == scheme]

    def _by_rules(self, text: str) -> AuthorityNumber:
        text = text.strip()
        coded = _CODED.match(text)
        if coded is None:
            return self._of_iri(text)
        code, number = coded[1].strip().lower(), coded[2].strip()
        if code == "uri":
            return self._of_iri(number)
        for rule in self._rules.get(code, ()):
            if match := rule.pattern.match(number):
                return _number(rule, match)
        if not number:
            return AuthorityNumber(fault="empty")
        if number.lower().startswith("http"):
            return self._of_iri(number)
        return AuthorityNumber(number=number, code=coded[1].strip())

    def _of_iri(self, text: str) -> AuthorityNumber:
        if not text.lower().startswith("http"):
            return AuthorityNumber(fault="number-without-source")
        if " " in text:
            compact = text.replace(" ", "")
            known = self._known_iri(compact)
            return known or AuthorityNumber(fault="iri-with-space")
        known = self._known_iri(text)
        iri = address(text)
        return known or (AuthorityNumber(iri=iri) if iri else AuthorityNumber(fault="iri"))

    def _known_iri(self, text: str) -> AuthorityNumber | None:
        for rule in self._rules.get("", ()):
            if match := rule.pattern.match(text):
                return _number(rule, match)
        return None


def _number(rule: NumberRule, match: re.Match[str]) -> AuthorityNumber:
    number = (match["number"] or "").replace(" ", "")
    if rule.scheme in _CHECKED:
        checked = read_isni(number)
        if not checked.is_valid:
            return AuthorityNumber(fault="check-digit")
        number = checked.number
        if rule.scheme == "orcid":
            number = "-".join(number[start : start + 4] for start in range(0, 16, 4))
    iri = f"<{rule.iri.replace('{number}', number)}>" if rule.iri else ""
    return AuthorityNumber(rule.scheme, number, iri, rule.is_thing, rule.rank)


def own_authority_number(record: MarcRecord, assigner: str, numbers: AuthorityNumbers) -> AuthorityNumber:
    """Return the number of a record in its authority file, which 003 or the profile names."""
    code = next((field.data.strip() for field in record.fields_with("003")), "") or assigner
    number = " ".join(record.control_number.split())
    return numbers.read_written(f"({code}){number}") if code and number else AuthorityNumber(number=number)
