"""The projection of one record: the statements that its fields make, what stays in the record only, and what is odd.

The rules write into it. Its nodes are texts in N-Triples (`<https://…>`), since making objects of terms would cost
more than all the rest of the mapping.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from loader.marc.fields.terms import ID
from loader.marc.identity.authority_numbers import AuthorityNumber, AuthorityNumbers
from loader.marc.identity.linked_records import OwnNumbers
from loader.marc.profiles.marc_profile import LocalSubfield, MarcProfile
from loader.marc.values.literals import literal
from nbkg.records.record import MarcField

Subfields = Sequence[tuple[str, str]]


class ReportLine(NamedTuple):
    """What a report says about one subfield, or about a field (then `code` is empty)."""

    tag: str
    code: str
    reason: str
    """A key of `reasons.REASONS`."""
    value: str = ""


class Linked(NamedTuple):
    """The same field in another script: its subfields, and the language tag of their literals."""

    subfields: Subfields
    language: str


class Identity(NamedTuple):
    """The nodes that a record describes, as they are written in N-Triples."""

    record: str
    instance: str
    work: str
    hub: str
    record_key: str
    is_shared: bool
    """Whether work and hub are keyed by headings, so that other records describe them too."""


NO_IDENTITY: Final = Identity("", "", "", "", "", False)


class WaitingField(NamedTuple):
    """A field that is written when all fields have been read: what a heading is made of, and its language tag."""

    tag: str
    ind1: str
    ind2: str
    subfields: Subfields
    field: MarcField
    language: str


class LocalReading(NamedTuple):
    """A field that is read as the profile of its source says."""

    tag: str
    """As the record has it."""
    codes: dict[str, str]
    """By the codes as which subfields are read, those of the record."""
    own: list[tuple[str, LocalSubfield, str]]
    """The subfields that become statements of their own: code, meaning and value."""


class SeriesStatement(NamedTuple):
    """What 490 says of one series."""

    is_traced: bool
    """Whether the record should have an added entry for it."""
    subfields: Subfields
    """The title, the ISSNs and the numbers."""


class Activity(NamedTuple):
    """What one field says of a publication, production, distribution or manufacture."""

    kind: str
    places: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    """EDTF."""
    words: tuple[str, ...] = ()
    """The dates as transcribed."""


class Copies(NamedTuple):
    """The reproductions (533) of what a record describes."""

    digital: str = ""
    """The instance that is the only electronic one."""
    are_several: bool = False
    """Whether several are electronic, so that it is not certain which one a field is about."""
    dates: frozenset[str] = frozenset()
    """When they were made; EDTF."""


class Described(NamedTuple):
    """What an authority record describes, beside its node."""

    kind: str = ""
    """`agent`, `concept` or `hub`; empty where the record has no heading."""
    tag: str = ""
    """The tag of its heading."""
    number: AuthorityNumber = AuthorityNumber()
    """The number of the record in its authority file."""
    scheme: str = ""
    """The key of the authority file or vocabulary."""
    language: str = ""
    """The language tag of the labels of a concept, with its `@`."""
    label: str = ""
    """The heading itself."""
    is_undifferentiated: bool = False
    """Whether the heading stands for several persons of one name."""
    is_gone: bool = False
    """Whether the record was deleted, split or replaced."""
    is_shared: bool = False
    """Whether it is a pseudonym of several persons."""


_NO_NUMBERS: Final = OwnNumbers("", frozenset())
_NO_COPIES: Final = Copies()


class Projection:
    """What the rules write into, and read about the record as a whole."""

    described = Described()
    """What the record describes, where it is an authority record."""

    def __init__(self, source: str, profile: MarcProfile, numbers: AuthorityNumbers) -> None:
        self.source = source
        self.profile = profile
        self.numbers = numbers
        self.triples: list[str] = []
        """Statements without the graph and the full stop, perhaps twice."""
        self.omissions: list[ReportLine] = []
        """One for each occurrence of a subfield that reaches the graph neither as a value nor as a link."""
        self.doubts: list[ReportLine] = []
        """What was odd about values, whether they reach the graph or not."""
        self.language = ""
        """The language tag of what is written now, with its `@`; empty but in a field in another script."""
        self.leader = self.coded = ""  # the latter is the 008, with real blanks
        self.identity = NO_IDENTITY
        self.names: dict[str, str] = {}
        """Agents of this record that have an authority number, by the key of their heading."""
        self.cleaned: dict[int, Subfields] = {}
        """Of fields (by their identity in memory) the texts that identified the record, which their rules use too."""
        self.linked: dict[int, Linked] = {}
        """Of fields (by their identity in memory) the same field in another script."""
        self.seen: dict[str, str] = {}
        """What a rule has to know of fields before: the first title, the control number."""
        self.countries: list[str] = []  # of publication, by 044
        self.activities: dict[str, Activity] = {}  # what the record says of publications and the like, by their nodes
        self.parts: dict[str, str] = {}  # titles in contents, by their keys; empty where an entry names the part
        self.series_statements: list[SeriesStatement] = []
        self.series_entries: list[WaitingField] = []
        self.mergers: list[WaitingField] = []
        """The fields 785 that say what it was merged with and into; the last of them is the latter."""
        self.own = _NO_NUMBERS  # the control number of the record and who gave it
        self.urns: dict[str, dict[str, None]] = {}
        """The URN:NBNs that fields give for an instance."""
        self.copies = _NO_COPIES
        self.captions: dict[str, Subfields] = {}  # of the numbers of holdings (853–855), by what joins them
        self.local: dict[int, LocalReading] = {}
        """Of fields (by their identity in memory) what the profile says of them."""
        self.mended: dict[int, int] = {}  # the identities in memory of fields that were shifted, and of their originals
        self.named = ""  # the agent or concept that was named last
        self.unpaired: dict[int, str] = {}
        """Of fields in another script that stand alone, the language tag of their literals."""

    def text(self, value: str) -> str:
        """Return a literal, with the language tag of the field that is being mapped."""
        if '"' in value or "\\" in value:
            return literal(value) + self.language
        return f'"{value}"{self.language}'

    def omit(self, tag: str, code: str, reason: str, value: str = "") -> None:
        """Note that a subfield stays in the record only."""
        self.omissions.append(ReportLine(tag, code, reason, value))

    def doubt(self, tag: str, code: str, reason: str, value: str = "") -> None:
        """Note what is odd about a value."""
        self.doubts.append(ReportLine(tag, code, reason, value))

    def scoped(self, kind: str, key: str) -> str:
        """Return the node of a thing that is known within the source only."""
        return f"{ID}{kind}/{self.source}/{key}>"

    def in_script(self, field: MarcField, write: Callable[[Subfields], None]) -> None:
        """Write the same field in another script, where there is one, with the language tag of its literals."""
        if (linked := self.linked.get(id(field))) is not None:
            self.language = f"@{linked.language}"
            write(linked.subfields)
            self.language = ""


def part(node: str, name: str) -> str:
    """Return the node of a part of a thing, which is described where the thing is: `…#name`, or `…#part-name`."""
    return f"{node[:-1]}-{name}>" if "#" in node else f"{node[:-1]}#{name}>"
