"""Fields and subfields that stay in the record: how rules say so."""

from __future__ import annotations

from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.projection import Projection

CONTROL = {**dict.fromkeys("68", "control"), **dict.fromkeys("57", "processing")}


def omitted(codes: str = "", reason: str = "no-subfield-rule") -> dict[str, str]:
    """Return the reasons of subfields that a rule does not use: these, and those that join or process fields."""
    return {**dict.fromkeys(codes, reason), **CONTROL}


def left_in_record(tag: str, name: str, definition: str, reason: str) -> FieldRule:
    """Return the rule of a field that stays in the record with all its subfields."""
    return FieldRule(tag, name, definition, _write_nothing, omitted(subfield_codes(definition), reason))


def subfield_codes(definition: str) -> str:
    """Return the codes of the subfields of a definition."""
    return "".join(item[0] for item in definition.split()[1:])


def _write_nothing(_heading: Heading, _into: Projection) -> None:
    """Write nothing, since the rule omits all subfields."""


def omit_codes(heading: Heading, codes: str, reason: str, into: Projection) -> None:
    """Note the subfields of a field that have one of these codes."""
    for code, value in heading.subfields:
        if code in codes:
            into.omit(heading.tag, code, reason, value)


def omit_all(heading: Heading, reason: str, into: Projection) -> None:
    """Note all subfields of a field."""
    for code, value in heading.subfields:
        into.omit(heading.tag, code, reason, value)
