"""A rule for one MARC field: its definition in the words of MARC 21, and what it writes into the graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from loader.marc.fields.projection import Projection, Subfields, WaitingField
from loader.marc.values.remembered import remember
from nbkg.records.character_sets import graph_text
from nbkg.records.record import MarcField

Write = Callable[["Heading", Projection], None]


class Heading:
    """A field as rules see it: indicators without signs for blanks, and subfields in NFC that are not empty."""

    __slots__ = ("field", "ind1", "ind2", "subfields", "tag")

    def __init__(self, tag: str, ind1: str, ind2: str, subfields: Subfields, field: MarcField) -> None:
        self.tag = tag
        self.ind1 = ind1
        self.ind2 = ind2
        self.subfields = subfields
        self.field = field

    def wait(self, language: str) -> WaitingField:
        """Return what is kept of a field until all fields have been read; `language` is its language tag."""
        return WaitingField(self.tag, self.ind1, self.ind2, self.subfields, self.field, language)

    def with_subfields(self, subfields: Subfields) -> Heading:
        """Return the same field with these subfields."""
        return Heading(self.tag, self.ind1, self.ind2, subfields, self.field)

    def first(self, code: str) -> str:
        """Return the first value of a subfield, or an empty text."""
        for each, value in self.subfields:
            if each == code:
                return value
        return ""

    def all(self, codes: str) -> list[str]:
        """Return the values of the subfields with one of these codes, in the order of the field."""
        return [value for code, value in self.subfields if code in codes]


@dataclass(frozen=True)
class FieldRule:
    """What one tag means.

    `definition` is that of the MARC list: whether the field may repeat, and the codes of its subfields, each with `*`
    where it may. Codes are mapped unless `omitted` gives a reason. `tolerant` ones count each time although the list
    lets them stand once.
    """

    tag: str
    name: str
    definition: str
    write: Write
    omitted: Mapping[str, str] = field(default_factory=dict)
    tolerant: str = ""
    is_paired: bool = False
    """Whether the rule writes the same field in another script (880) with it."""

    @cached_property
    def codes(self) -> dict[str, bool]:
        """The subfields of the definition, and whether each may repeat."""
        return {item[0]: item.endswith("*") for item in self.definition.split()[1:]}

    @property
    def is_repeatable(self) -> bool:
        """Whether the field may stand in a record more than once."""
        return self.definition.split()[0] == "R"


_SHORT: Final = 5
_MARKS: Final = " ,;:/=+.[]()"
"""A subfield of a few of these marks only is empty."""


def clean(value: str) -> str:
    """Return the text of a subfield as the graph has it: in NFC, without controls and needless blanks."""
    text = value.strip() if value.isascii() and value.isprintable() else graph_text(value).strip()
    if len(text) < _SHORT and not text.strip(_MARKS):
        return ""
    return " ".join(text.split()) if "  " in text else text


class CompiledRule:
    """Maps the fields of one tag by its rule, and notes each subfield that stays in the record only."""

    def __init__(self, rule: FieldRule) -> None:
        self._rule = rule
        self._write = rule.write
        self._codes = {code: can_repeat for code, can_repeat in rule.codes.items() if code not in rule.omitted}
        self._known: dict[str, bool] = {}
        """Whether all subfields are mapped, by their codes: a few sequences are those of nearly all fields."""

    def map_field(self, raw: MarcField, into: Projection) -> None:
        """Map one field."""
        subfields = into.cleaned.get(id(raw)) or clean_subfields(raw)
        if subfields and not self._are_all_mapped(subfields):
            subfields = usable_subfields(self._rule, subfields, into)
            if not subfields:
                return
        self._write(make_heading(raw, subfields), into)

    def _are_all_mapped(self, subfields: Subfields) -> bool:
        """Return whether no subfield is empty, unknown, omitted or repeated where it may not be."""
        codes = "|".join([code for code, value in subfields if value])
        known = self._known.get(codes)
        are_mapped = remember(self._known, codes, self._are_mapped(codes), _REMEMBERED) if known is None else known
        return are_mapped and len(codes) + 1 == 2 * len(subfields)

    def _are_mapped(self, codes: str) -> bool:
        parts = codes.split("|")
        return all(code in self._codes and self._may_stand(code, parts.count(code)) for code in parts)

    def _may_stand(self, code: str, times: int) -> bool:
        return times == 1 or self._codes[code] or code in self._rule.tolerant


def clean_subfields(raw: MarcField) -> Subfields:
    """Return the subfields of a field as the graph has them; the value of one may be empty."""
    return [(code, clean(value)) for code, value in raw.subfields]


def make_heading(raw: MarcField, subfields: Subfields) -> Heading:
    """Return a field with these subfields as rules see it."""
    ind1, ind2 = _PLAIN.get(raw.indicators) or (raw.ind1, raw.ind2)
    return Heading(raw.tag, ind1, ind2, subfields, raw)


def omit_all(heading: Heading, reason: str, into: Projection) -> None:
    """Note that all subfields of a field stay in the record only."""
    for code, value in heading.subfields:
        into.omit(heading.tag, code, reason, value)


NORMS: Final = {"nob": "@nb", "nno": "@nn"}
"""The written norms of Norwegian in $9 of a subject, and their language tags."""
_REMEMBERED: Final = 1 << 10
_SIGNS: Final = " 0123456789"
_PLAIN: Final = {"": (" ", " "), **{first + second: (first, second) for first in _SIGNS for second in _SIGNS}}
"""The indicators of nearly all fields; a control field has none."""


def usable_subfields(rule: FieldRule, subfields: Subfields, into: Projection) -> Subfields:
    """Return the subfields that the rule maps, and note why the others are not mapped."""
    codes, selected, before = rule.codes, [], set[str]()
    for code, value in subfields:
        if _is_own(rule, code, value, into):
            selected.append((code, value))
        elif reason := _reason(rule, codes, code, value, code in before):
            into.omit(rule.tag, code, reason, value)
        else:
            selected.append((code, value))
            before.add(code)
    return selected


def _is_own(rule: FieldRule, code: str, value: str, into: Projection) -> bool:
    """Return whether the source has a subfield that MARC 21 does not define.

    It is the source's own number of a heading, or the written norm of a subject in $9.
    """
    own = bool(code) and code == into.profile.local_number and rule.tag[0] in "1678"
    return bool(value) and (own or (code == "9" and rule.tag[0] == "6" and value in NORMS))


def _reason(rule: FieldRule, codes: Mapping[str, bool], code: str, value: str, is_again: bool) -> str:
    if not value:
        return "empty"
    if code not in codes:
        return "unknown-subfield"
    if code in rule.omitted:
        return rule.omitted[code]
    return "repeated" if is_again and not codes[code] and code not in rule.tolerant else ""
