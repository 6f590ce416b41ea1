"""Fields 880: the same content in another script, joined to its partner by $6.

See https://www.loc.gov/marc/bibliographic/ecbdcntf.html: `880-01` in the one, `100-01/(N` in the other; 00 for none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from loader.marc.fields.field_rule import FieldRule, clean, usable_subfields
from loader.marc.fields.projection import Linked, Projection
from loader.marc.values.language_codes import script_tag
from nbkg.records.record import MarcField, with_blanks

_LINK: Final = re.compile(r"\s*(\w{3})-(\d\d)(?:/(.*))?")


def pair_scripts(fields: list[MarcField], rules: Mapping[str, FieldRule], into: Projection) -> list[MarcField]:
    """Return the fields that are to be mapped, without the 880 that go with their partners.

    `rules` are those of the kind of the record, by tag. One that has no partner takes the tag that it stands for; it
    is mapped as a field of its own, in its script.
    """
    coded = next((with_blanks(field.data) for field in fields if field.tag == "008"), "")
    partners = {(field.tag, occurrence): field for field in fields if (occurrence := _occurrence(field))}
    mapped: list[MarcField] = []
    for field in fields:
        link = _link(field) if field.tag == "880" else None
        if link is None:
            mapped.append(field)
            continue
        tag, occurrence, script = link
        partner = partners.pop((tag, occurrence), None)
        language = script_tag(script, coded[35:38])
        if not _join(field, rules.get(tag), partner, language, into):
            mapped.append(_alone(field, link, partner, language, into))
    for tag, occurrence in partners:
        into.doubt(tag, "6", "unpaired-script", f"880-{occurrence}")
    return mapped


def _alone(
    field: MarcField, link: tuple[str, str, str], partner: MarcField | None, language: str, into: Projection
) -> MarcField:
    """Return a field in another script as a field of its own, with the tag that it stands for."""
    tag, occurrence, _script = link
    if partner is None and occurrence != "00":
        into.doubt("880", "6", "unpaired-script", f"{tag}-{occurrence}")
    alone = MarcField(tag, field.indicators, field.subfields, field.data)
    into.unpaired[id(alone)] = language
    return alone


def _join(field: MarcField, rule: FieldRule | None, partner: MarcField | None, language: str, into: Projection) -> bool:
    """Join a field to its partner, if there is one whose rule writes both scripts; return whether it did."""
    if partner is None or rule is None or not rule.is_paired:
        return False
    subfields = tuple((code, clean(value)) for code, value in field.subfields)
    into.linked[id(partner)] = Linked(usable_subfields(rule, subfields, into), language)
    return True


def _link(field: MarcField) -> tuple[str, str, str] | None:
    value = next((value for code, value in field.subfields if code == "6"), "")
    match = _LINK.match(value)
    return (match[1], match[2], match[3] or "") if match else None


def _occurrence(field: MarcField) -> str:
    """Return the occurrence number by which a field points to an 880, or an empty text."""
    if not field.subfields or field.tag == "880":
        return ""
    link = _link(field)
    return link[1] if link and link[0] == "880" and link[1] != "00" else ""
