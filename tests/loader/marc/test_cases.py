"""The cases of the trade about character sets and record structure: each is read as its `right` values say."""

from __future__ import annotations

from pathlib import Path

import pytest

from loader.marc.reading.deliveries import DamagedRecord, DeletedHeader
from loader.marc.reading.marc_file import read_marc_file
from nbkg.errors import DataError, UnwritableError
from nbkg.records import iso2709, iso2709_writing, marc_in_json, marcxml
from nbkg.records.character_sets import graph_text
from nbkg.records.form import Form
from nbkg.records.record import DeliveredRecord, MarcRecord

CASES = Path(__file__).parent / "cases"


def read(name: str) -> list[DeliveredRecord]:
    deliveries = list(read_marc_file(CASES / name))
    assert all(isinstance(delivery, DeliveredRecord) for delivery in deliveries), deliveries
    return [delivery for delivery in deliveries if isinstance(delivery, DeliveredRecord)]


def value(record: MarcRecord, tag: str, code: str) -> str:
    return next(text for field in record.fields_with(tag) for text in field.values(code))


def codes(record: MarcRecord) -> list[str]:
    return [oddity.code for oddity in record.oddities]


def test_cs01_a_record_that_is_utf8_is_read_as_utf8_whatever_leader_09_says() -> None:
    [delivered] = read("cs01_leader09_blank_but_utf8.mrc")
    assert value(delivered.record, "245", "a") == "Språkføring på Værøy /"
    assert value(delivered.record, "100", "a") == "Håkonsen, Bjørg"
    [oddity] = delivered.record.oddities
    assert (oddity.code, oddity.tag, oddity.offset) == ("leader-09", "LDR", 9)
    assert delivered.raw == (CASES / "cs01_leader09_blank_but_utf8.mrc").read_bytes()


def test_cs03_names_differ_as_delivered_and_are_equal_in_the_graph() -> None:
    composed, decomposed = (each.record for each in read("cs03_nfc_and_nfd_twins.mrc"))
    names = [value(record, "100", "a") for record in (composed, decomposed)]
    assert names[0] != names[1]
    assert {graph_text(name) for name in names} == {"Håkonsen, Bjørg"}
    assert b"Ha\xcc\x8akonsen" in read("cs03_nfc_and_nfd_twins.mrc")[1].raw


def test_cs04_ligatures_stay_as_the_record_has_them() -> None:
    halves, double = (each.record for each in read("cs04_ligature_half_marks_and_0361.mrc"))
    assert graph_text(value(halves, "245", "a")).startswith("I︠a︡zyk")
    assert graph_text(value(double, "245", "a")).startswith("I͡azyk")


def test_cs06_the_record_has_its_number_and_the_control_character_is_reported_and_mended_for_the_graph() -> None:
    [delivered] = read("cs06_c1_control_and_999_first.xml")
    record = delivered.record
    assert record.control_number == "cs06"
    assert value(record, "020", "a") == "9788299990011"
    assert value(record, "020", "c") == "249,00 \x80"
    assert graph_text(value(record, "020", "c")) == "249,00 €"
    [oddity] = record.oddities
    assert (oddity.code, oddity.tag) == ("control-character", "020")
    assert delivered.raw[oddity.offset :].startswith(b'<datafield tag="020"')


def test_cs07_marks_in_either_order_and_numeric_references() -> None:
    [delivered] = read("cs07_marc8_marks_ncr.mrc")
    assert graph_text(value(delivered.record, "245", "a")) == "Tiệng Việt — 100 €, Große :"
    assert value(delivered.record, "245", "b").endswith("&amp; 📖")
    assert codes(delivered.record) == []


def test_st01_fields_are_cut_by_their_terminators_where_lengths_count_characters() -> None:
    first, second = (each.record for each in read("st01_lengths_in_characters.mrc"))
    for record in (first, second):
        assert [field.tag for field in record.fields] == ["001", "008", "100", "245", "264", "300"]
        assert value(record, "264", "a") == "Tromsø :"
        assert value(record, "300", "a") == "211 s."
        assert value(record, "100", "a") == "Øyen, Åse,"
    assert codes(first) == ["record-length", "directory"]
    assert codes(second) == []


def test_st03_the_first_of_two_numbers_counts_and_a_missing_one_is_reported() -> None:
    records = [each.record for each in read("st03_two_001_and_none.mrc")]
    assert [record.control_number for record in records] == ["st03-first", "", "", ""]
    assert [codes(record) for record in records] == [["repeated-001"], ["no-001"], ["no-001"], ["no-001"]]
    assert "'5'" in records[0].oddities[0].what


def test_st04_all_ways_to_write_a_blank_indicator_are_blanks() -> None:
    [delivered] = read("st04_empty_hash_backslash_indicators.xml")
    signs = [(field.tag, field.ind1 + field.ind2) for field in delivered.record.fields if field.subfields]
    assert signs == [("100", "1 "), ("245", "1 "), ("264", " 1"), ("650", " 7"), ("700", "1 ")]
    reported = sorted((oddity.code, oddity.tag) for oddity in delivered.record.oddities)
    assert reported == [
        ("blank-sign", "245"),
        ("blank-sign", "650"),
        *[("indicator", tag) for tag in ("100", "264", "700")],
    ]


def test_st05_damaged_fields_stay_and_are_reported_and_the_others_are_unharmed() -> None:
    first, second = read("st05_multibyte_indicator_and_code.mrc")
    assert value(first.record, "245", "a") == "Tittel i orden"
    assert value(first.record, "650", "a") == "Havbruk"
    assert value(first.record, "500", "a") == "God note"
    assert first.record.fields_with("500")[0].subfields[0] == ("å", "Note med feil delfeltkode")
    assert first.record.fields_with("700")[0].data == "1 Lie, Eva"
    reported = {(oddity.code, oddity.tag): oddity.offset for oddity in first.record.oddities}
    assert set(reported) == {("indicator", "246"), ("subfield-code", "500"), ("no-subfield", "700")}
    assert first.raw[reported["indicator", "246"] or 0 :].startswith("0å\x1faVarianttittel".encode())
    assert first.raw[reported["no-subfield", "700"] or 0 :].startswith(b"1 Lie")
    assert value(second.record, "245", "a") == "Neste post"


def test_st06_order_and_empty_subfields_stay_from_json_to_iso_2709_and_back() -> None:
    [delivered] = read("st06_subfield_order_and_empty.json")
    record = delivered.record
    assert [code for code, _value in record.fields_with("245")[0].subfields] == ["a", "n", "p", "n", "p", "c"]
    assert record.fields_with("856")[0].subfields[0] == ("3", "")
    assert len(record.fields_with("700")) == 2
    assert codes(record) == ["empty-subfield", "empty-subfield"]
    again = iso2709.read_record(iso2709_writing.write_record(record))
    assert again.fields == record.fields
    assert marc_in_json.read_record(marc_in_json.write_record(again)).fields == record.fields


def test_st08_odd_tags_are_kept_for_marcxml_and_refused_in_iso_2709() -> None:
    [delivered] = read("st08_short_and_long_tags.xml")
    record = delivered.record
    assert [field.tag for field in record.fields] == ["001", "9", "98765", "2a5", "245", "LOC"]
    assert [(oddity.code, oddity.tag) for oddity in record.oddities] == [("tag", "9"), ("tag", "98765")]
    with pytest.raises(UnwritableError, match="three characters and not '9'"):
        iso2709_writing.write_record(record)
    assert marcxml.read_record(marcxml.write_record(record)) == record
    writable = MarcRecord(record.leader, [field for field in record.fields if len(field.tag) == 3])
    assert iso2709.read_record(iso2709_writing.write_record(writable)).fields == writable.fields


@pytest.mark.parametrize("dress", ["bare_record", "default_ns", "marcxchange", "no_ns", "prefixed", "sru"])
def test_st09_every_dress_of_marcxml_gives_the_record_and_bytes_that_can_be_read_alone(dress: str) -> None:
    [delivered] = read(f"st09_{dress}.xml")
    assert delivered.form is Form.MARCXML
    assert value(delivered.record, "245", "a") == "Samme post"
    assert len(delivered.record.fields) == 3
    assert marcxml.read_record(delivered.raw) == delivered.record


@pytest.mark.parametrize("name", ["st11_leader05_d.mrc", "st11_leader05_d_live_header.xml"])
def test_st11_leader_05_says_that_the_record_is_deleted(name: str) -> None:
    [delivered] = read(name)
    assert delivered.record.is_deleted
    if delivered.header:
        assert delivered.header == ("oai:example.test:st11", "2026-03-01T12:00:00Z")


def test_oa01_deleted_headers_are_reported_beside_the_records() -> None:
    deliveries = list(read_marc_file(CASES / "oa01_list_records.xml"))
    deleted = [each.header.identifier for each in deliveries if isinstance(each, DeletedHeader)]
    records = [each.record.control_number for each in deliveries if isinstance(each, DeliveredRecord)]
    assert deleted == ["oai:ex.test:2", "oai:ex.test:3"]
    assert records == ["1"], "a record under a deleted header is not live"


def test_oa12_two_records_in_one_envelope_have_one_header() -> None:
    first, second = read("oa12_two_records_in_metadata.xml")
    assert first.header == second.header
    assert [each.record.control_number for each in (first, second)] == ["5", "5h"]


def test_oa12_an_envelope_without_a_record_is_damaged_and_not_a_deletion() -> None:
    [delivery] = read_marc_file(CASES / "oa12_empty_metadata.xml")
    assert isinstance(delivery, DamagedRecord)
    assert "holds no MARC record" in delivery.reason


def test_a_file_without_a_record_is_an_error_that_names_its_root(tmp_path: Path) -> None:
    file = tmp_path / "katalog.xml"
    file.write_text("<katalog><bok/></katalog>")
    with pytest.raises(DataError, match=r"katalog\.xml: there is no MARC record .* <katalog>"):
        list(read_marc_file(file))
