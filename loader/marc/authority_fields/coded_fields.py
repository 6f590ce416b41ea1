"""Coded data of authority records: 008, and fields 040 and 075.

https://www.loc.gov/marc/authority/ad008.html
"""

from __future__ import annotations

import re

from loader.marc.fields.control_fields import write_entered_date
from loader.marc.fields.described_parts import write_source
from loader.marc.fields.field_rule import Heading
from loader.marc.fields.language_fields import write_cataloguing
from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import MADS
from loader.marc.values.literals import literal

_REFERENCES = frozenset("bc")
"""008/09: records that only lead to another heading."""


def write_coded_data(heading: Heading, into: Projection) -> None:
    """Write 008: when the record was made. What it says of names and levels is written with the record."""
    if "008" in into.seen:
        into.omit("008", "", "repeated", heading.field.data)
        return
    into.seen["008"] = into.coded or heading.field.data
    if not into.coded and not re.match(r"\d{6}", heading.field.data):
        into.omit("008", "", "short-fixed-field", heading.field.data)
        return
    write_entered_date(into.seen["008"], into)
    if (kind := into.coded[9:10]) and kind in _REFERENCES:
        into.doubt("008", "", "reference-record", kind)


def write_authority_source(heading: Heading, into: Projection) -> None:
    """Write 040: who made the record, in which language, and the file or vocabulary that it is of ($f)."""
    write_cataloguing(heading, into)
    for value in heading.all("f"):
        write_source(into.identity.record, value, into)


def write_entity_type(heading: Heading, into: Projection) -> None:
    """Write 075: what type of thing is described, in words."""
    for code, value in heading.subfields:
        if code == "a":
            into.triples.append(f"{into.identity.instance} {MADS}entityDescriptor> {into.text(value)}")
        elif code == "b":
            into.triples.append(f"{into.identity.instance} {MADS}code> {literal(value)}")
        elif code == "2":
            into.omit("075", "2", "no-subfield-rule", value)
