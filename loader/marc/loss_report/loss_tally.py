"""Counts, of each subfield in files of MARC records, how often it reaches the graph, and why it stays in the record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from loader.marc.fields.rule_table import BY_TAG, is_local
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.record_mapping import MappedRecord
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord

GROUPS = ("description", "local", "item", "other")
"""Where a subfield belongs: to the description, to fields of the library's own, to data about copies and loans, or to
records that are not described as a whole (deleted ones, authorities, holdings)."""
_EXAMPLES = 3
_LONGEST = 80
_LINKED = re.compile(r"\s*(\w{3})-\d\d")


class Example(NamedTuple):
    """Where something was met first."""

    record: str
    value: str


@dataclass
class SubfieldCount:
    """How one subfield fared; a control field is a subfield without code."""

    total: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    """How often it stays in the record only, by reason."""
    examples: dict[str, list[Example]] = field(default_factory=dict)

    @property
    def reached(self) -> int:
        """How often it reaches the graph, as a value or a link."""
        return self.total - self.reasons.total()


class GroupCount(NamedTuple):
    """The sum of a group of subfields."""

    total: int
    reached: int

    @property
    def share(self) -> float:
        """The part that reaches the graph, from 0 to 1; 1 where there is nothing to lose."""
        return self.reached / self.total if self.total else 1.0


@dataclass
class OddityCount:
    """How often something was odd, and where first."""

    total: int = 0
    examples: list[Example] = field(default_factory=list)


Key = tuple[str, str, str]
"""A group, a tag and a subfield code."""


class LossTally:
    """Adds up records of one source."""

    def __init__(self, profile: MarcProfile) -> None:
        self._profile = profile
        self.records = 0
        self.damaged = 0
        self.errors: list[str] = []
        """Why files could not be read, or not to their ends."""
        self.subfields: dict[Key, SubfieldCount] = {}
        self.oddities: dict[tuple[str, str], OddityCount] = {}
        """By tag and code: reasons of the mapping, and oddities of reading."""

    def add(self, delivered: DeliveredRecord, map_record: Callable[[MarcRecord], MappedRecord]) -> None:
        """Count a record."""
        record, mapped = delivered.record, map_record(delivered.record)
        self.records += 1
        name = record.control_number.strip() or f"byte {delivered.offset}"
        is_described = record.kind == "bibliographic" and not record.is_deleted
        for tag, code in _occurrences(record, is_described=is_described):
            self._count(tag, code, is_described=is_described).total += 1
        for line in mapped.omissions:
            count = self._count(line.tag, line.code, is_described=is_described)
            count.reasons[line.reason] += 1
            _remember(count.examples.setdefault(line.reason, []), Example(name, line.value[:_LONGEST]))
        for line in mapped.doubts:
            self._add_oddity(line.tag, line.reason, Example(name, line.value[:_LONGEST]))
        for oddity in record.oddities:
            self._add_oddity(oddity.tag, oddity.code, Example(name, oddity.what[:_LONGEST]))

    def group(self, name: str) -> GroupCount:
        """Return the sum of a group."""
        counts = [count for (group, _tag, _code), count in self.subfields.items() if group == name]
        return GroupCount(sum(count.total for count in counts), sum(count.reached for count in counts))

    def rows(self) -> Iterator[tuple[Key, SubfieldCount]]:
        """Yield all subfields by group, tag and code."""
        order = {name: number for number, name in enumerate(GROUPS)}
        yield from sorted(self.subfields.items(), key=lambda item: (order[item[0][0]], *item[0][1:]))

    def _count(self, tag: str, code: str, *, is_described: bool) -> SubfieldCount:
        key = (self._group(tag) if is_described else "other", tag, code)
        count = self.subfields.get(key)
        if count is None:
            count = self.subfields[key] = SubfieldCount()
        return count

    def _group(self, tag: str) -> str:
        if tag in self._profile.item_fields:
            return "item"
        return "local" if tag in self._profile.local_fields or (tag not in BY_TAG and is_local(tag)) else "description"

    def _add_oddity(self, tag: str, code: str, example: Example) -> None:
        count = self.oddities.setdefault((tag, code), OddityCount())
        count.total += 1
        _remember(count.examples, example)


def _remember(examples: list[Example], example: Example) -> None:
    if len(examples) < _EXAMPLES:
        examples.append(example)


def _occurrences(record: MarcRecord, *, is_described: bool) -> Iterator[tuple[str, str]]:
    """Yield tag and code of all subfields; a field in another script counts as the field that it stands for."""
    for each in record.fields:
        tag = _linked_tag(each) if each.tag == "880" and is_described else each.tag
        if each.subfields:
            yield from ((tag, code) for code, _value in each.subfields)
        else:
            yield tag, ""


def _linked_tag(field: MarcField) -> str:
    link = next((value for code, value in field.subfields if code == "6"), "")
    match = _LINKED.match(link)
    return match[1] if match else field.tag
