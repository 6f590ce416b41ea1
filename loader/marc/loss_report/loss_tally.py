"""Counts, of each subfield in files of MARC records, how often it reaches the graph, and why it stays in the record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from loader.marc.fields.projection import ReportLine
from loader.marc.fields.rule_table import is_local
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.record_kinds import KINDS, graph_folder
from loader.marc.record_mapping import MappedRecord
from nbkg.records.kind_evidence import UNIMARC
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord

KIND_OF_GROUP = {"description": "bibliographic", "authority": "authority", "holdings": "holdings"}
"""The groups of what records say by the rules of their kind."""
GROUPS = (*KIND_OF_GROUP, "local", "item", "other")
"""Where a subfield belongs: to bibliographic, authority or holdings records, to fields of the library's own, to data
about copies and loans, or to records that are not described as a whole (deleted ones, classification, community)."""
_GROUP_OF_KIND = {kind: group for group, kind in KIND_OF_GROUP.items()}
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
        self.folders = set[str]()
        """The folders of the graphs in which the records are."""
        self.damaged = 0
        self.unimarc = 0
        """The records in UNIMARC, of which no share is stated."""
        self.errors: list[str] = []
        """Why files could not be read, or not to their ends."""
        self.subfields: dict[Key, SubfieldCount] = {}
        self.oddities: dict[tuple[str, str], OddityCount] = {}
        """By tag and code: reasons of the mapping, and oddities of reading."""

    def add(self, delivered: DeliveredRecord, map_record: Callable[[MarcRecord], MappedRecord]) -> None:
        """Count a record."""
        record, mapped = delivered.record, map_record(delivered.record)
        self.records += 1
        self.unimarc += record.kind == UNIMARC
        name = record.control_number.strip() or f"byte {delivered.offset}"
        self.folders.add(graph_folder(record.kind))
        for tag, code in _occurrences(record):
            self._count(record, tag, code).total += 1
        for line in mapped.omissions:
            count = self._count(record, line.tag, line.code)
            if line.reason == "item-data":
                count = self._move_to_item(count, line)
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

    def described(self) -> GroupCount:
        """Return the sum of what is mapped by the rules of the kinds of records."""
        counts = [self.group(name) for name in KIND_OF_GROUP]
        return GroupCount(sum(count.total for count in counts), sum(count.reached for count in counts))

    def rows(self) -> Iterator[tuple[Key, SubfieldCount]]:
        """Yield all subfields by group, tag and code."""
        order = {name: number for number, name in enumerate(GROUPS)}
        filled = [item for item in self.subfields.items() if item[1].total]
        yield from sorted(filled, key=lambda item: (order[item[0][0]], *item[0][1:]))

    def _count(self, record: MarcRecord, tag: str, code: str) -> SubfieldCount:
        key = (self._group(record, tag), tag, code)
        count = self.subfields.get(key)
        if count is None:
            count = self.subfields[key] = SubfieldCount()
        return count

    def _move_to_item(self, count: SubfieldCount, line: ReportLine) -> SubfieldCount:
        """Count a subfield about copies in a field that says more as item data, and return the count that has it."""
        item = self.subfields.setdefault(("item", line.tag, line.code), SubfieldCount())
        if item is not count:
            count.total -= 1
            item.total += 1
        return item

    def _group(self, record: MarcRecord, tag: str) -> str:
        kind = KINDS.get(record.kind)
        if kind is None or record.is_deleted:
            return "other"
        if tag in self._profile.item_fields and not kind.has_item_rules:
            return "item"
        local = self._profile.local_fields.get(tag)
        is_own = bool(local and local.meaning) or (tag not in kind.rules and is_local(tag))
        return "local" if is_own else _GROUP_OF_KIND[record.kind]

    def _add_oddity(self, tag: str, code: str, example: Example) -> None:
        count = self.oddities.setdefault((tag, code), OddityCount())
        count.total += 1
        _remember(count.examples, example)


def field_name(group: str, tag: str) -> str:
    """Return what MARC 21 calls a field of a group; empty for fields that it does not define.

    A group of records of several kinds has a name only where the kinds agree on it.
    """
    kinds = [KINDS[KIND_OF_GROUP[group]]] if group in KIND_OF_GROUP else list(KINDS.values())
    names = {kind.rules[tag].name for kind in kinds if tag in kind.rules}
    return names.pop() if len(names) == 1 else ""


def _remember(examples: list[Example], example: Example) -> None:
    if len(examples) < _EXAMPLES:
        examples.append(example)


def _occurrences(record: MarcRecord) -> Iterator[tuple[str, str]]:
    """Yield tag and code of all subfields; a field in another script counts as the field that it stands for."""
    kind = KINDS.get(record.kind)
    is_mapped = kind is not None and (not record.is_deleted or kind.refuse is not None)
    for each in record.fields:
        tag = _linked_tag(each) if each.tag == "880" and is_mapped else each.tag
        if each.subfields:
            yield from ((tag, code) for code, _value in each.subfields)
        else:
            yield tag, ""


def _linked_tag(field: MarcField) -> str:
    link = next((value for code, value in field.subfields if code == "6"), "")
    match = _LINKED.match(link)
    return match[1] if match else field.tag
