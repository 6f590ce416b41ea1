"""A new report from its PDF to the data: everything is written, or nothing."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph

from loader.cli import nbkg
from loader.commands import new_report_command
from loader.errors import ReportError
from loader.identifiers import measure
from loader.namespaces import NBKG
from loader.new_report import trial
from loader.new_report.report_file import ReportFile
from loader.new_report.trial import Trial, try_report
from loader.sources.project import read_project
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.parse.parse import parse
from loader.status_report.report_kind import NAME
from nbkg.errors import NbkgError, UsageError
from nbkg.storage.atomic_replace import replace_file, replace_folder
from nbkg.storage.locations import checkout
from tests.conftest import REPORTS
from tests.loader.status_report.pdf.printed_report import Style, print_report

ISSUED = "2026-03-02"
ON_A_NEW_STRATEGY = REPORTS / "ny-strategi-2026-10-01.txt"


@pytest.fixture(scope="module")
def pdf(synthetic_file: Path, words: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pdf") / "Statusrapport mars.pdf"
    file.write_bytes(print_report(parse(synthetic_file, words)))
    return file


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's reports and curated knowledge."""
    root = checkout()
    assert root is not None
    folder = tmp_path_factory.mktemp("data") / "data"
    others = shutil.ignore_patterns("profiles", "lexicon", "graphs", "examples", "marc-sample")
    shutil.copytree(root / "data", folder, ignore=others)
    blocks = (folder / "sources.ttl").read_text(encoding="utf-8").split("\n\n")
    kept = (block for block in blocks if "a nbkg:DataSource" not in block or f'nbkg:kind "{NAME}"' in block)
    sources = "\n\n".join(kept)
    (folder / "sources.ttl").write_text(sources, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Added:
    """The data after `nbkg new-report`."""

    folder: Path
    result: Result
    """What the command printed."""
    trial: Trial
    """The trial that was written, in a folder that is kept."""


@pytest.fixture(scope="module")
def added(pdf: Path, original: Path, tmp_path_factory: pytest.TempPathFactory) -> Added:
    folder, kept = tmp_path_factory.mktemp("added") / "data", tmp_path_factory.mktemp("trial")
    shutil.copytree(original, folder)
    trials: list[Trial] = []

    def try_in_kept_folder(file: ReportFile, data: Path, _: Path) -> Trial:
        trials.append(try_report(file, data, kept))
        return trials[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(new_report_command, "try_report", try_in_kept_folder)
        result = _run(pdf, folder)
    return Added(folder, result, trials[0])


def _run(file: Path, data: Path, *options: str) -> Result:
    return CliRunner().invoke(nbkg, ["new-report", str(file), "--data", str(data), *options], catch_exceptions=False)


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_report_is_a_source_with_its_pdf_and_text(added: Added, pdf: Path) -> None:
    folder, result = added.folder, added.result
    assert result.exit_code == 0, result.output
    assert (folder / f"source/statusrapport-{ISSUED}.pdf").read_bytes() == pdf.read_bytes()
    project = read_project(folder / "curated", data=folder)
    assert [Path(source.address).name for source in project.sources_of(NAME)] == [
        "statusrapport-2025-10-14.txt",
        f"statusrapport-{ISSUED}.txt",
    ]


def test_its_graphs_quote_the_text_that_is_kept(added: Added) -> None:
    folder = added.folder
    graph = Graph().parse(folder / f"graphs/report-{ISSUED}.ttl")
    assert (None, NBKG.observes, measure("2020-2025", "14")) in graph
    assert (folder / "graphs/current.ttl").is_file()
    assert f"source-{ISSUED}.ttl" in {file.name for file in (folder / "graphs").iterdir()}


def test_it_says_what_changed_and_what_is_left_to_do(added: Added) -> None:
    result = added.result
    assert "report of 2026-03-02: 32 measures; in all 33 measures from 2 report(s)" in result.output
    assert "From 2025-10-14 to 2026-03-02" in result.output
    assert "Metadatabrønn" in result.output
    assert "Short title" in result.output


def test_stubs_are_comments_that_parse_when_they_are_filled_in(added: Added) -> None:
    folder = added.folder
    file = folder / "curated" / f"stubs-{ISSUED}.ttl"
    text = file.read_text(encoding="utf-8")
    assert len(Graph().parse(file)) == 0
    assert "titles.ttl: 20. Nasjonalbiblioteket skal opprette en felles opplæringspakke" in text
    start = text.index("# <https://w3id.org/nbkg/id/measure/2020-2025/20")
    entry = text[start:].split("\n\n")[0].replace("# ", "").replace("…", "Opplæring")
    head = "\n".join(line for line in text.splitlines() if line.startswith("@prefix"))
    assert len([*Graph().parse(data=head + entry, format="turtle").subject_objects(NBKG.shortTitle)]) == 3


def test_a_trial_writes_nothing_and_says_the_same(
    added: Added, synthetic_file: Path, original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _contents(original)
    monkeypatch.setattr(new_report_command, "try_report", lambda *_: added.trial)
    result = _run(synthetic_file, original, "--try")
    assert _contents(original) == before
    assert "nothing was written" in result.output
    assert result.output.split("nothing was written")[0] in added.result.output


def test_a_report_of_that_date_is_not_added_twice(added: Added, synthetic_file: Path) -> None:
    folder = added.folder
    before = _contents(folder)
    with pytest.raises(ReportError, match="has the date of a report that is there already"):
        _run(synthetic_file, folder)
    assert _contents(folder) == before


class _Killed(BaseException):
    """Ends a run where it stands."""


def _killed_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a run end when it has written so many files."""
    left = iter(range(steps))

    def write(target: Path, content: Any) -> None:
        if next(left, None) is None:
            raise _Killed
        (replace_folder if isinstance(content, dict) else replace_file)(target, content)

    monkeypatch.setattr(trial, "replace_file", write)
    monkeypatch.setattr(trial, "replace_folder", write)


def test_a_run_that_was_killed_is_completed_by_running_it_again(
    added: Added, pdf: Path, original: Path, tmp_path: Path
) -> None:
    """Killed after two files, and after six when it is run again."""
    data = tmp_path / "data"
    shutil.copytree(original, data)
    for steps in (2, 6):
        before = _contents(data)
        with pytest.MonkeyPatch.context() as patch:
            _killed_after(steps, patch)
            with pytest.raises(_Killed):
                added.trial.write(data)
        assert _contents(data) != before
    result = _run(pdf, data)
    assert result.exit_code == 0, result.output
    assert f"stubs-{ISSUED}.ttl" in result.output
    assert _contents(data) == _contents(added.folder)


BAD = {
    "empty": (b"", ReportError, "is empty"),
    "another format": (b"PK\x03\x04\x00\x00word/document.xml", ReportError, "binary file"),
    "another text": (b"Referat fra et annet m\xc3\xb8te.\n", ReportError, "legend"),
    "a damaged PDF": (b"%PDF-1.7\n1 0 obj\n<<", ReportError, r"damaged|no pages"),
}


@pytest.mark.parametrize("content", BAD)
def test_a_bad_file_gets_a_clear_error_and_nothing_is_written(content: str, original: Path, tmp_path: Path) -> None:
    raw, error, message = BAD[content]
    file = tmp_path / "report.pdf"
    file.write_bytes(raw)
    before = _contents(original)
    with pytest.raises(error, match=message):
        _run(file, original)
    assert _contents(original) == before


def test_an_encrypted_or_missing_file_gets_a_clear_error(
    synthetic_file: Path, words: Gazetteer, original: Path, tmp_path: Path
) -> None:
    file = tmp_path / "secret.pdf"
    with pytest.raises(UsageError, match="cannot be read"):
        _run(file, original)
    file.write_bytes(print_report(parse(synthetic_file, words), Style(encryption="secret")))
    with pytest.raises(NbkgError, match="is encrypted"):
        _run(file, original)


def test_the_text_of_a_pdf_can_be_looked_at(pdf: Path, original: Path) -> None:
    assert "Tiltak Ansvar Status Kommentar" in _run(pdf, original, "--text").stdout


def test_a_report_on_a_strategy_without_an_entry_gives_the_entry_to_fill_in(original: Path) -> None:
    with pytest.raises(ReportError, match="without a period it would count as the oldest") as error:
        _run(ON_A_NEW_STRATEGY, original, "--try")
    assert "<https://w3id.org/nbkg/id/strategy/2026-2030> a nbkg:Strategy ;" in str(error.value)
    assert "    dcterms:temporal <https://w3id.org/nbkg/id/period/strategy-2026-2030> ;" in str(error.value)
    assert "dcat:startDate" in str(error.value)


def test_the_entries_of_a_strategy_fit_at_the_end_of_the_file_they_belong_in(original: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(original, data)
    with pytest.raises(ReportError) as error:
        _run(ON_A_NEW_STRATEGY, data, "--try")
    entries = "@prefix" + str(error.value).split("@prefix", 1)[1]
    filled_in = entries.replace("…", "x").replace('"YYYY-MM-DD"', '"2026-01-01"', 1).replace("YYYY-MM-DD", "2030-12-31")
    with (data / "curated/strategies.ttl").open("a", encoding="utf-8") as stream:
        stream.write(f"\n{filled_in}\n")
    result = _run(ON_A_NEW_STRATEGY, data, "--try")
    assert result.exit_code == 0, result.output
    assert "no report on this strategy before it" in result.output, "the measures of the strategy before are not gone"
    assert "gone" not in result.output
    assert "dcterms:temporal" not in result.output


def test_a_new_strategy_without_a_period_is_left_to_do(original: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(original, data)
    entry = """
<https://w3id.org/nbkg/id/strategy/2026-2030> a nbkg:Strategy ;
    skos:prefLabel "Strategi 2026–2030"@nb , "Strategi 2026–2030"@nn , "Strategy 2026–2030"@en ;
    skos:definition "Den neste."@nb , "Den neste."@nn , "The next one."@en .
"""
    with (data / "curated/strategies.ttl").open("a", encoding="utf-8") as stream:
        stream.write(entry)
    result = _run(ON_A_NEW_STRATEGY, data, "--try")
    assert result.exit_code == 0, result.output
    assert "dcterms:temporal" in result.output
    assert "id/strategy/" in result.output


def test_a_new_folder_begins_as_a_copy_of_our_data_and_can_be_built(
    added: Added, synthetic_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(new_report_command, "try_report", lambda *_: added.trial)
        tried = _run(synthetic_file, folder, "--try")
    assert tried.exit_code == 0, tried.output
    assert not folder.exists()
    result = _run(synthetic_file, folder)
    assert result.exit_code == 0, result.output
    written = (folder / "graphs/nbkg.nq").read_bytes()
    assert f"report-{ISSUED}.ttl" in {file.name for file in (folder / "graphs").iterdir()}
    assert f"nbkg build --data {folder}" in " ".join(result.output.split())
    built = CliRunner().invoke(nbkg, ["build", "--data", str(folder)], catch_exceptions=False)
    assert built.exit_code == 0, built.output
    assert (folder / "graphs/nbkg.nq").read_bytes() == written


def test_a_folder_that_holds_something_else_is_refused_by_its_name(synthetic_file: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Hei", encoding="utf-8")
    with pytest.raises(UsageError, match=f"{tmp_path}: is no folder of data, it has no sources.ttl"):
        _run(synthetic_file, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]
