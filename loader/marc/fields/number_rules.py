"""The rules for numbers (010–037), with the definitions of their fields."""

from __future__ import annotations

from typing import Final

from loader.marc.fields.control_fields import agency
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.number_fields import (
    write_isbn,
    write_issn,
    write_lccn,
    write_number,
    write_other_standard,
    write_publisher_number,
    write_system_number,
)
from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import BF
from loader.marc.values.isbd import without_end_mark

_STATUS: Final = {"a": "", "z": "cancinv"}


def write_national_number(heading: Heading, into: Projection) -> None:
    """Write 015, 016: the number in a national bibliography, or of a national agency, with who gave it."""
    kind = "Nbn" if heading.tag == "015" else "Local"
    for code, value in heading.subfields:
        if code in _STATUS:
            node = write_number(into.identity.instance, kind, without_end_mark(value), _STATUS[code], into)
            if source := heading.first("2"):
                into.triples.append(f"{node} {BF}assigner> {agency(source, into)}")
            for qualifier in heading.all("q"):
                into.triples.append(f"{node} {BF}qualifier> {into.text(qualifier.strip('() '))}")


def _write_coden(heading: Heading, into: Projection) -> None:
    for code, value in heading.subfields:
        if code in _STATUS:
            write_number(into.identity.instance, "Coden", without_end_mark(value), _STATUS[code], into)


def _write_report_number(heading: Heading, into: Projection) -> None:
    for code, value in heading.subfields:
        if code in _STATUS:
            write_number(into.identity.instance, "Strn", without_end_mark(value), _STATUS[code], into)


_CONTROL: Final = {"6": "control", "8": "control"}
_UNUSED: Final = dict.fromkeys("01", "no-subfield-rule")
RULES: tuple[FieldRule, ...] = (
    FieldRule(
        "010", "Library of Congress Control Number", "NR 8* a b* z*", write_lccn, {"b": "no-subfield-rule", **_CONTROL}
    ),
    FieldRule("015", "National Bibliography Number", "R 2 6 8* a* q* z*", write_national_number, _CONTROL),
    FieldRule("016", "National Bibliographic Agency Control Number", "R 2 8* a z*", write_national_number, _CONTROL),
    FieldRule(
        "020",
        "International Standard Book Number",
        "R 6 8* a b c q* z*",
        write_isbn,
        {"b": "no-subfield-rule", **_CONTROL},
        tolerant="a",
    ),
    FieldRule(
        "022",
        "International Standard Serial Number",
        "R 0 1* 2 6 8* a b c l m y* z*",
        write_issn,
        {**dict.fromkeys("bc", "no-subfield-rule"), **_UNUSED, **_CONTROL},
        tolerant="alm",
    ),
    FieldRule(
        "024",
        "Other Standard Identifier",
        "R 2 6 8* a b c d q* z*",
        write_other_standard,
        {**dict.fromkeys("bd", "no-subfield-rule"), **_CONTROL},
        tolerant="a",
    ),
    FieldRule(
        "027",
        "Standard Technical Report Number",
        "R 6 8* a q* z*",
        _write_report_number,
        {"q": "no-subfield-rule", **_CONTROL},
    ),
    FieldRule("028", "Publisher or Distributor Number", "R 6 8* a b q*", write_publisher_number, _CONTROL),
    FieldRule("030", "CODEN Designation", "R 6 8* a z*", _write_coden, _CONTROL),
    FieldRule("035", "System Control Number", "R 6 8* a z*", write_system_number, _CONTROL, tolerant="a"),
)
