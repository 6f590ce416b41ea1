"""A push that was interrupted goes on, or begins anew where something has changed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from loader.push import graph_store, push
from loader.push.credentials import Credentials
from nbkg.errors import ServiceError
from tests.loader.push.keeper import DONE, Answer, Asked, Keeper, load, triples, written


def _after(event: threading.Event) -> Answer:
    event.wait(20)
    return None


def _cut_at(number: int) -> Callable[[Asked], Answer]:
    """Breaks the connection from this request on."""
    count = iter(range(1, 1000))
    return lambda _: DONE if next(count) < number else None


def test_an_interrupted_push_goes_on(keeper: Keeper, tmp_path: Path, cache: Path) -> None:
    file = written(tmp_path, triples(10))
    keeper.answer = _cut_at(3)
    broken = load(keeper.address, file, "--chunk", 2)
    assert isinstance(broken.exception, ServiceError)
    assert f"{keeper.address}: chunk 3 (<urn:g>): the connection broke" in str(broken.exception)
    assert "run the same command again to go on" in str(broken.exception)
    keeper.asked.clear()
    keeper.answer = lambda _: DONE
    again = load(keeper.address, file, "--chunk", 2)
    assert keeper.methods == ["POST"] * 3
    assert "1 graphs, 10 statements sent" in again.stderr
    assert "went on after chunk 2" in again.stderr
    assert len(keeper.graphs["urn:g"]) == 10
    assert [path for path in cache.rglob("*") if path.is_file()] == []


def test_unlabelled_nodes_are_the_same_when_it_goes_on(keeper: Keeper, tmp_path: Path) -> None:
    file = written(tmp_path, "<urn:s> <urn:p> [ <urn:q> [ <urn:r> [] ] ] .", "data.ttl")
    keeper.answer = _cut_at(2)
    load(keeper.address, file, "--chunk", 1)
    keeper.answer = lambda _: DONE
    assert load(keeper.address, file, "--chunk", 1).exit_code == 0
    nodes = re.findall(r"genid/(\w+)", "".join(keeper.graphs[None]))
    assert (len(nodes), len(set(nodes))) == (5, 3)


CHANGES: dict[str, tuple[str, ...]] = {
    "--restart": ("--restart",),
    "--chunk": ("--chunk", "3"),
    "--graph": ("--graph", "urn:h"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_command_begins_anew(change: str, keeper: Keeper, tmp_path: Path) -> None:
    file = written(tmp_path, triples(10))
    keeper.answer = _cut_at(3)
    load(keeper.address, file, "--chunk", 2)
    keeper.answer = lambda _: DONE
    keeper.asked.clear()
    assert load(keeper.address, file, "--chunk", 2, *CHANGES[change]).exit_code == 0
    assert keeper.methods[0] == "PUT"


def test_a_broken_journal_begins_anew(keeper: Keeper, tmp_path: Path, cache: Path) -> None:
    file = written(tmp_path, triples(4))
    keeper.answer = _cut_at(2)
    load(keeper.address, file, "--chunk", 2)
    (journal,) = cache.rglob("*.json")
    journal.write_text("{")
    keeper.answer = lambda _: DONE
    keeper.asked.clear()
    assert load(keeper.address, file, "--chunk", 2).exit_code == 0
    assert keeper.methods == ["PUT", "POST"]


def test_other_files_sent_meanwhile(keeper: Keeper, tmp_path: Path) -> None:
    """What was sent may have been replaced: an interrupted push of before does not go on."""
    file, other = written(tmp_path, triples(4)), written(tmp_path, triples(1), "other.nq")
    keeper.answer = _cut_at(2)
    load(keeper.address, file, "--chunk", 2)
    keeper.answer = lambda _: DONE
    assert load(keeper.address, other).exit_code == 0
    assert load(keeper.address, file, "--chunk", 2).exit_code == 0
    assert len(keeper.graphs["urn:g"]) == 4


def test_a_killed_push_goes_on(keeper: Keeper, tmp_path: Path) -> None:
    file = written(tmp_path, triples(10))
    killed = threading.Event()
    keeper.answer = lambda _: DONE if len(keeper.asked) < 4 else _after(killed)
    command = [sys.executable, "-m", "loader.cli", "load", keeper.address, str(file), "--chunk", "2"]
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as running:
        while len(keeper.asked) < 4 and running.poll() is None:
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
    killed.set()
    keeper.asked.clear()
    keeper.answer = lambda _: DONE
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert keeper.methods == ["POST"] * 2
    assert len(keeper.graphs["urn:g"]) == 10


def test_two_at_once(keeper: Keeper, tmp_path: Path) -> None:
    file = written(tmp_path, triples(2))
    results: list[Result] = []

    def second(_: Asked) -> Answer:
        if not results:
            results.append(load(keeper.address, file))
        return DONE

    keeper.answer = second
    with closing(graph_store.GraphStore(keeper.address, Credentials())) as store:
        push.push(store, [file], push.ChunkSettings())
    assert "being sent there already" in str(results[0].exception)
    assert len(keeper.asked) == 1
