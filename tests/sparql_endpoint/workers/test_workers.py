"""Queries in processes of their own: what takes too long or too much is ended, and the next is answered."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from nbkg.errors import StoreUnavailableError
from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint.errors import AbandonedError, BusyError, QuerySyntaxError, QueryTooLargeError, QueryTooSlowError
from sparql_endpoint.http import formats
from sparql_endpoint.http.cancellation import Cancellation, current
from sparql_endpoint.stores import open_store
from sparql_endpoint.stores.base import Question
from sparql_endpoint.workers import allocator
from sparql_endpoint.workers.jobs import QueryJob, Start
from sparql_endpoint.workers.pool import Pool
from sparql_endpoint.workers.pooled_store import PooledStore
from sparql_endpoint.workers.worker import Worker

ASK = Question("ASK { ?s ?p ?o }")
ENDLESS = Question("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
HUGE = Question("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i")
GROWING = Question("SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("store")
    store = ox.Store(str(folder))
    nodes = [ox.NamedNode(f"urn:n{number}") for number in range(500)]
    store.bulk_extend(ox.Quad(node, ox.NamedNode("urn:p"), other) for node in nodes for other in nodes[:4])
    store.flush()
    del store
    return str(folder)


@pytest.fixture
def pool(address: str) -> Iterator[Pool]:
    readers = Pool(partial(Worker, _start(address)), most=2)
    yield readers
    readers.close()


def _start(address: str) -> Start:
    return Start("read", address, DefaultGraph.PRESENT, megabytes=400)


def _store(address: str, pool: Pool, seconds: float) -> PooledStore:
    return PooledStore(open_store(address), pool, seconds)


def _read(store: PooledStore, question: Question) -> str:
    return b"".join(store.answer(question, formats.CSV)).decode()


def test_answers_are_those_of_the_store(address: str, pool: Pool) -> None:
    pooled, inner = _store(address, pool, 20), open_store(address)
    for text in ("ASK {}", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT * { ?s ?p ?o } ORDER BY ?s ?o"):
        assert _read(pooled, Question(text)) == b"".join(inner.answer(Question(text), formats.CSV)).decode()
    assert pooled.version() == inner.version()


def test_an_endless_query_is_ended_and_the_next_answered(address: str, pool: Pool) -> None:
    store = _store(address, pool, 1.5)
    start = time.monotonic()
    with pytest.raises(QueryTooSlowError, match=r"longer than 1\.5 s") as caught:
        _read(store, ENDLESS)
    assert 1.4 < time.monotonic() - start < 6
    assert caught.value.headers == {"Retry-After": "2"}
    assert _read(store, ASK) == "true"


def test_a_limit_late_in_the_answer_breaks_it_off(address: str, pool: Pool) -> None:
    blocks = iter(_store(address, pool, 1.5).answer(GROWING, formats.CSV))
    assert next(blocks)
    with pytest.raises(QueryTooSlowError):
        list(blocks)


def test_who_wants_no_more_ends_the_process(address: str, pool: Pool) -> None:
    answer = _store(address, pool, 20).answer(GROWING, formats.CSV)
    assert not isinstance(answer, list)
    answer.close()  # type: ignore[attr-defined]
    assert pool.running == 0
    assert _read(_store(address, pool, 20), ASK) == "true"


def test_a_client_that_goes_ends_its_query(address: str, pool: Pool) -> None:
    cancellation = Cancellation()
    timer = threading.Timer(0.5, cancellation.cancel)
    timer.start()
    token = current.set(cancellation)
    try:
        start = time.monotonic()
        with pytest.raises(AbandonedError):
            _read(_store(address, pool, 20), ENDLESS)
        assert time.monotonic() - start < 5
    finally:
        current.reset(token)
        timer.join()
    assert _read(_store(address, pool, 20), ASK) == "true"


def test_a_query_that_takes_too_much_memory_is_ended(address: str, pool: Pool) -> None:
    store = _store(address, pool, 60)
    with pytest.raises(QueryTooLargeError, match="400 MB"):
        _read(store, HUGE)
    assert _read(store, ASK) == "true"


def test_an_error_of_the_query_keeps_its_place_and_the_process(address: str, pool: Pool) -> None:
    store = _store(address, pool, 20)
    with pytest.raises(QuerySyntaxError) as caught:
        _read(store, Question("SELECT *\n{ ?s ?p"))
    assert (caught.value.line, caught.value.column) == (2, 8)
    assert _read(store, ASK) == "true"


def test_as_many_as_may_run(address: str, pool: Pool) -> None:
    first, second = pool.take(), pool.take()
    with pytest.raises(BusyError, match="2 queries"):
        _read(_store(address, pool, 20), ASK)
    pool.give_back(first, usable=True)
    pool.give_back(second, usable=True)
    assert _read(_store(address, pool, 20), ASK) == "true"


def test_a_killed_process_is_replaced(address: str, pool: Pool) -> None:
    worker = pool.take()
    worker.wait_until_ready()
    pool.give_back(worker, usable=True)
    os.kill(worker.pid, signal.SIGKILL)
    while worker.alive:
        time.sleep(0.01)
    assert _read(_store(address, pool, 20), ASK) == "true"


def test_no_process_is_left_behind(address: str) -> None:
    worker = Worker(_start(address))
    worker.wait_until_ready()
    assert list(worker.run(QueryJob(ASK, formats.CSV), 20)) == [b"true"]
    worker.kill()
    assert not worker.alive


ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="asks the system as only Linux answers")


@ON_LINUX
def test_a_slow_query_gives_way_and_its_process_is_as_quick_as_before_for_the_next(address: str, pool: Pool) -> None:
    worker = pool.take()
    answer = worker.run(QueryJob(ENDLESS, formats.CSV), 3)
    with pytest.raises(QueryTooSlowError):
        next(answer)
    assert not worker.fresh
    worker = pool.take()
    worker.wait_until_ready()
    worker._give_way()  # a query that takes just over a second would make the test depend on the machine
    assert os.sched_getscheduler(worker.pid) == os.SCHED_BATCH
    pool.give_back(worker, usable=True)
    assert pool.take() is worker
    assert (worker.fresh, os.sched_getscheduler(worker.pid)) == (True, os.SCHED_OTHER)
    pool.give_back(worker, usable=True)


@ON_LINUX
@pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="its package is for these alone")
def test_the_engine_has_the_allocator_and_only_in_the_processes(address: str, pool: Pool) -> None:
    worker = pool.take()
    worker.wait_until_ready()
    assert allocator.library() in Path(f"/proc/{worker.pid}/maps").read_text()
    assert allocator.library() not in Path("/proc/self/maps").read_text()
    pool.give_back(worker, usable=True)


@ON_LINUX
def test_a_fork_server_that_ends_is_started_again(address: str, pool: Pool) -> None:
    store = _store(address, pool, 20)
    assert _read(store, ASK) == "true"
    worker = pool.take()
    parent = _parents()[worker.pid]
    assert _parents()[parent] == os.getpid()
    os.kill(parent, signal.SIGKILL)
    with pytest.raises((QueryTooLargeError, StoreUnavailableError)):
        list(worker.run(QueryJob(ENDLESS, formats.JSON), 10))
    pool.give_back(worker, usable=False)
    assert _read(store, ASK) == "true"
    assert worker.pid not in _parents()


_SERVES = """
import sys
from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint.http import formats
from sparql_endpoint.stores.base import Question
from sparql_endpoint.workers.jobs import QueryJob, Start
from sparql_endpoint.workers.worker import Worker

idle, busy = (Worker(Start("read", sys.argv[1], DefaultGraph.PRESENT, megabytes=400)) for _ in range(2))
idle.wait_until_ready()
blocks = busy.run(QueryJob(Question(sys.argv[2]), formats.CSV), 600)
print(idle.pid, busy.pid, flush=True)
next(blocks)
"""


@ON_LINUX
def test_nothing_outlives_a_server_that_is_killed(address: str) -> None:
    command = [sys.executable, "-c", _SERVES, address, ENDLESS.text]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        readers = [int(pid) for pid in server.stdout.readline().split()]
        started = [*readers, _parents()[readers[0]]]
        time.sleep(0.3)
        server.kill()
    until = time.monotonic() + 10
    while set(started) & set(_parents()):
        assert time.monotonic() < until, "a process goes on without its server"
        time.sleep(0.02)


@ON_LINUX
def test_processes_do_not_share_their_chances(address: str) -> None:
    random = Question("SELECT (RAND() AS ?r) (STRUUID() AS ?u) (BNODE() AS ?b) {}")
    values = []
    for _ in range(3):
        worker = Worker(_start(address))
        values += b"".join(worker.run(QueryJob(random, formats.TSV), 10)).split(b"\n")[1].split(b"\t")
        worker.kill()
    assert len(set(values)) == 9


def _parents() -> dict[int, int]:
    """The parent of each process that runs, and has not only not been waited for."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                parents[int(entry.name)] = int(parent)
    return parents
