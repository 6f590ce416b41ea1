"""The profile of a source as the mapping uses it: how its records differ from those of others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from loader.marc.profiles.relation_phrases import RelationPhrases


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
    is_written_as_iri: bool = False
    """Whether $0 has the IRI of a number, and not the number with the code of its file."""


class NumberSystem(NamedTuple):
    """A system that numbers records, and what its numbers look like where no code in parentheses tells them."""

    pattern: re.Pattern[str]
    """The group `number` is the number in the system."""
    code: str


class LocalSubfield(NamedTuple):
    """A subfield that a source uses in its own way: it is read as another one, or becomes a statement."""

    meaning: str = ""
    """In English."""
    read_as: str = ""
    """The code of MARC 21 as which it is read."""
    subject: str = ""
    """What the statement is about: `record`, `instance`, `work`, `heading` or `before`."""
    predicate: str = ""
    """The property of the statement, in N-Triples; empty where there is none."""
    kind: str = ""
    """The class of the resource that the value becomes, in N-Triples; empty where it becomes a literal."""
    text: str = ""
    """The property in which that resource has the text, in N-Triples; empty for its label."""
    scheme: str = ""
    """The list to which the value belongs in all sources."""
    language: str = ""
    """The language tag of a literal, with its `@`; empty for that of the field."""
    pattern: re.Pattern[str] | None = None
    """What the code of a library looks like, where the value becomes its item; the group `number` is the code."""


class LocalField(NamedTuple):
    """A field that a source uses in its own way."""

    meaning: str = ""
    """In English; empty for a field of MARC 21 of which only some subfields are the source's own."""
    read_as: str = ""
    """The tag of MARC 21 as which it is read."""
    indicators: str = ""
    """The indicators with which it is read; empty for its own."""
    subfields: Mapping[str, LocalSubfield] = {}
    fixed: tuple[tuple[str, str], ...] = ()
    """Subfields that every such field of the source has, and that say nothing of what is described."""
    added: tuple[tuple[str, str], ...] = ()
    """Subfields that the field has beside its own when it is read."""
    cases: Mapping[tuple[str, str], LocalField] = {}
    """By a subfield and its value how a field that has it is read instead; the subfield says no more than that."""


class WritingPractice(NamedTuple):
    """How a source writes what MARC 21 leaves open."""

    has_joined_initials: bool = False
    """Whether initials stand without blanks between them: `J.R.R.`."""
    has_joined_terms: bool = False
    """Whether all uncontrolled index terms of a record stand in one 653."""
    has_coded_language_only: bool = False
    """Whether a single language of the text is in 008 alone, and 041 names that of the original."""
    has_transcriber: bool = False
    """Whether 040 $c repeats the agency of $a."""
    has_no_identifier: bool = False
    """Whether 003 is left out where the control number is the source's own."""
    coded_contents: str = "|" * 17
    """What 008/18-34 of a book holds where nothing is known."""
    uncoded: tuple[int, int] = (0, 0)
    """The positions of 008, the first and the one after the last, that the source leaves blank."""
    has_old_imprint: bool = False
    """Whether who published stands in 260 whatever the rules and the year."""
    has_old_series: bool = False
    """Whether a series that is transcribed as it is traced stands in 440."""


_USUAL = WritingPractice()
_NO_PHRASES = RelationPhrases()


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
    number_codes: Mapping[str, str] = field(default_factory=dict)
    """The codes of authority files in lower case, and as they are written."""
    subject_sources: Mapping[str, str] = field(default_factory=dict)
    """By the key of a vocabulary, the code that $2 has for it."""
    item_fields: frozenset[str] = frozenset()
    local_fields: Mapping[str, LocalField] = field(default_factory=dict)
    """By tag, the fields that the source uses in its own way."""
    generic_titles: frozenset[str] = frozenset()
    """Normal forms of titles that many works have."""
    local_number: str = ""
    """The subfield in which the source has its own number of a heading, such as `3`."""
    deletions: tuple[str, ...] = ("leader", "header")
    """How the source says that a record is deleted: by leader/05, by the header of OAI-PMH."""
    related_record_field: str = "004"
    """The control field of a holdings record that holds the number of its bibliographic record."""
    character_set: str = ""
    """The character set of text in ISO 2709 that is not UTF-8; empty where it is MARC-8, as MARC 21 has it."""
    schemes: Mapping[str, str] = field(default_factory=dict)
    """The values of $2 in 6XX, in lower case, and the keys of the vocabularies that they name."""
    systems: tuple[NumberSystem, ...] = ()
    """The systems whose numbers are known by their form in 001, 035 and $w."""
    real_name_words: frozenset[str] = frozenset()
    """What $i of a see-also tracing says where it leads from a pseudonym to the real name, in lower case."""
    national_agencies: frozenset[str] = frozenset()
    """The codes of agencies whose records are those of a national bibliography."""
    phrases: RelationPhrases = _NO_PHRASES
    """The words by which the source says how titles and works are related."""
    practice: WritingPractice = _USUAL
    """How the source writes what MARC 21 leaves open; it counts where records are made of a graph."""
