"""`nbkg cluster`: a run, why records are together, and what persons answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from loader.cluster.union.cluster_table import read_clusters
from loader.commands.cluster_answer_command import confirm, refuse
from loader.commands.cluster_command import cluster
from loader.commands.marc_records_command import import_files
from nbkg.errors import DataError, UsageError

CASES = Path(__file__).parents[1] / "marc" / "cases"
BY = ("--by", "kari@nb.no", "--on", "2026-11-30")
Command = Callable[..., Result]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    for source, name in (("nb", "dd12_same_book_four_ways"), ("deichman", "dd08_adaptations")):
        options = ["--records", str(folder), "--delivered", "2026-11-01"]
        result = CliRunner().invoke(import_files, [source, str(CASES / f"{name}.mrc"), *options])
        assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def command(records: Path, tmp_path: Path) -> Command:
    def invoke(*words: str) -> Result:
        folders = ["--clusters", str(tmp_path)] + (
            [] if words[0] in ("confirm", "refuse") else ["--records", str(records)]
        )
        return CliRunner().invoke(cluster, [*words, *folders])

    return invoke


def test_a_run_writes_clusters_decisions_and_the_graph(command: Command, tmp_path: Path) -> None:
    result = command("run")
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "10 records")
    assert read_clusters(tmp_path)["hub"].members == {
        "deichman/dd08a": ("deichman/dd08a", "deichman/dd08b"),
        "nb/dd12a": ("nb/dd12a", "nb/dd12b", "nb/dd12c", "nb/dd12d"),
    }
    quads = [*ox.parse((tmp_path / "union.nq").read_bytes(), ox.RdfFormat.N_QUADS)]
    assert {quad.graph_name.value.rpartition("/")[2] for quad in quads} == {"union"}
    members = {quad.object.value.rpartition("/")[2] for quad in quads if "/cluster/instance/nb" in quad.subject.value}
    assert {"dd12a", "dd12b", "dd12c", "dd12d"} < members


def test_a_second_run_gives_the_same_bytes(command: Command, tmp_path: Path) -> None:
    command("run")
    first = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    command("run")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == first


def test_a_pair_is_explained_at_each_level(command: Command) -> None:
    command("run")
    lines = command("explain", "deichman/dd08a", "deichman/dd08b").output.splitlines()
    assert lines[0] == "hub: in one cluster"
    assert any("contradicts: other-language" in line for line in lines)


def test_a_record_is_explained_with_what_it_is_together_with(command: Command) -> None:
    command("run")
    output = command("explain", "nb/dd12d").output
    assert "id/cluster/instance/nb/dd12a" in output
    assert "joined: nb/dd12" in output


def test_what_a_person_refuses_is_never_joined_and_what_one_confirms_is(command: Command, tmp_path: Path) -> None:
    command("run")
    for other in ("a", "b", "c"):
        assert command("refuse", "work", "nb/dd12d", f"nb/dd12{other}", *BY).exit_code == 0
    assert command("confirm", "hub", "deichman/dd08a", "deichman/dd08e", *BY, "--note", "same").exit_code == 0
    command("run")
    clusters = read_clusters(tmp_path)
    assert clusters["work"].members["nb/dd12a"] == ("nb/dd12a", "nb/dd12b", "nb/dd12c")
    assert clusters["hub"].members["nb/dd12a"][-1] == "nb/dd12d"
    assert "deichman/dd08e" in clusters["hub"].members["deichman/dd08a"]
    assert "a person refused it" in command("explain", "nb/dd12a", "nb/dd12d").output


def test_the_newest_answer_holds(command: Command, tmp_path: Path) -> None:
    command("refuse", "hub", "deichman/dd08a", "deichman/dd08b", *BY)
    command("confirm", "hub", "deichman/dd08b", "deichman/dd08a", "--by", "ola@nb.no", "--on", "2026-12-01")
    command("run")
    assert "deichman/dd08a" in read_clusters(tmp_path)["hub"].members


def test_an_unknown_record_is_an_error_of_the_call(command: Command) -> None:
    assert isinstance(command("explain", "nb/dd99").exception, UsageError)


@pytest.mark.parametrize("answer", [confirm, refuse])
def test_an_answer_needs_a_date(answer: object, command: Command) -> None:
    name = "confirm" if answer is confirm else "refuse"
    assert isinstance(command(name, "hub", "nb/a", "nb/b", "--by", "kari", "--on", "yesterday").exception, DataError)


def test_an_answer_on_no_record_is_named_and_the_run_goes_on(command: Command, tmp_path: Path) -> None:
    command("refuse", "hub", "nb/dd12a", "nb/dd99", *BY)
    result = command("run")
    assert (result.exit_code, "nb/dd99" in result.stderr) == (1, True)
    assert read_clusters(tmp_path)["hub"].members


def test_a_folder_without_records_is_an_error_of_the_call(tmp_path: Path) -> None:
    result = CliRunner().invoke(cluster, ["run", "--records", str(tmp_path), "--clusters", str(tmp_path / "clusters")])
    assert isinstance(result.exception, UsageError)
