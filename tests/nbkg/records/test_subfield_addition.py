"""Subfields are added to fields, and every other byte stays."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pytest

from nbkg.errors import UnwritableError
from nbkg.records.codecs import read_record, write_record
from nbkg.records.form import Form
from nbkg.records.record import MarcField, MarcRecord
from nbkg.records.subfield_addition import add_subfields

RECORD = MarcRecord(
    "00000nam a2200000 i 4500",
    [
        MarcField("001", data="1"),
        MarcField("100", "1 ", [("a", "Hamsun, Knut,"), ("d", "1859-1952")]),
        MarcField("245", "10", [("a", 'Sult & "savn" <ny> {[')]),
        MarcField("700", "1 ", [("a", "Bjørnson, Bjørnstjerne"), ("4", "aui")]),
    ],
)
MORE = {1: [("1", "https://example.org/a?b=1&c=2"), ("0", "(NO-TrBIB)90052340")], 3: [("1", "https://example.org/b")]}


def _expected() -> Sequence[MarcField]:
    return [f._replace(subfields=[*f.subfields, *MORE.get(i, ())]) for i, f in enumerate(RECORD.fields)]


def _ascii(field: MarcField) -> MarcField:
    return field._replace(subfields=[(code, value.replace("ø", "o")) for code, value in field.subfields])


@pytest.mark.parametrize("form", list(Form))
def test_the_record_has_the_subfields_and_all_others(form: Form) -> None:
    raw = write_record(form, RECORD)
    longer = read_record(form, add_subfields(form, raw, RECORD, MORE))
    assert [f._replace(subfields=[*f.subfields]) for f in longer.fields] == [
        f._replace(subfields=[*f.subfields]) for f in _expected()
    ]


@pytest.mark.parametrize("form", list(Form))
def test_nothing_added_changes_nothing(form: Form) -> None:
    raw = write_record(form, RECORD)
    assert add_subfields(form, raw, RECORD, {}) == raw


def test_iso2709_is_as_if_it_had_been_written_so() -> None:
    longer = add_subfields(Form.ISO2709, write_record(Form.ISO2709, RECORD), RECORD, MORE)
    assert longer == write_record(Form.ISO2709, MarcRecord(RECORD.leader, [*_expected()]))


def test_fields_of_iso2709_may_stand_in_another_order_than_in_the_directory() -> None:
    raw = write_record(Form.ISO2709, RECORD)
    directory = [raw[at : at + 12] for at in range(24, 24 + 4 * 12, 12)]
    reordered = raw[:24] + b"".join(directory[::-1]) + raw[24 + 4 * 12 :]
    record = read_record(Form.ISO2709, reordered)
    longer = read_record(Form.ISO2709, add_subfields(Form.ISO2709, reordered, record, {2: [("1", "x:y")]}))
    assert [field.values("1") for field in longer.fields] == [[], [], ["x:y"], []]
    assert [field.tag for field in longer.fields] == ["700", "245", "100", "001"]


def test_marc8_stays_as_it_is() -> None:
    raw = write_record(Form.ISO2709, MarcRecord(RECORD.leader, [*RECORD.fields[:3], _ascii(RECORD.fields[3])]))
    raw = raw.replace(b"Bjornson, Bjornstjerne", b"Bj\xb2rnson, Bj\xb2rnstjerne")
    raw = raw[:9] + b" " + raw[10:]
    record = read_record(Form.ISO2709, raw)
    longer = add_subfields(Form.ISO2709, raw, record, {3: [("1", "x:y")]})
    assert b"Bj\xb2rnson, Bj\xb2rnstjerne\x1f4aui\x1f1x:y\x1e" in longer
    assert read_record(Form.ISO2709, longer).fields[3].values("a") == record.fields[3].values("a")
    with pytest.raises(UnwritableError):
        add_subfields(Form.ISO2709, raw, record, {3: [("1", "https://example.org/ø")]})


@pytest.mark.parametrize(
    "xml",
    [
        b'<marc:record xmlns:marc="http://www.loc.gov/MARC21/slim">\n'
        b"\t<marc:leader>00000nam a2200000 i 4500</marc:leader>\r\n"
        b"\t<marc:controlfield tag='001'>1</marc:controlfield>\r\n"
        b"\t<marc:datafield tag='100' ind1='1' ind2=' '>\r\n\t\t<marc:subfield code='a'>A &amp; B</marc:subfield>\r\n"
        b"\t</marc:datafield><!-- end -->\r\n</marc:record>",
        b'<record><leader>00000nam a2200000 i 4500</leader><controlfield tag="001">1</controlfield>'
        b'<datafield ind1="1" ind2=" " tag="100"><subfield code="a">A &#38; B</subfield></datafield></record>',
    ],
)
def test_a_document_keeps_its_dress(xml: bytes) -> None:
    longer = add_subfields(Form.MARCXML, xml, read_record(Form.MARCXML, xml), {1: [("1", "x:y?a&b")]})
    added = re.search(rb"\s*<(?:marc:)?subfield code=\"1\">x:y\?a&amp;b</(?:marc:)?subfield>", longer)
    assert added
    assert longer[: added.start()] + longer[added.end() :] == xml


def test_json_keeps_its_blanks_and_order() -> None:
    members = json.loads(write_record(Form.MARC_JSON, RECORD))
    raw = json.dumps({"fields": members["fields"], "leader": members["leader"]}, indent=2).encode()
    longer = add_subfields(Form.MARC_JSON, raw, read_record(Form.MARC_JSON, raw), {1: [("1", "x:y")]})
    assert longer.replace(b',{"1": "x:y"}', b"") == raw


@pytest.mark.parametrize("form", list(Form))
def test_a_control_field_takes_no_subfields(form: Form) -> None:
    with pytest.raises(UnwritableError):
        add_subfields(form, write_record(form, RECORD), RECORD, {0: [("1", "x:y")]})


def test_a_record_that_would_be_too_long_is_refused() -> None:
    many = MarcRecord(RECORD.leader, [*RECORD.fields, *[MarcField("500", "  ", [("a", "x" * 9_000)])] * 11])
    raw = write_record(Form.ISO2709, many)
    with pytest.raises(UnwritableError, match="no longer record"):
        add_subfields(Form.ISO2709, raw, many, {1: [("1", "x" * 1_000)]})
    with pytest.raises(UnwritableError, match="no longer record or field"):
        add_subfields(Form.ISO2709, raw, many, {4: [("1", "x" * 1_000)]})


def test_a_record_whose_directory_lies_is_refused() -> None:
    raw = write_record(Form.ISO2709, RECORD)
    with pytest.raises(UnwritableError):
        add_subfields(Form.ISO2709, raw[:30] + b"x" + raw[31:], RECORD, {1: [("1", "x")]})
