"""`nbkg marc convert`: the same bytes whoever converts, and what does not go through."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.marc.conversion import piece_converter, statement_files
from loader.marc.conversion.convert import convert
from loader.marc.conversion.local_engine import LocalEngine
from loader.marc.profiles.profile_file import read_profile
from loader.marc.record_mapping import MappedRecord, make_mapping
from nbkg.records.iso2709_writing import write_record
from nbkg.records.marcxml import write_record as write_xml
from nbkg.records.record import MarcRecord
from tests.loader.marc.conversion.conversion_runs import RAW, RECORDS, contents, expected, job, lines_of, run
from tests.marc_oracle import simple


def test_the_output_is_the_mapping_of_the_records_in_their_order(file: Path, tmp_path: Path) -> None:
    conversion = convert(job(tmp_path / "ut", file), LocalEngine(1))
    assert len(conversion.files) > 3
    assert lines_of(tmp_path / "ut") == expected()
    assert conversion.is_good
    assert conversion.outcome.records == 24
    assert conversion.outcome.statements == len(expected())
    quads = ox.parse("".join(expected()).encode(), format=ox.RdfFormat.N_QUADS)
    assert {quad.graph_name.value for quad in quads} == {"https://w3id.org/nbkg/graph/catalogue/test"}


@pytest.mark.parametrize("is_sorted", [False, True])
def test_any_number_of_processes_gives_the_same_bytes(file: Path, tmp_path: Path, is_sorted: bool) -> None:
    for jobs in (1, 2):
        convert(job(tmp_path / f"ut{jobs}", file, is_sorted=is_sorted), LocalEngine(jobs))
    assert contents(tmp_path / "ut1") == contents(tmp_path / "ut2")
    assert len(contents(tmp_path / "ut1")) > 4


@pytest.mark.parametrize("format_name", ["nq", "nq.gz", "nq.zst"])
def test_sorted_statements_stand_once_in_one_file(
    file: Path, tmp_path: Path, format_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statement_files, "_MERGED", 2)
    conversion = convert(job(tmp_path / "ut", file, format_name=format_name, is_sorted=True), LocalEngine(1))
    assert [path.name for path in conversion.files] == [f"test.{format_name}"]
    assert lines_of(tmp_path / "ut") == sorted(set(expected()))
    assert conversion.outcome.statements == len(set(expected()))


def _xml() -> bytes:
    return b"<collection>" + b"".join(map(write_xml, RECORDS)) + b"</collection>"


@pytest.mark.parametrize(
    ("name", "content"),
    [("poster.xml", _xml), ("poster.mrc.gz", lambda: gzip.compress(b"".join(RAW))), ("-", lambda: b"".join(RAW))],
)
def test_every_form_gives_the_same_statements(name: str, content: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / name
    if name != "-":
        path.write_bytes(content())
    arguments = [path if name != "-" else "-", "--out", tmp_path / "ut", "--source", "test", "--profile", "alma"]
    result = run(*arguments, "--jobs", 1, "--format", "nq", standard_input=content() if name == "-" else None)
    assert result.exit_code == 0, result.output
    assert lines_of(tmp_path / "ut") == expected()
    assert "24 records" in result.output


def test_damaged_records_lie_in_the_quarantine_and_the_others_go_through(tmp_path: Path) -> None:
    path = tmp_path / "poster.mrc"
    broken = {3: RAW[3][:60], 17: RAW[17].replace(b"\x1e10", b"10", 1), 20: RAW[20][:80]}
    path.write_bytes(b"".join(broken.get(number, raw) for number, raw in enumerate(RAW)))
    result = run(path, "--out", tmp_path / "ut", "--jobs", 1, "--source", "test", "--profile", "alma")
    assert result.exit_code == 1
    assert "21 records" in result.output
    assert "3 damaged records" in result.output
    out = contents(tmp_path / "ut")
    lines = [json.loads(line) for line in out["quarantine.jsonl"].splitlines()]
    assert [out["quarantine.mrc"][line["position"] :][: line["length"]] for line in lines] == list(broken.values())
    assert [path.read_bytes()[line["offset"] :][: line["length"]] for line in lines] == list(broken.values())
    assert lines_of(tmp_path / "ut") == [
        line
        for number, record in enumerate(RECORDS)
        if number not in broken
        for line in make_mapping("test", read_profile("alma"))(record).lines
    ]


def test_a_record_whose_mapping_fails_is_put_aside(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make_failing(source: str, profile: object) -> Callable[[MarcRecord], MappedRecord]:
        mapping = make_mapping(source, read_profile("alma"))

        def fail(record: MarcRecord) -> MappedRecord:
            if record.control_number == "rec00005":
                raise KeyError("245")
            return mapping(record)

        return fail

    monkeypatch.setattr(piece_converter, "make_mapping", make_failing)
    conversion = convert(job(tmp_path / "ut", file), LocalEngine(1))
    assert (conversion.outcome.records, conversion.outcome.damaged) == (23, 1)
    assert not conversion.is_good
    assert contents(tmp_path / "ut")["quarantine.mrc"] == RAW[5]
    assert "the mapping failed: KeyError: '245'" in contents(tmp_path / "ut")["quarantine.jsonl"].decode()


def test_of_a_file_that_breaks_off_the_records_before_are_converted(tmp_path: Path) -> None:
    path = tmp_path / "poster.mrc.gz"
    path.write_bytes(gzip.compress(b"".join(RAW))[:-20])
    good = tmp_path / "gode.mrc"
    good.write_bytes(RAW[0])
    result = run(path, good, "--out", tmp_path / "ut", "--jobs", 1)
    assert result.exit_code == 1
    assert "poster.mrc.gz: it is damaged, or cut short, as a compressed file" in result.output
    assert "rec00000" in "".join(lines_of(tmp_path / "ut"))


def test_the_report_names_record_field_code_and_what(tmp_path: Path) -> None:
    path = tmp_path / "poster.mrc"
    record = simple(7)
    record.fields.append(record.fields[-1]._replace(tag="245"))
    record.fields.append(record.fields[-1]._replace(tag="999", subfields=[("x", "Æ “1”")]))
    path.write_bytes(write_record(record))
    run(path, "--out", tmp_path / "ut", "--jobs", 1)
    lines = [json.loads(line) for line in (tmp_path / "ut" / "report.jsonl").read_text(encoding="utf-8").splitlines()]
    [line] = [line for line in lines if line["field"] == "999"]
    assert line == {
        "record": "rec00007",
        "field": "999",
        "subfield": "x",
        "code": "unknown-field",
        "what": "The field is not in the list of MARC 21, and the profile of the source does not explain it.",
        "value": "Æ “1”",
    }


def test_the_statements_are_loaded_into_a_store(file: Path, tmp_path: Path) -> None:
    result = run(file, "--out", tmp_path / "ut", "--jobs", 1, "--profile", "alma", "--load", tmp_path / "store")
    assert result.exit_code == 0, result.output
    assert f"quads loaded → {tmp_path / 'store'}" in result.output
    store = ox.Store.read_only(str(tmp_path / "store" / "current"))
    graph = ox.NamedNode("https://w3id.org/nbkg/graph/catalogue/poster")
    assert len(list(store.quads_for_pattern(None, None, None, graph))) == len(set(expected()))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-"], "the source has no name"),
        (["-", "--source", "Min Katalog"], "is not a key of a source"),
        (["-", "--source", "x", "--profile", "nowhere.ttl"], "there is no such profile"),
        (["-", "--source", "x", "--profile", "nowhere"], "there is no profile “nowhere”"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = run(*arguments, "--out", tmp_path / "ut", standard_input=b"")
    assert result.exception
    assert message in str(result.exception)
