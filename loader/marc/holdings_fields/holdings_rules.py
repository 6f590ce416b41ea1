"""The rules for holdings records, with the definitions of their fields: what a library has, and nothing about copies.

https://www.loc.gov/marc/holdings/echdlist.html
"""

from __future__ import annotations

import re

from loader.marc.authority_fields.left_fields import left_in_record, omit_all, omitted
from loader.marc.fields import control_fields
from loader.marc.fields.control_fields import write_assigner
from loader.marc.fields.described_parts import PartKind, web_address, write_note, write_part
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.library_items import library_item
from loader.marc.fields.projection import Identity, Projection
from loader.marc.fields.terms import BF, A
from loader.marc.identity.record_keys import record_key
from loader.marc.values.literals import path_segment
from nbkg.records.record import MarcField, MarcRecord, with_blanks

_STATEMENT = PartKind("enumerationAndChronology", "EnumerationAndChronology")
_LIBRARY_NUMBER = re.compile(r"[0-9]{7}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9:/-]{1,15}")


def begin_holdings(record: MarcRecord, _fields: list[MarcField], into: Projection) -> None:
    """Write the node of a holdings record; the instance is that of the bibliographic record in 004."""
    into.leader = with_blanks(record.leader)
    into.coded = next((with_blanks(field.data) for field in record.fields_with("008")), "")
    key = f"holdings-{record_key(record)}"
    number = next((" ".join(field.data.split()) for field in record.fields_with("004")), "")
    instance = into.scoped("instance", path_segment(number)) if number else ""
    node = into.scoped("record", key)
    into.identity = Identity(node, instance, "", "", key, is_shared=False)
    into.triples.append(f"{node} {A} {BF}AdminMetadata>")


def finish_holdings(into: Projection) -> None:
    """Write who gave the control number."""
    write_assigner(into)


def library_code(heading: Heading) -> str:
    """Return the code of the library of 852: $a where it is a code, or the number of a Norwegian library in $b."""
    codes = [value for value in heading.all("a") if _CODE.fullmatch(value)]
    codes += [f"NO-{value}" for value in heading.all("b") if _LIBRARY_NUMBER.fullmatch(value)]
    return codes[0] if codes else ""


def _write_related_record(_heading: Heading, _into: Projection) -> None:
    """Write nothing: the number is that of the instance, which items lead to."""


def _write_location(heading: Heading, into: Projection) -> None:
    """Write 852: that a library has the instance."""
    code = library_code(heading)
    if not code or not into.identity.instance:
        omit_all(heading, "no-instance" if code else "no-library", into)
        return
    item = into.seen["item"] = library_item(code, into)
    into.triples.append(f"{item} {BF}adminMetadata> {into.identity.record}")
    for note in heading.all("z"):
        write_note(item, "", note, into)


def _write_statement(heading: Heading, into: Projection) -> None:
    """Write 866–868: what the library has, in words."""
    item = into.seen.get("item", "")
    if not item:
        omit_all(heading, "no-library", into)
        return
    for text in heading.all("a"):
        write_part(item, _STATEMENT, text, into)
    for note in heading.all("z"):
        write_note(item, "", note, into)


def _write_locator(heading: Heading, into: Projection) -> None:
    """Write 856: where the library gives access to the instance."""
    item = into.seen.get("item", "")
    addresses = [iri for value in heading.all("u") if (iri := web_address(value))]
    if not item or not addresses:
        omit_all(heading, "no-library" if addresses else "iri", into)
        return
    into.triples += [f"{item} {BF}electronicLocator> {iri}" for iri in addresses]
    for note in heading.all("yz"):
        write_note(item, "", note, into)


_BASIC = {rule.tag: rule for rule in control_fields.RULES}
_ITEM = {**omitted("2cdefghijklmnpqstux3", "item-data"), "x": "private"}
_TEXT = {**omitted("2"), "x": "private"}
_STATEMENTS = "R 2 6 8* a x* z*"
_ITEMS = "R 3 6 8 a b* c* d* e* h* j* l* p* r* t x* z*"
RULES = (
    _BASIC["001"],
    _BASIC["003"],
    FieldRule("004", "Control Number for Related Bibliographic Record", "NR", _write_related_record),
    _BASIC["005"],
    FieldRule(
        "852",
        "Location",
        "R 2 3 6 8 a b* c* d* e* f* g* h i* j k* l m* n p q s* t u* x* z*",
        _write_location,
        _ITEM,
    ),
    FieldRule(
        "856",
        "Electronic Location and Access",
        "R 2 3 6 8* a* b* c* d* f* h i* j k l m* n o p q r s* t* u* v* w* x* y* z*",
        _write_locator,
        {**omitted("23abcdfhijklmnopqrstvw"), "x": "private"},
    ),
    FieldRule("866", "Textual Holdings--Basic Bibliographic Unit", _STATEMENTS, _write_statement, _TEXT),
    FieldRule("867", "Textual Holdings--Supplementary Material", _STATEMENTS, _write_statement, _TEXT),
    FieldRule("868", "Textual Holdings--Indexes", _STATEMENTS, _write_statement, _TEXT),
    left_in_record("876", "Item Information--Basic Bibliographic Unit", _ITEMS, "item-data"),
    left_in_record("877", "Item Information--Supplementary Material", _ITEMS, "item-data"),
    left_in_record("878", "Item Information--Indexes", _ITEMS, "item-data"),
)
