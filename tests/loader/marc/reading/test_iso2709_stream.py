"""Files of ISO 2709 in which every twentieth record is damaged in one way: all the others come out byte for byte."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.iso2709_stream import read_iso2709
from nbkg.records import iso2709
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import DeliveredRecord, MarcRecord
from tests.marc_oracle import simple

Damage = Callable[[bytes], bytes]
GOOD = [write_record(simple(number, f"Tittel på bok {number}, ærlig talt")) for number in range(1000)]


def _base(raw: bytes) -> int:
    return int(raw[12:17])


def _in_title(raw: bytes, new: bytes, old: bytes = b"bok") -> bytes:
    return raw.replace(old, new, 1)


def _length(raw: bytes, length: int) -> bytes:
    return b"%05d" % length + raw[5:]


DAMAGES: dict[str, Damage] = {
    "length too small": lambda raw: _length(raw, len(raw) - 7),
    "length too large": lambda raw: _length(raw, len(raw) + 7),
    "length of two records": lambda raw: _length(raw, 2 * len(raw)),
    "length is huge": lambda raw: _length(raw, 99999),
    "length in characters": lambda raw: _length(raw, len(raw.decode())),
    "no record terminator": lambda raw: raw[:-1],
    "record terminator is a blank": lambda raw: raw[:-1] + b" ",
    "last field terminator missing": lambda raw: raw[:-2] + b"\x1d",
    "inner field terminator missing": lambda raw: raw.replace(b"\x1e1 \x1f", b"1 \x1f", 1),
    "inner field terminator is a blank": lambda raw: raw.replace(b"\x1e1 \x1f", b" 1 \x1f", 1),
    "garbage before it": lambda raw: b"<html>502 Bad Gateway 00123</html>" + raw,
    "garbage after it": lambda raw: raw + b"\x00\xff\xfegarbage 12345\x1e\x1f",
    "broken off in the middle": lambda raw: raw[: len(raw) // 2 + 30],
    "broken off in the directory": lambda raw: raw[:50],
    "broken off in the leader": lambda raw: raw[:13],
    "front missing": lambda raw: raw[40:],
    "base address wrong": lambda raw: raw[:12] + b"00040" + raw[17:],
    "base address not digits": lambda raw: raw[:12] + b"  x  " + raw[17:],
    "directory not a multiple of 12": lambda raw: raw[:30] + raw[31:],
    "directory with other characters": lambda raw: raw[:30] + b"x-" + raw[32:],
    "tag in the directory overwritten": lambda raw: raw[:24] + b"\x00\x01\x02" + raw[27:],
    "NUL bytes inside": lambda raw: _in_title(raw, b"b\0k"),
    "NUL bytes after it": lambda raw: raw + b"\0" * 20,
    "line break after it": lambda raw: raw + b"\r\n",
    "record terminator inside a field, inserted": lambda raw: _in_title(raw, b"b\x1dok"),
    "record terminator inside a field, in place": lambda raw: _in_title(raw, b"b\x1dk"),
    "field terminator inside a field": lambda raw: _in_title(raw, b"b\x1eok"),
    "bad leader": lambda raw: b"x" * 24 + raw[24:],
    "empty leader": lambda raw: b" " * 24 + raw[24:],
    "neither UTF-8 nor MARC-8": lambda raw: raw[:9] + b" " + raw[10:].replace("på".encode(), b"p\xff\xd0", 1),
    "Latin-1 that says UTF-8": lambda raw: raw.replace("å".encode(), b"\xe5"),
    "cut UTF-8 in the middle": lambda raw: raw.replace("ærlig".encode(), b"\xc3rlig", 1),
    "nothing but a leader": lambda raw: raw[:24] + b"\x1d",
    "tabs instead of terminators": lambda raw: raw.replace(b"\x1e", b"\t"),
    "line breaks inside": lambda raw: raw.replace(b" ", b"\n"),
    "blanks collapsed": lambda raw: raw.replace(b"    ", b" "),
}


@pytest.mark.parametrize("way", DAMAGES)
def test_all_good_records_come_out_byte_for_byte_beside_damaged_ones(way: str) -> None:
    damage = DAMAGES[way]
    at = set(range(7, 1000, 20))
    content = b"".join(damage(raw) if number in at else raw for number, raw in enumerate(GOOD))
    deliveries = list(read_iso2709(io.BytesIO(content)))
    delivered = [each for each in deliveries if isinstance(each, DeliveredRecord)]
    damaged = [each for each in deliveries if isinstance(each, DamagedRecord)]
    good = [raw for number, raw in enumerate(GOOD) if number not in at]
    out = {each.raw for each in delivered}
    assert [raw for raw in good if raw not in out] == []
    places = [(each.offset, each.raw) for each in delivered] + [(each.offset, each.raw) for each in damaged]
    assert all(content[offset : offset + len(raw)] == raw for offset, raw in places)
    assert all(each.reason for each in damaged)
    rest = bytearray(content)
    for offset, raw in places:
        rest[offset : offset + len(raw)] = b" " * len(raw)
    assert rest.strip(b"\0\r\n ") == b"", "not one byte is lost without a word"
    original = {(record.control_number, *_titles(record)) for record in map(iso2709.read_record, GOOD)}
    changed = [each for each in delivered if (each.record.control_number, *_titles(each.record)) not in original]
    assert all(each.record.oddities for each in changed), "what is mended is reported"


def _titles(record: MarcRecord) -> list[str]:
    return [text for field in record.fields_with("245") for _code, text in field.subfields]


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        ("no record terminator", "no record terminator"),
        ("inner field terminator missing", "names 5 fields, and 4 are terminated"),
        ("broken off in the middle", "breaks off"),
        ("directory not a multiple of 12", "not a multiple of 12"),
        ("neither UTF-8 nor MARC-8", "has no meaning in MARC-8"),
        ("Latin-1 that says UTF-8", "says UTF-8"),
        ("garbage before it", "no record"),
    ],
)
def test_a_damaged_record_is_put_aside_by_name(way: str, reason: str) -> None:
    content = GOOD[0] + DAMAGES[way](GOOD[1]) + GOOD[2]
    [damaged] = [each for each in read_iso2709(io.BytesIO(content)) if isinstance(each, DamagedRecord)]
    assert reason in damaged.reason
    assert damaged.offset == len(GOOD[0])


@pytest.mark.parametrize(
    "way",
    ["length too small", "length is huge", "length in characters", "base address wrong", "base address not digits"],
)
def test_a_record_whose_fields_are_certain_is_mended(way: str) -> None:
    [_one, two, _three] = read_iso2709(io.BytesIO(GOOD[0] + DAMAGES[way](GOOD[1]) + GOOD[2]))
    assert isinstance(two, DeliveredRecord)
    assert two.record.fields == iso2709.read_record(GOOD[1]).fields
    assert {oddity.code for oddity in two.record.oddities} & {"record-length", "base-address"}


def test_records_that_cross_the_blocks_of_reading_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loader.marc.reading.iso2709_stream._BLOCK", 1000)
    monkeypatch.setattr("loader.marc.reading.iso2709_stream.LOOKAHEAD", 800)
    content = b"".join(GOOD[:100])
    assert [each.raw for each in read_iso2709(io.BytesIO(content)) if isinstance(each, DeliveredRecord)] == GOOD[:100]


def test_what_stands_before_a_record_is_reported() -> None:
    [one] = read_iso2709(io.BytesIO(b"\xef\xbb\xbf\n" + GOOD[0]))
    assert isinstance(one, DeliveredRecord)
    assert one.raw == GOOD[0]
    assert [oddity.code for oddity in one.record.oddities] == ["between-records"]


@given(st.binary(max_size=400), st.integers(0, 3))
def test_any_bytes_between_good_records_lose_none_of_those_that_come_later(junk: bytes, before: int) -> None:
    content = b"".join(GOOD[:before]) + junk + b"".join(GOOD[10:13])
    out = [each.raw for each in read_iso2709(io.BytesIO(content)) if isinstance(each, DeliveredRecord)]
    assert all(raw in out for raw in GOOD[11:13])


@given(st.binary(max_size=3000))
def test_any_bytes_are_read_to_their_end(content: bytes) -> None:
    deliveries = list(read_iso2709(io.BytesIO(content)))
    assert all(isinstance(each, (DeliveredRecord, DamagedRecord)) for each in deliveries)
