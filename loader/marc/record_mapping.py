"""Maps MARC records to statements in BIBFRAME: a pure function of the record, the profile and the source."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from loader.identifiers import graph
from loader.marc.fields.control_fields import describe_record
from loader.marc.fields.field_rule import compile_rule
from loader.marc.fields.linking_fields import write_mergers
from loader.marc.fields.local_readings import finish_local, read_local_fields
from loader.marc.fields.parallel_scripts import pair_scripts
from loader.marc.fields.projection import Projection, ReportLine
from loader.marc.fields.provision_fields import finish_record
from loader.marc.fields.record_identity import identify
from loader.marc.fields.rule_table import RULES, is_local
from loader.marc.fields.series_fields import write_series
from loader.marc.fields.version_fields import find_copies
from loader.marc.identity.authority_numbers import AuthorityNumbers
from loader.marc.profiles.marc_profile import MarcProfile
from nbkg.records.character_sets import graph_text
from nbkg.records.record import MarcField, MarcRecord, with_blanks

Apply = Callable[[MarcField, Projection], None]
_APPLY: dict[str, Apply] = {rule.tag: compile_rule(rule) for rule in RULES}
_MANY = {"001", "008", "100", "110", "111", "130", "245"}
"""Fields that may stand once only, and whose rules know what a second one means."""
_ONCE = {rule.tag for rule in RULES if not rule.is_repeatable} - _MANY


class MappedRecord(NamedTuple):
    """What a record became."""

    lines: list[str]
    """N-Quads, each once, in the order of the fields."""
    omissions: list[ReportLine]
    """One for each subfield, and each control field, that stays in the record only."""
    doubts: list[ReportLine]
    """What was odd."""


def make_mapping(source: str, profile: MarcProfile) -> Callable[[MarcRecord], MappedRecord]:
    """Return the function that maps the records of a source into `graph/catalogue/{source}`."""
    numbers = AuthorityNumbers(profile.numbers)
    end = f" <{graph(f'catalogue/{source}')}> .\n"

    def map_record(record: MarcRecord) -> MappedRecord:
        into = Projection(source, profile, numbers)
        if record.kind != "bibliographic":
            _omit_all(record, into, "not-bibliographic")
        else:
            _map_fields(record, into)
        lines = [line + end for line in dict.fromkeys(into.triples)]
        return MappedRecord(lines, into.omissions, into.doubts)

    return map_record


def _map_fields(record: MarcRecord, into: Projection) -> None:
    into.leader = with_blanks(record.leader)
    fields = read_local_fields(record.fields, into)
    tags = {field.tag for field in fields}
    if "880" in tags:
        fields = pair_scripts(fields, into)
    into.identity = identify(record, fields, into)
    if "533" in tags:
        find_copies(fields, into)
    describe_record(into)
    if record.is_deleted:
        _omit_all(record, into, "deleted")
        return
    before = set[str]()
    for field in fields:
        if into.local and (reading := into.local.get(id(field))):
            start, into.named = len(into.omissions), ""
            if field.subfields:
                _map_field(field, before, into)
            finish_local(reading, start, into)
        else:
            _map_field(field, before, into)
    into.language = ""
    write_series(into)
    write_mergers(into)
    finish_record(into)


def _map_field(field: MarcField, before: set[str], into: Projection) -> None:
    """Map a field by its rule, or note why it is not mapped; `before` are the tags that have been mapped."""
    if reason := _why_unmapped(field, before, into):
        _omit_field(field, into, reason)
        return
    before.add(field.tag)
    language = into.unpaired.get(id(field))
    into.language = f"@{language}" if language else ""
    _APPLY[field.tag](field, into)


def _why_unmapped(field: MarcField, before: set[str], into: Projection) -> str:
    """Return why a field is not mapped, or an empty text for one that is."""
    tag = field.tag
    if tag in into.profile.item_fields:
        return "item-data"
    if tag not in _APPLY:
        return _why_without_rule(tag, into)
    if field.data and not tag.startswith("00"):
        return "no-delimiter"
    return "repeated" if tag in before and tag in _ONCE else ""


def _why_without_rule(tag: str, into: Projection) -> str:
    if tag in into.profile.local_fields:
        return "local-field"
    return "unknown-field" if is_local(tag) else "no-rule"


def _omit_all(record: MarcRecord, into: Projection, reason: str) -> None:
    for field in record.fields:
        _omit_field(field, into, reason)


def _omit_field(field: MarcField, into: Projection, reason: str) -> None:
    for code, value in field.subfields or [("", field.data)]:
        into.omit(field.tag, code, reason, graph_text(value))
