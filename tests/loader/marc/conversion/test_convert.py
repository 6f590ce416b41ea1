"""`nbkg marc convert`: the same bytes whoever converts, what a killed run leaves, and what does not go through."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard
from click.testing import CliRunner, Result

from loader.cli import nbkg
from loader.marc.conversion import file_pieces, part_files, piece_converter, statement_files
from loader.marc.conversion.conversion_engine import DonePiece, FileError
from loader.marc.conversion.convert import Conversion, convert
from loader.marc.conversion.job import ConversionJob
from loader.marc.conversion.local_engine import LocalEngine
from loader.marc.profiles.profile_file import read_profile
from loader.marc.record_mapping import MappedRecord, make_mapping
from nbkg.errors import NbkgError, UsageError
from nbkg.records.iso2709_writing import write_record
from nbkg.records.marcxml import write_record as write_xml
from nbkg.records.record import MarcRecord
from tests.marc_oracle import simple

RECORDS = [simple(number, f"Fjord nr. {number}") for number in range(24)]
RAW = [write_record(record) for record in RECORDS]


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_pieces, "_SMALLEST", 1500)
    monkeypatch.setattr(file_pieces, "_BATCH", 5)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "poster.mrc"
    path.write_bytes(b"".join(RAW))
    return path


def job(out: Path, *files: Path, format_name: str = "nq.gz", is_sorted: bool = False) -> ConversionJob:
    return ConversionJob(files, out, "test", read_profile("alma"), format_name, is_sorted)


def run(*arguments: object, standard_input: bytes | None = None) -> Result:
    return CliRunner().invoke(nbkg, ["marc", "convert", *map(str, arguments)], input=standard_input)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def lines_of(folder: Path) -> list[str]:
    found = list[str]()
    for path in sorted(folder.glob("*.nq*")):
        raw = path.read_bytes()
        if path.suffix == ".gz":
            raw = gzip.decompress(raw)
        elif path.suffix == ".zst":
            raw = zstandard.ZstdDecompressor().decompressobj().decompress(raw)
        found += raw.decode().splitlines(keepends=True)
    return found


def expected() -> list[str]:
    mapping = make_mapping("test", read_profile("alma"))
    return [line for record in RECORDS for line in mapping(record).lines]


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


class _Stopping:
    """An engine that fails after so many pieces, and counts those that it converted."""

    def __init__(self, pieces_before: float) -> None:
        self.left = pieces_before
        self.fresh = 0

    def run(self, job: ConversionJob, files: Sequence[int]) -> Iterator[DonePiece | FileError]:
        for each in LocalEngine(1).run(job, files):
            if not self.left:
                raise NbkgError("the power went")
            self.left -= 1
            yield each


def test_a_run_that_ended_early_goes_on_where_it_was(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    convert(job(tmp_path / "uten avbrudd", file), LocalEngine(1))
    work = job(tmp_path / "ut", file)
    with pytest.raises(NbkgError, match="power"):
        convert(work, _Stopping(2))
    assert not (tmp_path / "ut" / "conversion.json").exists()
    converted = list[str]()
    original = part_files.write_outcome

    def write_outcome(*arguments: object) -> None:
        converted.append(arguments[1].name)  # type: ignore[attr-defined]
        original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(piece_converter, "write_outcome", write_outcome)
    conversion = convert(work, LocalEngine(1))
    assert "001-00001" not in converted
    assert "001-00002" not in converted
    assert len(converted) == len(conversion.files) - 3
    assert {**contents(tmp_path / "ut")} == contents(tmp_path / "uten avbrudd")


def test_a_complete_conversion_is_not_made_again(file: Path, tmp_path: Path) -> None:
    work = job(tmp_path / "ut", file)
    first = convert(work, LocalEngine(1))
    again = convert(work, _Stopping(0))
    assert not again.is_new
    assert (again.outcome, again.files) == (first.outcome, first.files)


def test_another_conversion_in_the_folder_is_refused_and_replaced_on_request(file: Path, tmp_path: Path) -> None:
    convert(job(tmp_path / "ut", file), LocalEngine(1))
    file.write_bytes(RAW[0])
    with pytest.raises(UsageError, match="another conversion is there"):
        convert(job(tmp_path / "ut", file), LocalEngine(1))
    conversion = convert(job(tmp_path / "ut", file), LocalEngine(1), restart=True)
    assert conversion.outcome.records == 1
    assert [path.name for path in (tmp_path / "ut").glob("*.nq*")] == ["test-001-00001.nq.gz"]


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
        (["-", "--source", "Min Katalog"], "is no key of a source"),
        (["-", "--source", "x", "--profile", "nowhere.ttl"], "there is no such profile"),
        (["-", "--source", "x", "--profile", "nowhere"], "there is no profile “nowhere”"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = run(*arguments, "--out", tmp_path / "ut", standard_input=b"")
    assert result.exception
    assert message in str(result.exception)


@pytest.mark.slow
def test_a_killed_run_goes_on_and_leaves_no_process(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "mange.mrc"
    path.write_bytes(b"".join(RAW) * 150)  # 1.3 MB in several pieces
    command = [sys.executable, "-m", "loader.cli", "marc", "convert", path, "--out", tmp_path / "ut", "--jobs", "2"]
    process = subprocess.Popen(list(map(str, command)), stderr=subprocess.DEVNULL)
    folder = tmp_path / "ut" / ".parts"
    deadline = time.monotonic() + 60
    while not list(folder.glob("*-00001.json")) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert list(folder.glob("*-00001.json"))
    assert not (tmp_path / "ut" / "conversion.json").exists()
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert f"{150 * 24:,} records" in result.stderr
    work = ConversionJob((path,), tmp_path / "uten avbrudd", "mange", read_profile("default"))
    whole: Conversion
    with pytest.MonkeyPatch.context() as usual:
        usual.setattr(file_pieces, "_SMALLEST", 1 << 18)
        whole = convert(work, LocalEngine(1))
    assert whole.outcome.records == 150 * 24
    assert contents(tmp_path / "ut") == contents(tmp_path / "uten avbrudd")
