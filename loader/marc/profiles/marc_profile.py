"""The profile of a source as the mapping uses it: how its records differ from those of others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class NumberRule(NamedTuple):
    """What the numbers of one authority file look like under a code, and what they identify."""

    pattern: re.Pattern[str]
    """The group `number`, or all of it, is the number in the file."""
    scheme: str
    """The key of the file in our IRIs, such as `noraf`."""
    iri: str = ""
    """The IRI of a number's record in the file, with `{number}`; empty where none is known."""
    rank: int = 100
    """Which file names an agent that has numbers of several: the lowest."""
    is_thing: bool = False
    """Whether the IRI is of the thing itself and not of a record about it."""


class NumberSystem(NamedTuple):
    """A system that numbers records, and what its numbers look like where no code in parentheses tells them."""

    pattern: re.Pattern[str]
    """The group `number` is the number in the system."""
    code: str


@dataclass(frozen=True)
class MarcProfile:
    """What a profile in `data/marc-profiles/` says, with what it takes over from the profiles that it extends."""

    key: str
    assigner: str = ""
    """The code of who gave the control numbers, where a record has no 003; empty where it is not known."""
    name_title_number: str = "agent"
    """What $0 of a field with a name and a title identifies: `agent` or `work`."""
    relators: Mapping[str, str] = field(default_factory=dict)
    """Words for roles in lower case, without punctuation at the end, and the codes of the MARC list."""
    relator_codes: frozenset[str] = frozenset()
    instance_roles: frozenset[str] = frozenset()
    """The roles of those who make an edition or a copy, or add to the text: publisher, printer, illustrator."""
    numbers: Mapping[str, tuple[NumberRule, ...]] = field(default_factory=dict)
    """By code in lower case; those under an empty text are for IRIs."""
    item_fields: frozenset[str] = frozenset()
    local_fields: Mapping[str, str] = field(default_factory=dict)
    """Tags of fields that only this source has, and what they mean in English."""
    generic_titles: frozenset[str] = frozenset()
    """Normal forms of titles that many works have."""
    local_number: str = ""
    """The subfield in which the source has its own number of a heading, such as `3`."""
    deletions: tuple[str, ...] = ("leader", "header")
    """How the source says that a record is deleted: by leader/05, by the header of OAI-PMH."""
    schemes: Mapping[str, str] = field(default_factory=dict)
    """The values of $2 in 6XX, in lower case, and the keys of the vocabularies that they name."""
    systems: tuple[NumberSystem, ...] = ()
    """The systems whose numbers are known by their form in 001, 035 and $w."""
