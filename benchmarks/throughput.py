"""How many requests a peer answers in a time, when so many clients each ask one after the other.

Small queries are asked by `wrk` where it is there, which takes little of the machine; else, and for answers that take
long, by a process per client.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from benchmarks.client import Address, Client
from benchmarks.mix import Question

_CONTEXT = multiprocessing.get_context("fork")
_SCRIPT = Path(__file__).parent / "wrk.lua"


class AskingError(Exception):
    """A load that could not be put on a peer."""


@dataclass(frozen=True)
class Rate:
    """What came of asking for a time; seconds but for `bytes`, which are those of answers. `by` is who asked."""

    requests: int
    failed: int
    seconds: float
    bytes: int
    median: float
    p95: float
    by: str

    @property
    def per_second(self) -> float:
        """Answered requests per second, those that failed left out."""
        return (self.requests - self.failed) / self.seconds


def asker() -> str:
    """Who asks the small queries here."""
    return "wrk" if shutil.which("wrk") else "processes"


def by_wrk(address: Address, questions: Sequence[Question], clients: int, seconds: int) -> Rate:
    """Asks by one thread of wrk; from the start again where there are too few questions."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(f"{question.media_type}\t{address.target(question.text)}\n" for question in questions)
        file.flush()
        times = ["-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s"]
        where = f"http://{address.host}:{address.port}/"
        command = ["wrk", *times, "-s", str(_SCRIPT), where, "--", file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AskingError(f"wrk at {where}: {(done.stderr or done.stdout)[-400:].strip()}")
    return Rate(**json.loads(done.stdout.splitlines()[-1]), by="wrk")


def by_processes(address: Address, shares: Sequence[Sequence[Question]], seconds: int) -> Rate:
    """Asks by a process per share, each on its own connection; a request that began in time is finished and counted."""
    results: Queue[_Outcome] = _CONTEXT.Queue()
    ready = _CONTEXT.Barrier(len(shares))
    clients = [_CONTEXT.Process(target=_ask, args=(address, share, seconds, ready, results)) for share in shares]
    for client in clients:
        client.start()
    outcomes = [results.get() for _ in clients]
    for client in clients:
        client.join()
    return _rate(outcomes)


@dataclass(frozen=True)
class _Outcome:
    seconds_each: list[float]
    failed: int
    bytes: int
    seconds: float


def _ask(
    address: Address, questions: Sequence[Question], seconds: int, ready: Barrier, results: Queue[_Outcome]
) -> None:
    requests = cycle([address.request(question) for question in questions])
    client = Client(address)
    seconds_each, failed, size = list[float](), 0, 0
    ready.wait()
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        try:
            answer = client.ask(next(requests))
        except OSError:
            failed += 1
            continue
        seconds_each.append(answer.seconds)
        failed += answer.status != 200
        size += len(answer.body)
    results.put(_Outcome(seconds_each, failed, size, time.perf_counter() - start))


def _rate(outcomes: Sequence[_Outcome]) -> Rate:
    seconds_each = sorted(seconds for one in outcomes for seconds in one.seconds_each) or [float("nan")]
    lost = sum(one.failed for one in outcomes)
    return Rate(
        requests=sum(len(one.seconds_each) for one in outcomes),
        failed=lost,
        seconds=max(one.seconds for one in outcomes),
        bytes=sum(one.bytes for one in outcomes),
        median=statistics.median(seconds_each),
        p95=percentile(seconds_each, 0.95),
        by="processes",
    )


def percentile(values: Sequence[float], part: float) -> float:
    """The value that this part of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
