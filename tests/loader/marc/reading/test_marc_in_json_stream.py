"""Files of MARC-in-JSON: arrays, lines and single records, and damaged ones among them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.marc.reading.deliveries import DamagedRecord, Delivery
from loader.marc.reading.marc_in_json_stream import read_marc_json
from nbkg.records import marc_in_json
from nbkg.records.record import DeliveredRecord
from tests.marc_oracle import simple

GOOD = [marc_in_json.write_record(simple(number)) for number in range(200)]
PRETTY = [json.dumps(json.loads(raw), ensure_ascii=False, indent=2).encode() for raw in GOOD]


def read(content: bytes) -> list[Delivery]:
    return list(read_marc_json(io.BytesIO(content)))


def raws(deliveries: list[Delivery]) -> list[bytes]:
    return [each.raw for each in deliveries if isinstance(each, DeliveredRecord)]


@pytest.mark.parametrize("records", [GOOD, PRETTY], ids=["compact", "pretty"])
@pytest.mark.parametrize(
    "join",
    [
        lambda records: b"[" + b",".join(records) + b"]",
        lambda records: b"[\n " + b",\n ".join(records) + b"\n]\n",
        lambda records: b"\n".join(records) + b"\n",
        lambda records: b"\xef\xbb\xbf" + b"\r\n".join(records),
    ],
    ids=["array", "array on lines", "lines", "lines after a mark"],
)
def test_records_come_out_byte_for_byte(records: list[bytes], join: Callable[[list[bytes]], bytes]) -> None:
    content = join(records)
    deliveries = read(content)
    assert raws(deliveries) == records
    assert all(content[each.offset :].startswith(each.raw) for each in deliveries if isinstance(each, DeliveredRecord))


def test_a_single_record_comes_out() -> None:
    [one] = read(PRETTY[0])
    assert isinstance(one, DeliveredRecord)
    assert one.record == simple(0)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "brace missing": lambda raw: raw[:-1],
    "quote missing": lambda raw: raw.replace(b'"245"', b'"245', 1),
    "broken off": lambda raw: raw[: len(raw) // 2],
    "no leader": lambda raw: raw.replace(b'"leader"', b'"fields2"', 1),
    "not UTF-8": lambda raw: raw.replace("Å".encode(), b"\xc5"),
    "half a character": lambda raw: raw.replace("Å".encode(), b"\\ud83d", 1),
    "subfield is a number": lambda raw: raw.replace(b'"Fjord og fjell /"', b"17", 1),
    "subfields are an object": lambda raw: raw.replace(b'[{"a":"Fjord og fjell /"},{"c":', b'{"a":"x","c":', 1),
    "no fields": lambda _raw: b'{"leader":"00000nam a2200000 i 4500","fields":[]}',
    "another object": lambda _raw: b'{"id":"1"}',
    "a text": lambda _raw: b'"post"',
}


@pytest.mark.parametrize("separator", [b"\n", b",\n"], ids=["lines", "array"])
@pytest.mark.parametrize("way", DAMAGES)
def test_all_good_records_come_out_beside_damaged_ones(way: str, separator: bytes) -> None:
    at = set(range(7, 200, 20))
    parts = [DAMAGES[way](raw) if number in at else raw for number, raw in enumerate(GOOD)]
    content = separator.join(parts)
    deliveries = read(b"[" + content + b"]" if separator != b"\n" else content)
    assert raws(deliveries) == [raw for number, raw in enumerate(GOOD) if number not in at]
    damaged = [each for each in deliveries if isinstance(each, DamagedRecord)]
    assert len(damaged) == len(at)
    assert all(each.reason for each in damaged)


def test_a_code_that_is_repeated_in_one_object_loses_nothing() -> None:
    field = b'{"700":{"ind1":"1","ind2":" ","subfields":[{"e":"x","e":"y"}]}}'
    raw = b'{"leader":"00000nam a2200000 i 4500","fields":[' + field + b"]}"
    [one] = read(raw)
    assert isinstance(one, DeliveredRecord)
    assert one.record.fields[0].subfields == [("e", "x"), ("e", "y")]


@pytest.mark.parametrize("size", [10, 333])
def test_records_that_cross_the_blocks_of_reading_come_out(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loader.marc.reading.marc_in_json_stream._BLOCK", size)
    assert raws(read(b"[" + b", ".join(GOOD[:20]) + b"]")) == GOOD[:20]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_to_their_end(content: bytes) -> None:
    read(b"[" + content)
