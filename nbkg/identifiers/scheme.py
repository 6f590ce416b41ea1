"""A register of identifiers, as `data/curated/identifier-schemes.ttl` describes it, and a number read by it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from nbkg.identifiers.normal_forms import NORMAL_FORMS


class IdentifierReading(NamedTuple):
    """One reading of a text: the register, and the number in its one form."""

    scheme: str
    """The key of the register, such as `noraf` or `isni`."""
    number: str
    """In the normal form of the register; as it is written where there is a fault."""
    iri: str = ""
    """The IRI that the register gives the number; empty where it gives none."""
    is_thing: bool = False
    """Whether the IRI is of the thing itself and not of a record about it."""
    is_certain: bool = True
    """Whether the text itself says which register it is of."""
    fault: str = ""
    """`check-digit` or `form` where this is no number of the register; an empty text for a good one."""

    @property
    def key(self) -> str:
        """The number with its register, as keys of agents end: `noraf-90090033`."""
        return f"{self.scheme}-{self.number}"


@dataclass(frozen=True)
class IdentifierScheme:
    """What the numbers of one register look like, and what they become."""

    key: str
    codes: tuple[str, ...]
    """The words and codes before its numbers and in $2 of MARC, in lower case."""
    pattern: re.Pattern[str]
    """A number without blanks; the group `number`, or all of it, is what counts."""
    addresses: tuple[re.Pattern[str], ...]
    """Addresses without `https://` and `www.`; the group `number` is the number."""
    template: str = ""
    normal_form: str = ""
    """A key of `NORMAL_FORMS`."""
    is_thing: bool = False
    alone: tuple[re.Pattern[str], ...] = ()
    """Numbers that no other register has, so that they need neither code nor address."""
    rank: int = 100
    """Which reading of a text comes first: that of the lowest."""

    def read_number(self, text: str, *, is_certain: bool = True) -> IdentifierReading:
        """Return the identifier that a number without code and address is in this register."""
        match = self.pattern.fullmatch(text.replace(" ", ""))
        if match is None:
            return IdentifierReading(self.key, text, is_certain=is_certain, fault="form")
        number = NORMAL_FORMS[self.normal_form](match["number"])
        if not number:
            return IdentifierReading(self.key, text, is_certain=is_certain, fault="check-digit")
        return IdentifierReading(self.key, number, self.iri_of(number), self.is_thing, is_certain)

    def iri_of(self, number: str) -> str:
        """Return the IRI of a number in its normal form, or an empty text."""
        return self.template.replace("{number}", quote(number, safe="/:;()-._~@!$&'*+,=%")) if self.template else ""

    def read_address(self, address: str) -> IdentifierReading | None:
        """Return the identifier of an address without `https://`; None for one of others."""
        for pattern in self.addresses:
            if match := pattern.fullmatch(address):
                return self.read_number(match["number"])
        return None

    def has_alone(self, text: str) -> bool:
        """Return whether a text can only be a number of this register."""
        return any(pattern.fullmatch(text) for pattern in self.alone)
