"""Classification (050–084): Dewey, UDC, the Library of Congress and others.

https://www.loc.gov/marc/bibliographic/bd082.html
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields.control_fields import agency
from loader.marc.fields.field_rule import FieldRule, Heading, omit_all
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, ID, A
from loader.marc.values.heading_keys import hashed
from loader.marc.values.literals import literal, path_segment

KINDS: Final = {
    "050": "ClassificationLcc",
    "060": "ClassificationNlm",
    "055": "Classification",
    "070": "ClassificationNal",
    "080": "ClassificationUdc",
    "082": "ClassificationDdc",
    "083": "ClassificationDdc",
    "086": "Classification",
    "084": "Classification",
}
MORE: Final = {"c": "spanEnd", "z": "table", "y": "tableSeq"}
ADDITIONAL: Final = "additional number"
"""What a number in 083 is beside that in 082."""
_INDICATED: Final = {"0": "sudocs", "1": "cagp"}
"""The schemes of documents of governments that the first indicator of 086 names."""
_ASSIGNERS: Final = {"050": "DLC", "060": "DNLM", "070": "DNAL", "082": "DLC"}
"""Who assigned a number whose second indicator is 0."""


def write_classification(heading: Heading, into: Projection) -> None:
    """Write each class number, with its edition, item number and who assigned it; those that say the same are one."""
    numbers = [value for code, value in heading.subfields if code in "ax"]
    for number in numbers:
        _write_number(heading, number.replace("/", "") if heading.tag == "082" else number, into)
    if not numbers:
        for code, value in heading.subfields:
            into.omit(heading.tag, code, "no-name", value)


def _write_number(heading: Heading, number: str, into: Projection) -> None:
    item, source, assigner = heading.first("b"), heading.first("2"), _assigner(heading)
    if heading.tag == "086":
        source = source or _INDICATED.get(heading.ind1, "")
    node = part(into.identity.work, f"class-{hashed(heading.tag, number, source, assigner, item)}")
    into.named = node
    add = into.triples.append
    add(f"{into.identity.work} {BF}classification> {node}")
    add(f"{node} {A} {BF}{KINDS[heading.tag]}>")
    add(f"{node} {BF}classificationPortion> {literal(number)}")
    if item:
        add(f"{node} {BF}itemPortion> {literal(item)}")
    if source and heading.tag in ("082", "083"):
        add(f"{node} {BF}edition> {literal(source)}")
    elif source:
        _write_scheme(node, source, into)
    if heading.tag == "083":
        add(f"{node} {BF}qualifier> {literal(ADDITIONAL)}")
        _write_more(node, heading, into)
    if assigner:
        add(f"{node} {BF}assigner> {agency(assigner, into)}")


def _assigner(heading: Heading) -> str:
    return heading.first("q") or (_ASSIGNERS.get(heading.tag, "") if heading.ind2 == "0" else "")


def _write_more(node: str, heading: Heading, into: Projection) -> None:
    """Write what 083 says more: the last number of a span, the table and its sequence."""
    for code, value in heading.subfields:
        if code in MORE:
            into.triples.append(f"{node} {BF}{MORE[code]}> {literal(value)}")


def _omit_of_copies(heading: Heading, into: Projection) -> None:
    omit_all(heading, "item-data", into)


def _omit_components(heading: Heading, into: Projection) -> None:
    omit_all(heading, "no-subfield-rule", into)


def _write_scheme(node: str, source: str, into: Projection) -> None:
    scheme = f"{ID}concept/classification-scheme/{path_segment(source.lower())}>"
    add = into.triples.append
    add(f"{node} {BF}source> {scheme}")
    add(f"{scheme} {A} {BF}Source>")
    add(f"{scheme} {BF}code> {literal(source)}")


_OMITTED: Final = {
    **dict.fromkeys("678", "control"),
    **dict.fromkeys("013dm", "no-subfield-rule"),
}
RULES: tuple[FieldRule, ...] = (
    FieldRule("050", "Library of Congress Call Number", "R 0* 1* 3 6 8* a* b d", write_classification, _OMITTED),
    FieldRule("060", "National Library of Medicine Call Number", "R 0* 1* 8* a* b", write_classification, _OMITTED),
    FieldRule("070", "National Agricultural Library Call Number", "R 0* 1* 8* a* b", write_classification, _OMITTED),
    FieldRule(
        "080", "Universal Decimal Classification Number", "R 0* 1* 2 6 8* a b x*", write_classification, _OMITTED
    ),
    FieldRule(
        "082", "Dewey Decimal Classification Number", "R 0* 1* 2 6 7* 8* a* b m q", write_classification, _OMITTED
    ),
    FieldRule(
        "083",
        "Additional Dewey Decimal Classification Number",
        "R 0* 1* 2 6 7* 8* a* c* m q y* z*",
        write_classification,
        _OMITTED,
    ),
    FieldRule(
        "055",
        "Classification Numbers Assigned in Canada",
        "R 0* 1* 2 6 8* a b",
        write_classification,
        _OMITTED,
    ),
    FieldRule(
        "086",
        "Government Document Classification Number",
        "R 0* 1* 2 6 8* a z*",
        write_classification,
        {**_OMITTED, "z": "no-subfield-rule"},
    ),
    FieldRule("051", "Library of Congress Copy, Issue, Offprint Statement", "R 8* a b c", _omit_of_copies),
    FieldRule("061", "National Library of Medicine Copy Statement", "R 8* a* b c", _omit_of_copies),
    FieldRule("071", "National Agricultural Library Copy Statement", "R 8* a* b c*", _omit_of_copies),
    FieldRule(
        "085",
        "Synthesized Classification Number Components",
        "R 0* 1* 6 8* a* b* c* f* r* s* t* u* v* w* y* z*",
        _omit_components,
    ),
    FieldRule("084", "Other Classification Number", "R 0* 1* 2 6 7* 8* a* b q", write_classification, _OMITTED),
)
