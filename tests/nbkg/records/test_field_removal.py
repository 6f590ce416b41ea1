"""Fields are taken out of a record, and all other bytes stay."""

from __future__ import annotations

import pytest

from nbkg.records.codecs import read_record, write_record
from nbkg.records.field_removal import remove_fields
from nbkg.records.form import Form
from nbkg.records.record import MarcField, MarcRecord
from tests.marc_oracle import simple


def _with_copies(number: int = 1) -> MarcRecord:
    record = simple(number)
    copies = [MarcField("852", "  ", [("a", "Tromsø"), ("h", "839.8")]), MarcField("996", "  ", [("d", "utlånt")])]
    return MarcRecord(record.leader, [*record.fields[:2], copies[0], *record.fields[2:], *copies])


@pytest.mark.parametrize("form", Form)
def test_the_fields_are_gone_and_the_others_are_there(form: Form) -> None:
    record = _with_copies()
    raw = write_record(form, record)
    shorter = remove_fields(form, raw, read_record(form, raw), {"852", "996"})
    assert read_record(form, shorter).fields == simple().fields
    assert read_record(form, shorter).oddities == []


@pytest.mark.parametrize("form", Form)
def test_a_record_without_them_stays_as_it_is(form: Form) -> None:
    raw = write_record(form, simple()).replace(b"Fjord", b"Fj\xc3\xb8rd") if form is not Form.ISO2709 else b"any bytes"
    assert remove_fields(form, raw, simple(), {"852"}) is raw


def test_other_fields_of_iso_2709_keep_their_bytes_also_in_marc_8() -> None:
    raw = write_record(Form.ISO2709, _with_copies())
    marc8 = raw.replace("Øyen, Åse".encode(), b"\xa2yen, \xeaAse").replace("Åse Øyen".encode(), b"\xeaAse \xa2yen")
    marc8 = marc8.replace("Tromsø".encode(), b"Troms\xb2 ")
    marc8 = marc8[:9] + b" " + marc8[10:]
    record = read_record(Form.ISO2709, marc8)
    shorter = remove_fields(Form.ISO2709, marc8, record, {"852", "996"})
    assert b"1 \x1fa\xa2yen, \xeaAse," in shorter
    assert int(shorter[:5]) == len(shorter)
    assert read_record(Form.ISO2709, shorter).fields == [f for f in record.fields if f.tag not in {"852", "996"}]


def test_a_wrong_directory_is_written_anew() -> None:
    raw = write_record(Form.ISO2709, _with_copies())
    wrong = raw[:24] + b"001000200000" + raw[36:]
    shorter = remove_fields(Form.ISO2709, wrong, read_record(Form.ISO2709, wrong), {"852", "996"})
    assert read_record(Form.ISO2709, shorter).fields == simple().fields


@pytest.mark.parametrize("quote", ['"', "'"])
def test_other_elements_of_marcxml_keep_their_bytes(quote: str) -> None:
    raw = (
        b'<m:record xmlns:m="http://www.loc.gov/MARC21/slim"><!-- av Kari -->\n'
        b"<m:leader>00000nam a2200000 i 4500</m:leader>\n"
        b'<m:datafield ind1=" " ind2=" " tag="852"><m:subfield code="a">x</m:subfield></m:datafield>\n'
        b'<m:datafield  tag="245" ind1="1" ind2="0"><m:subfield code="a">&#xC5;</m:subfield></m:datafield>\n</m:record>'
    ).replace(b'"852"', f"{quote}852{quote}".encode())
    shorter = remove_fields(Form.MARCXML, raw, read_record(Form.MARCXML, raw), {"852"})
    line = [line for line in raw.splitlines(keepends=True) if b"852" in line]
    assert shorter == raw.replace(line[0], b"")


def test_xml_that_hides_a_field_is_written_anew() -> None:
    raw = (
        b'<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 i 4500</leader>'
        b'<datafield ind1=" " ind2=" " tag="&#56;52"><subfield code="a">x</subfield></datafield>'
        b'<datafield tag="245" ind1="1" ind2="0"><subfield code="a">y</subfield></datafield></record>'
    )
    shorter = remove_fields(Form.MARCXML, raw, read_record(Form.MARCXML, raw), {"852"})
    assert [field.tag for field in read_record(Form.MARCXML, shorter).fields] == ["245"]
