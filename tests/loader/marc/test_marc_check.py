"""`nbkg marc check`: what it prints, its quarantine and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from loader.cli import nbkg
from nbkg.records.iso2709 import read_record
from nbkg.records.iso2709_writing import write_record
from tests.marc_oracle import simple

CASES = Path(__file__).parent / "cases"
GOOD = [write_record(simple(number)) for number in range(4)]


def check(*arguments: object, standard_input: bytes | None = None) -> Result:
    return CliRunner().invoke(nbkg, ["marc", "check", *map(str, arguments)], input=standard_input)


def test_good_files_end_with_0_and_are_described() -> None:
    result = check(CASES / "st09_sru.xml", CASES / "st06_subfield_order_and_empty.json", CASES / "st11_leader05_d.mrc")
    assert result.exit_code == 0
    assert "st09_sru.xml: marcxml, 1 record (1 bibliographic)" in result.output
    assert "st06_subfield_order_and_empty.json: marc-json, 1 record" in result.output
    assert "odd: empty-subfield 2, first in st06, 856: the subfield $3 is empty" in result.output
    assert "st11_leader05_d.mrc: iso2709, 1 record" in result.output
    assert "deleted: 1" in result.output


def test_damaged_records_end_with_1_and_lie_in_the_quarantine_byte_for_byte(tmp_path: Path) -> None:
    file, folder = tmp_path / "poster.mrc", tmp_path / "karantene"
    broken = [GOOD[1][:60], GOOD[3].replace(b"\x1e1 ", b"1 ", 1)]
    file.write_bytes(GOOD[0] + broken[0] + GOOD[2] + broken[1])
    result = check(file, "--quarantine", folder)
    assert result.exit_code == 1
    assert "damaged: 2" in result.output
    assert f"at byte {len(GOOD[0])}, 60 bytes: the record breaks off" in result.output
    lines = [json.loads(line) for line in (folder / "quarantine.jsonl").read_text(encoding="utf-8").splitlines()]
    records = (folder / "quarantine.mrc").read_bytes()
    assert [records[line["position"] :][: line["length"]] for line in lines] == broken
    assert [file.read_bytes()[line["offset"] :][: line["length"]] for line in lines] == broken
    assert {line["file"] for line in lines} == {str(file)}
    assert all(line["reason"] and line["form"] == "iso2709" for line in lines)


def test_the_quarantine_of_a_good_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "quarantine.mrc").write_bytes(b"of last time")
    assert check(CASES / "st11_leader05_d.mrc", "--quarantine", tmp_path).exit_code == 0
    assert (tmp_path / "quarantine.mrc").read_bytes() == b""


def test_a_file_that_cannot_be_read_ends_with_1_and_the_others_are_read(tmp_path: Path) -> None:
    file = tmp_path / "side.xml"
    file.write_text("<html/>")
    result = check(file, CASES / "st11_leader05_d.mrc")
    assert result.exit_code == 1
    assert f"failed: {file}: there is no MARC record in it; its root element is <html>" in result.output
    assert "st11_leader05_d.mrc: iso2709, 1 record" in result.output


def test_standard_input_is_read() -> None:
    result = check("-", standard_input=b"".join(GOOD))
    assert result.exit_code == 0
    assert "-: iso2709, 4 records" in result.output


@pytest.mark.parametrize("arguments", [(), ("nei.mrc",), (".",)])
def test_a_wrong_call_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert check(*arguments).exit_code == 2


def test_a_quarantine_that_cannot_be_written_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    result = check(CASES / "st11_leader05_d.mrc", "--quarantine", tmp_path / "fil" / "under")
    assert result.exit_code != 0
    assert "quarantine cannot be written" in str(result.exception)


def test_what_is_read_can_be_read_again() -> None:
    assert read_record(GOOD[0]).fields == simple(0).fields
