"""A large catalogue out of a small one: numbers of their own, frequent names kept, rare ones and titles varied."""

from __future__ import annotations

from pathlib import Path

from benchmarks.varied_records import write_copies
from loader.marc.reading.marc_file import read_marc_file
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import DeliveredRecord, MarcRecord
from tests.loader.marc.mapped import record

SAMPLE = [
    *(record(f"001 a{n}", "100 1_ $a Mye, Mari $0 (NO-TrBIB)1", f"245 10 $a Bok {n} / $c x") for n in range(3)),
    record("001 b", "035 __ $a (X)1", "100 1_ $a Sjelden, Siv $0 (NO-TrBIB)2", "245 10 $a Heftet :"),
]


def _copies(tmp_path: Path, number: int) -> list[MarcRecord]:
    (tmp_path / "s.mrc").write_bytes(b"".join(map(write_record, SAMPLE)))
    assert write_copies(tmp_path / "s.mrc", number, tmp_path / "out.mrc") == number
    return [each.record for each in read_marc_file(tmp_path / "out.mrc") if isinstance(each, DeliveredRecord)]


def _values(record: MarcRecord, tag: str, codes: str) -> list[str]:
    return [value for field in record.fields_with(tag) for value in field.values(codes)]


def test_each_record_has_a_number_of_its_own_and_no_other(tmp_path: Path) -> None:
    records = _copies(tmp_path, 10)
    assert len({each.control_number for each in records}) == 10
    assert not any(each.fields_with("035") for each in records)


def test_the_first_are_the_sample_and_then_rare_names_and_titles_have_a_word_more(tmp_path: Path) -> None:
    first, second = _copies(tmp_path, 8)[3], _copies(tmp_path, 8)[7]
    assert _values(first, "100", "a0") == ["Sjelden, Siv", "(NO-TrBIB)2"]
    [name] = _values(second, "100", "a0")
    assert name.startswith("Sjelden, Siv ")
    assert len(name.split()) == 3
    assert _values(_copies(tmp_path, 8)[4], "100", "a0") == ["Mye, Mari", "(NO-TrBIB)1"]


def test_the_same_sample_gives_the_same_bytes(tmp_path: Path) -> None:
    _copies(tmp_path, 9)
    before = (tmp_path / "out.mrc").read_bytes()
    _copies(tmp_path, 9)
    assert (tmp_path / "out.mrc").read_bytes() == before
