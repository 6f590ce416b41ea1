"""`nbkg marc convert --validate`: the findings are those of `nbkg marc validate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from loader.cli import nbkg
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import MarcRecord
from tests.loader.marc.conversion.conversion_runs import RECORDS, run


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Return a file in which every third record has no title, and one says that it is deleted."""
    records = [
        MarcRecord(each.leader, [field for field in each.fields if number % 3 or field.tag != "245"])
        for number, each in enumerate(RECORDS)
    ]
    records[1] = MarcRecord(f"{records[1].leader[:5]}d{records[1].leader[6:]}", records[1].fields)
    path = tmp_path / "feil.mrc"
    path.write_bytes(b"".join(map(write_record, records)))
    return path


def _found(file: Path) -> list[dict[str, str]]:
    """Return the findings without the IRIs of what they are about, in which the name of the source is."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [{name: value for name, value in line.items() if name != "focus"} for line in lines]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_findings_are_those_of_the_check(faulty: Path, tmp_path: Path, jobs: int) -> None:
    result = run(faulty, "--out", tmp_path / "ut", "--validate", "--jobs", jobs)
    assert result.exit_code == 1, result.output
    assert "8 records break a rule" in result.output
    checked = tmp_path / "funn.jsonl"
    CliRunner().invoke(nbkg, ["marc", "validate", str(faulty), "--findings", str(checked)])
    found = _found(tmp_path / "ut" / "findings.jsonl")
    assert found == _found(checked)
    assert {line["record"] for line in found if line["severity"] == "Violation"}


def test_without_the_option_nothing_is_checked(faulty: Path, tmp_path: Path) -> None:
    assert run(faulty, "--out", tmp_path / "ut").exit_code == 0
    assert not (tmp_path / "ut" / "findings.jsonl").exists()


def test_a_conversion_that_was_not_checked_is_another_one(faulty: Path, tmp_path: Path) -> None:
    run(faulty, "--out", tmp_path / "ut", "--validate")
    assert "another conversion" in str(run(faulty, "--out", tmp_path / "ut").exception)
    assert run(faulty, "--out", tmp_path / "ut", "--validate").exit_code == 1
    assert run(faulty, "--out", tmp_path / "ut", "--restart").exit_code == 0
    assert not (tmp_path / "ut" / "findings.jsonl").exists()
