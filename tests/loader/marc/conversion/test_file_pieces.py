"""The pieces of a file hold what the whole file holds, wherever it is cut and whatever is damaged in it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from loader.marc.conversion import file_pieces
from loader.marc.conversion.file_pieces import ByteRange, cut_file, is_cut_by_ranges, iter_ranges
from loader.marc.reading.deliveries import DamagedRecord, DeletedHeader
from loader.marc.reading.marc_file import read_marc_file
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import DeliveredRecord
from tests.loader.marc.mapped import CASES
from tests.marc_oracle import simple

GOOD = [write_record(simple(number)) for number in range(24)]
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "none": lambda raw: raw,
    "cut off": lambda raw: raw[:60],
    "no terminator": lambda raw: raw[:-1],
    "terminator inside": lambda raw: raw.replace(b"fjell", b"fj\x1dll"),
    "wrong length": lambda raw: b"00042" + raw[5:],
    "no leader": lambda raw: raw[24:],
    "line break after it": lambda raw: raw + b"\r\n",
    "text before it": lambda raw: b"a letter with \x1d in it" + raw,
}


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_pieces, "_SMALLEST", 700)
    monkeypatch.setattr(file_pieces, "_BLOCK", 900)
    monkeypatch.setattr(file_pieces, "_BATCH", 2)


def _deliveries(file: Path) -> list[tuple[object, ...]]:
    return [_plain(each) for each in read_marc_file(file)]


def _plain(delivery: DeliveredRecord | DamagedRecord | DeletedHeader) -> tuple[object, ...]:
    match delivery:
        case DeliveredRecord():
            record = delivery.record
            return (delivery.offset, delivery.raw, record.leader, record.fields, record.oddities)
        case DamagedRecord():
            return (delivery.offset, delivery.raw, delivery.reason)
        case DeletedHeader():
            return (delivery.offset, delivery.header)


def _in_pieces(file: Path) -> list[tuple[object, ...]]:
    return [_plain(each) for piece in cut_file(0, file) for each in piece.read(file)]


@pytest.mark.parametrize("name", DAMAGES)
def test_ranges_hold_what_the_file_holds(name: str, tmp_path: Path) -> None:
    file = tmp_path / "poster.mrc"
    file.write_bytes(b"".join(DAMAGES[name](raw) if number % 3 == 1 else raw for number, raw in enumerate(GOOD)))
    assert is_cut_by_ranges(file)
    ranges = list(iter_ranges(file))
    assert len(ranges) > 3
    assert ranges[0].begin == 0
    assert [each.end for each in ranges] == [*(each.begin for each in ranges[1:]), file.stat().st_size]
    assert _in_pieces(file) == _deliveries(file)


def test_a_range_can_be_read_without_those_before_it(tmp_path: Path) -> None:
    file = tmp_path / "poster.mrc"
    file.write_bytes(b"".join(GOOD))
    last = list(cut_file(0, file))[-1]
    assert isinstance(last.content, ByteRange)
    read = [each for each in last.read(file) if isinstance(each, DeliveredRecord)]
    assert read[-1].record.fields == simple(23).fields
    assert file.read_bytes()[read[0].offset :].startswith(read[0].raw)


def test_what_is_compressed_is_cut_into_blocks(tmp_path: Path) -> None:
    file = tmp_path / "poster.mrc.gz"
    file.write_bytes(gzip.compress(b"".join(GOOD)))
    assert not is_cut_by_ranges(file)
    assert _in_pieces(file) == _deliveries(file)
    assert sum(piece.size for piece in cut_file(0, file)) == file.stat().st_size


def test_blocks_are_cut_as_ranges_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_pieces, "LOOKAHEAD", 500)
    file = tmp_path / "poster.mrc.gz"
    file.write_bytes(gzip.compress(b"".join(GOOD)))
    assert len(list(cut_file(0, file))) > 3
    assert _in_pieces(file) == _deliveries(file)


@pytest.mark.parametrize("name", ["oa01_list_records.xml", "st06_subfield_order_and_empty.json", "st09_sru.xml"])
def test_xml_and_json_are_cut_into_batches_of_records(name: str) -> None:
    assert _in_pieces(CASES / name) == _deliveries(CASES / name)


def test_where_a_file_is_cut_depends_on_the_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "poster.mrc"
    file.write_bytes(b"".join(GOOD))
    assert list(iter_ranges(file)) == list(iter_ranges(file))
    assert [piece.name for piece in cut_file(2, file)][:2] == ["003-00001", "003-00002"]
