"""What the numbers in $0 and $1 of a field identify, by the authority files of a profile.

$0 is the number or IRI of a record in an authority file, $1 an IRI of the thing itself
(https://www.loc.gov/marc/bibliographic/ecbdcntf.html).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from loader.marc.profiles.marc_profile import NumberRule
from loader.marc.values.literals import address
from loader.marc.values.standard_numbers import read_isni

_CODED = re.compile(r"^\(([^()]*)\)\s*(.*)$")
_CHECKED = {"isni", "orcid"}


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

    def __init__(self, rules: Mapping[str, tuple[NumberRule, ...]]) -> None:
        self._rules = rules
        self.read = lru_cache(1 << 14)(self._read)

    def _read(self, text: str) -> AuthorityNumber:
        """Return what a $0 or $1 says."""
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
