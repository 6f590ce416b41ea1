"""`nbkg marc validate`: what it prints, the file of findings, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from loader.cli import nbkg
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import MarcField, MarcRecord

LEADER = "00000nam a2200000 a 4500"
FIXED = MarcField("008", data="990101s1999    no ||||| |||| 00| 0 nob d".replace("|", " "))
TITLE = MarcField("245", "10", [("a", "Sult")])


def validate(*arguments: object) -> Result:
    return CliRunner().invoke(nbkg, ["marc", "validate", *map(str, arguments)])


def _file(folder: Path, *records: MarcRecord) -> Path:
    file = folder / "poster.mrc"
    file.write_bytes(b"".join(map(write_record, records)))
    return file


def _record(number: str, *fields: MarcField, leader: str = LEADER) -> MarcRecord:
    return MarcRecord(leader, [MarcField("001", data=number), FIXED, *fields])


def test_a_record_without_a_title_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    file = _file(tmp_path, _record("a1", TITLE), _record("a2"))
    result = validate(file, "--lang", "en", "--format", "json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert (report["records"], report["withoutErrors"]) == (2, 1)
    [first, *rest] = report["rules"]
    assert first["shape"].endswith("bib-instance-title")
    assert (first["severity"], first["records"], first["findings"], first["examples"]) == ("Violation", 1, 1, ["a2"])
    assert first["messages"]["en"] == "The instance has no title. Add field 245 to the record."
    assert [rule["severity"] for rule in rest] == sorted((rule["severity"] for rule in rest), reverse=True)


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Utgivelsen har ikke"), ("nn", "Utgjevinga har ikkje"), ("en", "has no year")]
)
def test_the_table_speaks_each_language(tmp_path: Path, language: str, words: str) -> None:
    undated = MarcField("264", " 1", [("a", "Oslo :"), ("b", "Gyldendal")])
    unknown = MarcField("008", data=FIXED.data.replace("s1999", "nuuuu"))
    file = _file(tmp_path, MarcRecord(LEADER, [MarcField("001", data="a1"), unknown, TITLE, undated]))
    result = validate(file, "--lang", language)
    assert result.exit_code == 0
    assert words in " ".join(result.output.replace("│", " ").split())


def test_all_findings_are_in_the_file_each_with_its_record(tmp_path: Path) -> None:
    file = _file(tmp_path, _record("a1", TITLE), _record("a2"))
    findings = tmp_path / "funn.jsonl"
    report = json.loads(validate(file, "--findings", findings, "--format", "json").stdout)
    lines = [json.loads(line) for line in findings.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == sum(rule["findings"] for rule in report["rules"])
    assert {line["record"] for line in lines} == {"a1", "a2"}
    [error] = [line for line in lines if line["shape"].endswith("bib-instance-title")]
    assert error["record"] == "a2"
    assert error["focus"].endswith("/instance/records/a2")
    assert error["file"] == str(file)


def test_damaged_records_and_deleted_ones_are_counted(tmp_path: Path) -> None:
    file = _file(tmp_path, _record("a1", TITLE), _record("a2", TITLE, leader=LEADER.replace("nam", "dam")))
    file.write_bytes(file.read_bytes() + b"00100nam a22 rubbish\x1d")
    report = validate(file, "--format", "json")
    assert report.exit_code == 1
    values = json.loads(report.stdout)
    assert (values["records"], values["deleted"], values["damaged"]) == (1, 1, 1)


def test_a_file_that_is_no_marc_ends_with_1_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "side.xml"
    file.write_text("<html/>")
    result = validate(file)
    assert result.exit_code == 1
    assert "side.xml" in result.stderr
