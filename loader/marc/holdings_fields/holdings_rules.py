"""The rules for holdings records, with the definitions of their fields: what a library has, and nothing about copies.

https://www.loc.gov/marc/holdings/echdlist.html
"""

from __future__ import annotations

from loader.marc.authority_fields.left_fields import left_in_record, omit_all, omitted
from loader.marc.fields import control_fields
from loader.marc.fields.control_fields import write_assigner, write_entered_date
from loader.marc.fields.described_parts import web_address, write_note
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.library_holdings import HOLDINGS_RULES, certain_item, location_rule, write_location
from loader.marc.fields.projection import Identity, Projection
from loader.marc.fields.terms import BF, A
from loader.marc.identity.record_keys import record_key
from loader.marc.values.literals import path_segment
from nbkg.records.record import MarcField, MarcRecord, with_blanks


def begin_holdings(record: MarcRecord, _fields: list[MarcField], into: Projection) -> None:
    """Write the node of a holdings record; the instance is that of the bibliographic record in 004."""
    into.leader = with_blanks(record.leader)
    into.coded = next((with_blanks(field.data) for field in record.fields_with("008")), "")
    number, key = _numbers(record, into)
    instance = into.scoped("instance", path_segment(number)) if number else ""
    node = into.scoped("record", key)
    into.identity = Identity(node, instance, "", "", key, is_shared=False)
    into.triples.append(f"{node} {A} {BF}AdminMetadata>")


def _numbers(record: MarcRecord, into: Projection) -> tuple[str, str]:
    """Return the number of the bibliographic record, and the key of this one.

    Where both stand in 001, the first is that of the bibliographic record and the last one its own.
    """
    tag = into.profile.related_record_field
    numbers = [" ".join(field.data.split()) for field in record.fields_with(tag)]
    own = path_segment(numbers[-1]) if tag == "001" and len(numbers) > 1 else record_key(record)
    return numbers[0] if numbers else "", f"holdings-{own}"


def finish_holdings(into: Projection) -> None:
    """Write who gave the control number."""
    write_assigner(into)


def _write_related_record(_heading: Heading, _into: Projection) -> None:
    """Write nothing: the number is that of the instance, which items lead to."""


def _write_coded_data(heading: Heading, into: Projection) -> None:
    """Write when the record was made; the other codes of 008 are about how a library acquires and lends."""
    write_entered_date(heading.field.data, into)


def _write_location(heading: Heading, into: Projection) -> None:
    """Write 852: that a library has the instance."""
    if not into.identity.instance:
        omit_all(heading, "no-instance", into)
    else:
        write_location(heading, into)


def _write_locator(heading: Heading, into: Projection) -> None:
    """Write 856: where the library gives access to the instance."""
    item = certain_item(into)
    addresses = [iri for value in heading.all("u") if (iri := web_address(value))]
    if not item or not addresses:
        omit_all(heading, "no-library" if addresses else "iri", into)
        return
    into.triples += [f"{item} {BF}electronicLocator> {iri}" for iri in addresses]
    for note in heading.all("yz"):
        write_note(item, "", note, into)


_BASIC = {rule.tag: rule for rule in control_fields.RULES}
_ITEMS = "R 3 6 8 a b* c* d* e* h* j* l* p* r* t x* z*"
RULES: tuple[FieldRule, ...] = (
    _BASIC["001"],
    _BASIC["003"],
    FieldRule("004", "Control Number for Related Bibliographic Record", "NR", _write_related_record),
    _BASIC["005"],
    FieldRule("008", "Fixed-Length Data Elements", "NR", _write_coded_data),
    location_rule(_write_location),
    FieldRule(
        "856",
        "Electronic Location and Access",
        "R 2 3 6 8* a* b* c* d* f* h i* j k l m* n o p q r s* t* u* v* w* x* y* z*",
        _write_locator,
        {**omitted("23abcdfhijklmnopqrstvw"), "x": "private"},
    ),
    *HOLDINGS_RULES,
    left_in_record("876", "Item Information--Basic Bibliographic Unit", _ITEMS, "item-data"),
    left_in_record("877", "Item Information--Supplementary Material", _ITEMS, "item-data"),
    left_in_record("878", "Item Information--Indexes", _ITEMS, "item-data"),
)
