"""A MARC record as it was delivered: light, in the order of its fields, with a list of what was odd about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from nbkg.records.form import Form
from nbkg.records.kind_evidence import UNIMARC, is_unimarc, kind_of_tags

BLANK_SIGNS: Final = "#\\^"
"""Signs that stand for a blank in documentation and editors, and sometimes come into records."""
_BLANKS: Final = str.maketrans(BLANK_SIGNS, " " * len(BLANK_SIGNS))
_KINDS: Final = {
    **dict.fromkeys("acdefgijkmoprt", "bibliographic"),
    "z": "authority",
    **dict.fromkeys("uvxy", "holdings"),
    "w": "classification",
    "q": "community",
}
_CONTROL_TYPES: Final = {"", *" a#\\^"}
"""What leader/08 is in MARC 21; UNIMARC has the hierarchical level there."""
_NO_END: Final = {"", *" #"}
"""What leader/23 is in UNIMARC, and in MARC 21 where the leader is damaged."""
_LINKED: Final = re.compile(r"\s*(\w{3})-")
_DELETED: Final = {"authority": "dsx"}
"""The values of leader/05 that say that a record is gone: an authority may also be split or replaced."""


def with_blanks(text: str) -> str:
    """Return coded text (a leader, an 008, an indicator) with real blanks for the signs that stand for them."""
    if "#" in text or "\\" in text or "^" in text:  # to look takes a third of the time of a translation
        return text.translate(_BLANKS)
    return text


class Oddity(NamedTuple):
    """Something that the standard does not allow and that was read all the same."""

    code: str
    """What kind of thing it is, in a word that a program can count."""
    tag: str
    """The tag of the field, `LDR` for the leader, or an empty text for the whole record."""
    offset: int | None
    """Where the field begins, in bytes from the beginning of the record; None in MARC-in-JSON, which has no bytes."""
    what: str
    """The explanation, in a sentence or a part of one."""


class MarcField(NamedTuple):
    """One field of a record: a control field has `data`, a data field has indicators and subfields.

    A data field without any delimiter is kept with its whole text as `data`.
    """

    tag: str
    indicators: str = ""
    subfields: Sequence[tuple[str, str]] = ()
    """Pairs of code and value in their order; repeated and empty ones are there."""
    data: str = ""

    @property
    def ind1(self) -> str:
        """The first indicator, where signs for a blank are blanks."""
        return with_blanks(self.indicators[:1]) or " "

    @property
    def ind2(self) -> str:
        """The second indicator, where signs for a blank are blanks."""
        return with_blanks(self.indicators[1:2]) or " "

    @property
    def linked_tag(self) -> str:
        """The tag in $6 of an 880: that of the field that it stands for; of other fields their own."""
        linked = _LINKED.match("".join(self.values("6")))
        return linked[1] if linked and self.tag == "880" else self.tag

    def values(self, codes: str) -> list[str]:
        """Return the values of the subfields with one of these codes, in the order of the field."""
        return [value for code, value in self.subfields if code in codes]


@dataclass(slots=True)
class MarcRecord:
    """A leader, fields in their order, and what was odd. Two records are equal when leader and fields are."""

    leader: str
    fields: list[MarcField]
    oddities: list[Oddity] = field(default_factory=list, compare=False)

    def fields_with(self, tag: str) -> list[MarcField]:
        """Return the fields of a tag, in their order."""
        return [each for each in self.fields if each.tag == tag]

    @property
    def control_number(self) -> str:
        """The content of the first 001, or an empty text; of an 001 that has subfields only, that of its first one."""
        first = next((each for each in self.fields if each.tag == "001"), MarcField("001"))
        return first.data if first.data.strip() else next((value for _code, value in first.subfields), first.data)

    @property
    def status(self) -> str:
        """Leader/05, or an empty text where the leader is too short."""
        return with_blanks(self.leader[5:6])

    @property
    def type(self) -> str:
        """Leader/06, or an empty text where the leader is too short."""
        return with_blanks(self.leader[6:7])

    @property
    def kind(self) -> str:
        """What leader/06 makes of the record: bibliographic, authority, holdings, classification, community, unknown.

        Where the leader does not say it, the fields may. A record that looks like UNIMARC is `unimarc`.
        See https://www.loc.gov/marc/specifications/specrecstruc.html#leader.
        """
        kind = _KINDS.get(self.type)
        if (self.leader[8:9] not in _CONTROL_TYPES or self.leader[23:24] in _NO_END) and is_unimarc(self._tags()):
            return UNIMARC
        return kind or kind_of_tags(self._tags())

    def _tags(self) -> set[str]:
        """Return the tags of the fields, of one in another script also that of the field that it stands for."""
        return {tag for field in self.fields for tag in (field.tag, field.linked_tag)}

    @property
    def is_deleted(self) -> bool:
        """Whether leader/05 says that the record is deleted."""
        return bool(self.status) and self.status in _DELETED.get(self.kind, "d")


class OaiHeader(NamedTuple):
    """The header under which an OAI-PMH answer delivers a record."""

    identifier: str
    datestamp: str


class DeliveredRecord(NamedTuple):
    """A record with the bytes that it was read from."""

    form: Form
    raw: bytes
    """The bytes as delivered. Of XML in another encoding, they are UTF-8. A MARCXML element can be read by itself: the
    namespaces that were declared further out in its document are declared in its start tag."""
    record: MarcRecord
    offset: int
    """Where it begins in the content of its file (which is what a compressed file holds)."""
    header: OaiHeader | None = None


def iter_structure_oddities(fields: list[MarcField]) -> Iterator[Oddity]:
    """Yield what is odd about the control numbers of a record that has these fields."""
    numbers = [each.data for each in fields if each.tag == "001"]
    if not numbers:
        yield Oddity("no-001", "001", None, "there is no control number")
    for number in numbers[1:]:
        yield Oddity("repeated-001", "001", None, f"a second control number {number!r}; the first counts")
