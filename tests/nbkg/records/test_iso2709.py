"""One record of ISO 2709: read, written, refused; pymarc is the oracle."""

from __future__ import annotations

from contextlib import suppress

import pymarc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbkg.errors import MarcRecordError, UnwritableError
from nbkg.records import marc_in_json, marcxml
from nbkg.records.iso2709 import read_record
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import MarcField, MarcRecord
from tests.marc_oracle import flat, flat_pymarc, simple

_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\ufffd"), max_size=40)
_DATA_FIELDS = st.builds(
    MarcField,
    st.from_regex(r"[1-9][0-9A-Z]{2}", fullmatch=True),
    st.from_regex(r"[ 0-9]{2}", fullmatch=True),
    st.lists(st.tuples(st.from_regex(r"[a-z0-9]", fullmatch=True), _TEXT), min_size=1, max_size=5),
    st.just(""),
)
_NUMBERS = st.sampled_from(["001", "003", "005", "008"])
_CONTROL_FIELDS = st.builds(MarcField, _NUMBERS, st.just(""), st.just(()), _TEXT)
RECORDS = st.builds(
    MarcRecord,
    st.just("00000nam a2200000 i 4500"),
    st.lists(_CONTROL_FIELDS | _DATA_FIELDS, min_size=1, max_size=8),
    st.builds(list),
)


@given(RECORDS)
def test_what_is_written_is_read_again_and_pymarc_reads_the_same(record: MarcRecord) -> None:
    raw = write_record(record)
    again = read_record(raw)
    assert again.fields == record.fields
    assert write_record(again) == raw
    assert flat(again) == flat_pymarc(pymarc.Record(raw, to_unicode=True))


@given(RECORDS)
def test_all_three_forms_hold_the_same_record(record: MarcRecord) -> None:
    assert marcxml.read_record(marcxml.write_record(record)) == record
    assert marc_in_json.read_record(marc_in_json.write_record(record)) == record


@given(RECORDS, st.data())
def test_a_record_with_any_byte_changed_is_read_or_refused(record: MarcRecord, data: st.DataObject) -> None:
    raw = bytearray(write_record(record))
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with suppress(MarcRecordError):
        read_record(bytes(raw))


def test_fields_are_in_the_order_of_a_directory_that_agrees_with_the_terminators() -> None:
    raw = write_record(simple())
    base = int(raw[12:17])
    entries = [raw[at : at + 12] for at in range(24, base - 1, 12)]
    record = read_record(raw[:24] + b"".join(reversed(entries)) + raw[base - 1 :])
    assert [field.tag for field in record.fields] == ["264", "245", "100", "008", "001"]
    assert record.fields_with("245") == simple().fields_with("245")
    assert record.oddities == []


def test_a_terminator_inside_a_field_stays_there_where_the_directory_is_right() -> None:
    """Alma wrote second indicators that were field terminators."""
    raw = write_record(simple()).replace(b"\x1e1 \x1fa", b"\x1e1\x1e\x1fa", 1)
    record = read_record(raw)
    assert record.fields_with("100")[0].indicators == "1\x1e"
    assert [(oddity.code, oddity.tag) for oddity in record.oddities] == [("indicator", "100")]


@pytest.mark.parametrize(
    ("content", "number"), [(b"   00551374\x1f", "   00551374"), (b"  \x1fa123", "123"), (b"\x1fa123", "123")]
)
def test_a_control_number_with_delimiters_is_read(content: bytes, number: str) -> None:
    """The Library of Congress has one that ends with a delimiter."""
    field = b"001%04d00000" % (len(content) + 1)
    raw = b"%05dnam a2200037 i 4500%s\x1e%s\x1e\x1d" % (37 + len(content) + 2, field, content)
    record = read_record(raw)
    assert record.control_number == number
    assert "subfield-in-control-field" in {oddity.code for oddity in record.oddities}


def test_a_directory_of_more_fields_than_there_are_is_refused() -> None:
    raw = write_record(simple()).replace(b"\x1e1 \x1fa", b"1 \x1fa", 1)
    with pytest.raises(MarcRecordError, match="names 5 fields, and 4 are terminated"):
        read_record(raw)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (MarcField("24", "10", [("a", "x")]), "three characters and not '24'"),
        (MarcField("2451", "10", [("a", "x")]), "three characters and not '2451'"),
        (MarcField("24å", "10", [("a", "x")]), "three characters and not '24å'"),
        (MarcField("245", "1å", [("a", "x")]), "two ASCII indicators and not '1å'"),
        (MarcField("245", "1", [("a", "x")]), "two ASCII indicators and not '1'"),
        (MarcField("245", "10", [("å", "x")]), "ASCII subfield codes and not 'å'"),
        (MarcField("245", "10", [("", "x")]), "ASCII subfield codes and not ''"),
        (MarcField("245", "10", [("a", "x\x1ey")]), "field 245: a terminator"),
        (MarcField("001", data="x\x1d"), "field 001: a terminator"),
        (
            MarcField("520", "  ", [("a", "å" * 5000)]),
            "field 520: ISO 2709 holds fields up to 9999 bytes and this has 100",
        ),
    ],
)
def test_what_iso_2709_cannot_hold_is_refused_by_name(field: MarcField, message: str) -> None:
    with pytest.raises(UnwritableError, match=message):
        write_record(MarcRecord(simple().leader, [field]))


def test_a_field_of_9999_bytes_is_written_and_one_byte_more_is_not() -> None:
    fits = MarcField("520", "  ", [("a", "x" * (9999 - 5))])
    assert read_record(write_record(MarcRecord(simple().leader, [fits]))).fields == [fits]
    with pytest.raises(UnwritableError, match="this has 10000"):
        write_record(MarcRecord(simple().leader, [MarcField("520", "  ", [("a", "x" * (9999 - 4))])]))


def test_a_record_of_more_than_99999_bytes_is_refused() -> None:
    field = MarcField("520", "  ", [("a", "x" * 9900)])
    assert len(write_record(MarcRecord(simple().leader, [field] * 10))) <= 99999
    with pytest.raises(UnwritableError, match="records up to 99999 bytes"):
        write_record(MarcRecord(simple().leader, [field] * 11))


@pytest.mark.parametrize("leader", ["", "00000nam a22 i 4500", "00000nåm a2200000 i 4500"])
def test_a_leader_of_another_length_is_refused(leader: str) -> None:
    with pytest.raises(UnwritableError, match="24 ASCII characters"):
        write_record(MarcRecord(leader, simple().fields))


@pytest.mark.parametrize("raw", [b"", b"\x1d", b"00026nam a2200025   4500\x1e\x1d", b"0" * 30])
def test_what_is_no_record_is_refused(raw: bytes) -> None:
    with pytest.raises(MarcRecordError):
        read_record(raw)
