"""Maps MARC records to statements: a pure function of the record, the profile and the source."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from loader.identifiers import graph
from loader.marc.fields.local_readings import finish_local, read_local_fields
from loader.marc.fields.parallel_scripts import pair_scripts
from loader.marc.fields.projection import Projection, ReportLine
from loader.marc.fields.rule_table import is_local
from loader.marc.identity.authority_numbers import AuthorityNumbers
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.record_kinds import KINDS, RecordKind
from nbkg.records.character_sets import graph_text
from nbkg.records.record import MarcField, MarcRecord

After = Callable[[MarcField | None], None]
"""Called when the statements of a field, or those before all fields (None), are written."""


class MappedRecord(NamedTuple):
    """What a record became."""

    lines: list[str]
    """N-Quads, each once, in the order of the fields."""
    omissions: list[ReportLine]
    """One for each subfield, and each control field, that stays in the record only."""
    doubts: list[ReportLine]
    """What was odd."""


def make_mapping(source: str, profile: MarcProfile) -> Callable[[MarcRecord], MappedRecord]:
    """Return the function that maps the records of a source.

    Bibliographic and holdings records go into `graph/catalogue/{source}`, authority records into
    `graph/authority/{source}`. Records of classification and of community information are not mapped.
    """
    numbers = AuthorityNumbers(profile.numbers)
    ends = {name: f" <{graph(f'{kind.folder}/{source}')}> .\n" for name, kind in KINDS.items()}

    def map_record(record: MarcRecord) -> MappedRecord:
        into = Projection(source, profile, numbers)
        kind = KINDS.get(record.kind)
        if kind is None:
            _omit_all(record.fields, into, "kind-of-record")
            return MappedRecord([], into.omissions, into.doubts)
        map_fields(record, kind, into)
        end = ends[record.kind]
        lines = [line + end for line in dict.fromkeys(into.triples)]
        return MappedRecord(lines, into.omissions, into.doubts)

    return map_record


def _after_nothing(_field: MarcField | None) -> None:
    """Do nothing: only traces want to know where the statements of a field end."""


def map_fields(record: MarcRecord, kind: RecordKind, into: Projection, after: After = _after_nothing) -> None:
    """Write the statements of a record; `after` is called when those of each field are written."""
    fields = read_local_fields(record.fields, into)
    if "880" in [field.tag for field in fields]:
        fields = pair_scripts(fields, kind.rules, into)
    kind.begin(record, fields, into)
    after(None)
    if record.is_deleted and kind.refuse is None:
        _omit_all(record.fields, into, "deleted")
        return
    before = set[str]()
    for field in fields:
        if into.local and (reading := into.local.get(id(field))):
            start, into.named = len(into.omissions), ""
            if field.subfields:
                _map_field(field, before, kind, into)
            finish_local(reading, start, into)
        else:
            _map_field(field, before, kind, into)
        after(field)
    into.language = ""
    kind.finish(into)


def _map_field(field: MarcField, before: set[str], kind: RecordKind, into: Projection) -> None:
    """Map a field by its rule, or note why it is not mapped; `before` are the tags that have been mapped."""
    if reason := _why_unmapped(field, before, kind, into):
        _omit_field(field, into, reason)
        return
    before.add(field.tag)
    if into.unpaired:
        language = into.unpaired.get(id(field))
        into.language = f"@{language}" if language else ""
    kind.apply(field, into)


def _why_unmapped(field: MarcField, before: set[str], kind: RecordKind, into: Projection) -> str:
    """Return why a field is not mapped, or an empty text for one that is."""
    tag = field.tag
    if tag in into.profile.item_fields and not kind.has_item_rules:
        return "item-data"
    if tag not in kind.rules:
        return _why_without_rule(tag, kind, into)
    if field.data and not tag.startswith("00"):
        return "no-delimiter"
    if kind.refuse is not None and (reason := kind.refuse(tag, into)):
        return reason
    return "repeated" if tag in before and tag in kind.once else ""


def _why_without_rule(tag: str, kind: RecordKind, into: Projection) -> str:
    if tag in into.profile.local_fields:
        return "local-field"
    return "unknown-field" if is_local(tag) or kind.has_all_fields else "no-rule"


def _omit_all(fields: list[MarcField], into: Projection, reason: str) -> None:
    for field in fields:
        _omit_field(field, into, reason)


def _omit_field(field: MarcField, into: Projection, reason: str) -> None:
    for code, value in field.subfields or [("", field.data)]:
        into.omit(field.tag, code, reason, graph_text(value))
