"""The journal replayed: what persons decided is in the next version, in later ones, and in each graph that must."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from loader.changes.journal_replay import replay_journal
from loader.cli import nbkg
from loader.decisions.decision_triples import decision_iri, decision_record
from loader.store.load import load
from nbkg.decisions.decision_journal import append_decisions
from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind, Person
from nbkg.decisions.precedence import settle
from nbkg.errors import DamagedFileError, UsageError
from nbkg.storage.built_store import current_version
from nbkg.storage.layout import journal_file
from nbkg.storage.served_directory import locate

NBKG = "https://w3id.org/nbkg/ns#"
GRAPH = ox.NamedNode("https://w3id.org/nbkg/graph/match-decisions")
THINGS = ("https://example.org/b", "https://example.org/a")
PROPOSED = Decision(
    DecisionKind.JOIN, THINGS, Answer.PROPOSED, "isbn", (("isbn", "1"), ("title", "2")), 88.5, "r1", names=("B", "A")
)
OTHER = Decision(DecisionKind.JOIN, ("x", "y"), Answer.JOINED, "isbn", run="r1")


def _person(answer: Answer, when: str) -> Decision:
    return Decision(DecisionKind.JOIN, THINGS, answer, person=Person("Kari", when), names=("B", "A"))


def _file(folder: Path, *decisions: Decision) -> Path:
    file = folder / "decisions.nq"
    lines = [f"{triple} {GRAPH} .\n" for one in decisions for triple in decision_record(settle([one]))]
    file.write_text("".join(lines), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("replay")
    load(folder / "store", [_file(folder, PROPOSED, OTHER)])
    return folder


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(loaded / "store", tmp_path / "store", symlinks=True))


def _values(store: Path, prop: str, graph: ox.NamedNode | ox.DefaultGraph = GRAPH) -> Sequence[str]:
    opened = ox.Store.read_only(str(locate(store).folder))
    node = ox.NamedNode(decision_iri(PROPOSED))
    quads = opened.quads_for_pattern(node, ox.NamedNode(f"{NBKG}{prop}"), None, graph)
    return sorted(getattr(quad.object, "value", "").rpartition("/")[2] for quad in quads)


def _all(store: Path) -> set[str]:
    return {str(quad) for quad in ox.Store.read_only(str(locate(store).folder)) if quad.graph_name == GRAPH}


def test_a_store_without_a_journal_stays_as_it_is(store: Path) -> None:
    assert replay_journal(store) is None


def test_an_answer_is_in_the_next_version_with_the_evidence(store: Path) -> None:
    append_decisions(store, [_person(Answer.REFUSED, "2026-11-30T12:00:00Z")])
    before = current_version(store)
    version = replay_journal(store)
    assert version
    assert before
    assert version.number == before.number + 1
    for graph in (GRAPH, ox.DefaultGraph()):
        assert _values(store, "answer", graph) == ["refused"]
        assert len(_values(store, "personalAnswer", graph)) == 1
        assert len(_values(store, "evidence", graph)) == 2
        assert _values(store, "matchScore", graph) == ["88.5"]
    expected = settle([PROPOSED, _person(Answer.REFUSED, "2026-11-30T12:00:00Z")])
    assert _all(store) == {f"{one} {GRAPH}" for each in (expected, settle([OTHER])) for one in decision_record(each)}
    assert current_version(store) == version or version.quads == len(_all(store))


def test_it_is_done_once(store: Path) -> None:
    append_decisions(store, [_person(Answer.REFUSED, "2026-11-30")])
    assert replay_journal(store)
    assert replay_journal(store) is None


def test_the_newest_answer_holds_and_the_history_stays(store: Path) -> None:
    append_decisions(store, [_person(Answer.REFUSED, "2026-11-29")])
    replay_journal(store)
    append_decisions(store, [_person(Answer.JOINED, "2026-11-30")])
    replay_journal(store)
    assert _values(store, "answer") == ["joined"]
    assert len(_values(store, "personalAnswer")) == 2
    assert "differentFrom" not in "".join(_all(store))


def test_a_refusal_holds_in_the_next_load_with_its_new_evidence(store: Path, tmp_path: Path) -> None:
    append_decisions(store, [_person(Answer.REFUSED, "2026-11-30")])
    replay_journal(store)
    again = Decision(DecisionKind.JOIN, THINGS, Answer.JOINED, "title", (("title", "1"),), 99.0, "r2", names=("B", "A"))
    result = CliRunner().invoke(nbkg, ["load", str(store), str(_file(tmp_path, again))], catch_exceptions=False)
    assert result.exit_code == 0
    assert _values(store, "answer") == ["refused"]
    assert _values(store, "runKey") == ["r2"]
    assert _values(store, "decisionRule") == ["title"]
    assert len(_values(store, "evidence")) == 1


def test_a_release_is_kept_as_it_was_loaded_and_the_store_has_the_answer(store: Path, tmp_path: Path) -> None:
    append_decisions(store, [_person(Answer.REFUSED, "2026-11-30")])
    call = ["load", str(store), str(_file(tmp_path, PROPOSED)), "--release", "2026-12-01"]
    assert CliRunner().invoke(nbkg, call, catch_exceptions=False).exit_code == 0
    assert _values(store, "answer") == ["refused"]
    kept = ox.Store.read_only(str(store / "releases" / "2026-12-01"))
    answers = kept.quads_for_pattern(ox.NamedNode(decision_iri(PROPOSED)), ox.NamedNode(f"{NBKG}answer"), None, GRAPH)
    assert [str(quad.object).rpartition("/")[2] for quad in answers] == ["proposed>"]


def test_an_answer_on_what_no_run_considers_any_more_stays(store: Path, tmp_path: Path) -> None:
    append_decisions(store, [_person(Answer.REFUSED, "2026-11-30")])
    CliRunner().invoke(nbkg, ["load", str(store), str(_file(tmp_path, OTHER))], catch_exceptions=False)
    assert _values(store, "answer") == ["refused"]
    assert _values(store, "decisionRule") == ["personal"]


def test_a_damaged_journal_and_a_writable_store_are_errors(store: Path) -> None:
    append_decisions(store, [_person(Answer.REFUSED, "2026-11-30")])
    file = journal_file(store)
    file.write_bytes(file.read_bytes().replace(b"refused", b"proposed"))
    with pytest.raises(DamagedFileError):
        replay_journal(store)
    (store / "store.json").write_text('{"format": 1, "kind": "writable", "id": "x"}')
    with pytest.raises(UsageError):
        replay_journal(store)
