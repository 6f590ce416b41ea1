"""The kinds of MARC records that are mapped: how each begins, which rules it has, and into which graph it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from loader.marc.authority_fields import authority_rules, heading_rules, note_rules
from loader.marc.authority_fields.authority_record import begin_authority, refuse_of_authority
from loader.marc.authority_fields.date_fields import finish_authority
from loader.marc.fields.control_fields import describe_record
from loader.marc.fields.field_rule import CompiledRule, FieldRule
from loader.marc.fields.linking_fields import write_mergers
from loader.marc.fields.projection import Projection
from loader.marc.fields.provision_fields import finish_record
from loader.marc.fields.record_identity import identify
from loader.marc.fields.rule_table import RULES
from loader.marc.fields.series_fields import write_series
from loader.marc.fields.version_fields import find_copies
from loader.marc.holdings_fields import holdings_rules
from loader.marc.holdings_fields.holdings_rules import begin_holdings, finish_holdings
from nbkg.records.record import MarcField, MarcRecord, with_blanks

CATALOGUE = "catalogue"
"""The folder of the graphs of bibliographic and holdings records."""
_LEADER = 24
"""A leader that is missing says nothing: its positions are blank."""
_MANY = {"001", "008", "100", "110", "111", "130", "245"}
"""Fields that may stand once only, and whose rules know what a second one means."""


class RecordKind(NamedTuple):
    """How the records of one kind are mapped."""

    folder: str
    """The graph is `graph/{folder}/{source}`."""
    rules: Mapping[str, FieldRule]
    compiled: Mapping[str, CompiledRule]
    """What maps the fields of a tag."""
    once: frozenset[str]
    """The tags of which the first field counts."""
    begin: Callable[[MarcRecord, list[MarcField], Projection], None]
    """Writes what the record describes, before its fields."""
    finish: Callable[[Projection], None]
    """Writes what follows from several fields."""
    has_all_fields: bool = False
    """Whether each field of the definition has a rule, so that another tag is none of MARC 21."""
    has_item_rules: bool = False
    """Whether the rules themselves take what is about copies out of the fields that a profile names."""
    refuse: Callable[[str, Projection], str] | None = None
    """Returns why a field that has a rule is not mapped; None where that is so in deleted records only."""

    def direct_rules(self, item_fields: frozenset[str]) -> dict[str, CompiledRule]:
        """Return what maps fields that may stand as often as they like, whatever else is in the record."""
        if self.refuse is not None:
            return {}
        items = frozenset[str]() if self.has_item_rules else item_fields
        return {tag: rule for tag, rule in self.compiled.items() if tag not in self.once | items}


def _compiled(rules: Iterable[FieldRule]) -> Mapping[str, CompiledRule]:
    return {rule.tag: CompiledRule(rule) for rule in rules}


def _once(rules: Iterable[FieldRule]) -> frozenset[str]:
    return frozenset({rule.tag for rule in rules if not rule.is_repeatable} - _MANY)


def _begin_bibliographic(record: MarcRecord, fields: list[MarcField], into: Projection) -> None:
    into.leader = with_blanks(record.leader).ljust(_LEADER)
    into.identity = identify(record, fields, into)
    if "533" in [field.tag for field in fields]:
        find_copies(fields, into)
    describe_record(into)


def _finish_bibliographic(into: Projection) -> None:
    write_series(into)
    write_mergers(into)
    finish_record(into)


AUTHORITY_RULES: tuple[FieldRule, ...] = (*authority_rules.RULES, *heading_rules.RULES, *note_rules.RULES)
HOLDINGS_RULES: tuple[FieldRule, ...] = holdings_rules.RULES
KINDS: Mapping[str, RecordKind] = {
    "bibliographic": RecordKind(
        CATALOGUE,
        {rule.tag: rule for rule in RULES},
        _compiled(RULES),
        _once(RULES),
        _begin_bibliographic,
        _finish_bibliographic,
    ),
    "authority": RecordKind(
        "authority",
        {rule.tag: rule for rule in AUTHORITY_RULES},
        _compiled(AUTHORITY_RULES),
        _once(AUTHORITY_RULES),
        begin_authority,
        finish_authority,
        has_all_fields=True,
        refuse=refuse_of_authority,
    ),
    "holdings": RecordKind(
        CATALOGUE,
        {rule.tag: rule for rule in HOLDINGS_RULES},
        _compiled(HOLDINGS_RULES),
        _once(HOLDINGS_RULES),
        begin_holdings,
        finish_holdings,
        has_item_rules=True,
    ),
}


def graph_folder(kind: str) -> str:
    """Return the folder of the graph of a kind of record; that of the catalogue for kinds that are not mapped."""
    mapped = KINDS.get(kind)
    return mapped.folder if mapped else CATALOGUE
