"""A harvest that is killed (kill -9) at any point loses nothing and doubles nothing when it goes on."""

from __future__ import annotations

import multiprocessing
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping

import pytest

from loader.harvest.harvest_state import read_state
from nbkg.records.store.record_store import open_records
from tests.loader.harvest.killed_harvest import run_harvests
from tests.loader.harvest.local_provider import Site, identify, item, page

Run = Callable[[Site, int, int | str], int | None]
"""Harvests, and dies at a call; returns the exit code."""

_SPAWN = multiprocessing.get_context("spawn")
_POINTS = 24
"""How many points of a harvest are tried; its calls are divided evenly among them."""
_EXPECTED = {"1": "A", "2": "B2", "3": "C", "5": "E", "6": "F"}


def _answer(query: Mapping[str, str]) -> str:
    """Answer a list of three pages; a record changes and another one goes in the middle of it."""
    if query.get("verb") == "Identify":
        return identify()
    if "from" in query:
        return page(item("6", "F"), date="2026-03-03T00:00:00Z")
    return {
        None: page(item("1", "A"), item("2", "B", stamp="2026-03-01T09:00:00Z"), item("4", "D"), then="p2"),
        "p2": page(item("2", "B2"), item("3", "C"), then="p3"),
        "p3": page(item("4", stamp="2026-03-01T11:00:00Z"), item("5", "E"), item("1", "A")),
    }[query.get("resumptionToken")]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Harvest in children of one process, which imports the harvest once and leaves this one's fork server alone."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=run_harvests, args=(theirs,))
    process.start()

    def ask(site: Site, batch_bytes: int, last_call: int | str) -> int | None:
        ours.send((site.provider.address, site.folder, batch_bytes, last_call))
        exit_code: int | None = ours.recv()
        return exit_code

    yield ask
    ours.send(None)
    process.join(60)
    ours.close()
    theirs.close()


@pytest.mark.parametrize("batch_bytes", [1, 1 << 26], ids=["a delivery for each page", "one delivery"])
def test_a_harvest_that_is_killed_anywhere_goes_on(site: Site, run: Run, batch_bytes: int) -> None:
    site.provider.answer = _answer
    assert run(site, batch_bytes, 0) == 0
    calls = int((site.folder / "calls").read_text(encoding="utf-8"))
    assert calls > 300
    resumed = 0
    for number in range(1, _POINTS):
        shutil.rmtree(site.folder / "s")
        assert run(site, batch_bytes, calls * number // _POINTS) == -signal.SIGKILL
        with read_state(site.folder, "s") as state:  # what is known of it can be read at any time
            assert state is None or state.stage.count_waiting() <= len(_EXPECTED)
        report = site.harvest()
        first = next(iter(site.provider.lists()), {})  # none where only the last delivery was missing
        resumed += "resumptionToken" in first
        if "from" not in first:
            assert (report.outcome, report.exit_code) == ("complete", 0)
            report = site.harvest()
        assert (report.outcome, report.new, report.exit_code) == ("changes", 1, 0)
        assert site.records() == _EXPECTED
        _check_nothing_doubled(site)
    assert resumed >= 3


@pytest.mark.parametrize("function", ["note_harvest", "flush", "commit", "_note", "set_delivered", "set_list"])
def test_a_delivery_that_a_run_was_killed_in_is_made_once(site: Site, run: Run, function: str) -> None:
    """At `commit`, the delivery is complete on disk and its index does not know it."""
    site.provider.answer = _answer
    assert run(site, 1 << 26, function) == -signal.SIGKILL
    while site.harvest().outcome != "changes":
        assert site.records()
    assert site.records() == _EXPECTED
    _check_nothing_doubled(site)


def _check_nothing_doubled(site: Site) -> None:
    with open_records(site.folder, "s") as store:
        versions = {each.title: len(store.versions(each.record)) for each in store.iter_records()}
        added = sum(delivery.new for delivery in store.deliveries)
        assert len({delivery.harvest for delivery in store.deliveries}) == len(store.deliveries)
    assert set(versions) == set(_EXPECTED)
    assert {name: count for name, count in versions.items() if count > 1} in ({}, {"2": 2})
    assert added in {5, 6}  # the sixth is the one that goes in the middle, where a delivery had it before
