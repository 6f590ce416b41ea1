"""A process as the server sees it: started, given jobs, killed."""

from __future__ import annotations

import pickle
import socket
import threading
import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass

from nbkg.errors import StoreUnavailableError
from sparql_endpoint.errors import AbandonedError, QueryTooLargeError, QueryTooSlowError
from sparql_endpoint.http.cancellation import current
from sparql_endpoint.workers import processes, zygote
from sparql_endpoint.workers.messages import END, ERROR, Channel, Job, packed

_POLITE = 1.0
"""Seconds after which a query gives way to shorter ones."""
_COMES_TO_AN_END = 0.3
"""Seconds that a query which nobody waits for any more may go on."""
_STARTS_WITHIN = 60.0
_READING = 10
"""How many times the time limit a client may take to read an answer."""


@dataclass(frozen=True)
class Start:
    """What a process is told when it starts: its role, its store, and what it may."""

    role: str
    """`read` or `write`."""
    address: str
    union: bool
    megabytes: int
    hosts: tuple[str, ...] = ()
    """The hosts that SERVICE and LOAD may call."""


class Worker:
    """One process; it does one job at a time."""

    def __init__(self, start: Start) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = zygote.start(theirs, _arguments(start))
        self._channel = Channel(ours)
        self._megabytes = start.megabytes
        self._ready = False
        self._early: tuple[bytes, bytes] | None = None
        self._seconds = self._begun = 0.0
        self.done = True
        """Whether all of the last answer has come."""
        self.fresh = True
        """False once it has run for so long that it gave way to others, or was ended."""

    def ask(self, job: Job, seconds: float) -> Generator[bytes, None, None]:
        """The blocks of the answer; see `rest`."""
        self.begin(job, seconds)
        return self.rest()

    def begin(self, job: Job, seconds: float) -> None:
        """Gives it a job. Raises StoreUnavailableError where it cannot start."""
        self.wait_until_ready()
        self._seconds = seconds
        self._begun = time.monotonic()
        self.done = False
        self._channel.settle()
        try:
            self._channel.send(*packed(job))
        except OSError as error:
            self.kill()
            raise StoreUnavailableError("a query process has ended; try again") from error

    def at_once(self) -> bytes | None:
        """All of the answer, where it is there already and of one block; else None, and `rest` gives it.

        Raises the worker's own error.
        """
        with suppress(EOFError, OSError):
            message = None if self._early else self._channel.at_once()
            if message is None:
                return None
            if message[0] == END:
                self.done = True
                return message[1]
            self._early = message
        return None

    @property
    def has_begun(self) -> bool:
        """Whether `at_once` has met an answer that it does not give: one of several blocks, or an error."""
        return self._early is not None

    def waits(self, seconds: float) -> bool:
        """Whether something of the answer comes within a time."""
        return self._channel.waits(seconds)

    def rest(self) -> Generator[bytes, None, None]:
        """The blocks of the answer.

        Raises, at any block, QueryTooSlowError, QueryTooLargeError, AbandonedError or the worker's own error. After
        any but the last the process is gone. Not to be left before its end but by `kill`. The time that the reader
        takes between blocks does not count toward the limit, but may not be more than ten times as much.
        """
        abandoned = current.get()
        if abandoned:
            abandoned.add(self._abandon)
        try:
            yield from self._blocks()
        except (EOFError, OSError) as error:
            self.kill()
            if abandoned and abandoned.is_cancelled:
                raise AbandonedError("the client has gone") from error
            told = f"the query needed more than {self._megabytes} MB of memory, or broke the engine"
            raise QueryTooLargeError(told) from error
        finally:
            if abandoned:
                abandoned.remove(self._abandon)

    def _abandon(self) -> None:
        """Ends the process, unless it comes to an end by itself within a moment: another takes longer to start."""
        begun = self._begun

        def end() -> None:
            if not self.done and self._begun == begun:
                self._process.kill()

        timer = threading.Timer(_COMES_TO_AN_END, end)
        timer.daemon = True
        timer.start()

    def _blocks(self) -> Generator[bytes, None, None]:
        until = self._begun + self._seconds
        while True:
            tag, block = self._message(until)
            self.done = tag in (END, ERROR)
            if tag == ERROR:
                raise pickle.loads(block)  # noqa: S301  # from our own process
            if block:
                given = time.monotonic()
                yield block
                until = min(until + time.monotonic() - given, self._begun + _READING * self._seconds)
            if tag == END:
                return

    def wait_until_ready(self) -> None:
        """Returns once it waits for a job. Raises StoreUnavailableError where it could not start."""
        if self._ready:
            return
        with suppress(EOFError, OSError):
            self._channel.receive(time.monotonic() + _STARTS_WITHIN)
            self._channel.settle()
            self._ready = True
            return
        self.kill()
        raise StoreUnavailableError("a query process could not start; see the server's log")

    def _message(self, until: float) -> tuple[bytes, bytes]:
        if self._early:
            early, self._early = self._early, None
            return early
        try:
            return self._patiently(until)
        except TimeoutError:
            self.kill()
            told = f"the query took longer than {self._seconds:g} s"
            raise QueryTooSlowError(told, self._seconds) from None

    def _patiently(self, until: float) -> tuple[bytes, bytes]:
        """The next message; a process that lets wait for it gives way to others."""
        polite = time.monotonic() + _POLITE
        if self.fresh and polite < until:
            with suppress(TimeoutError):
                return self._channel.receive(polite)
            self._give_way()
        return self._channel.receive(until)

    def _give_way(self) -> None:
        self.fresh = False
        processes.give_way(self._process.pid)

    def restore(self) -> None:
        """Makes it as quick as it was, where the system lets us."""
        self.fresh = processes.restore(self._process.pid)

    def fileno(self) -> int:
        """The descriptor of the socket, to wait for."""
        return self._channel.fileno()

    @property
    def is_ready(self) -> bool:
        """Whether it has told that it waits for jobs."""
        return self._ready

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def kill(self) -> None:
        """Ends the process, whatever it is doing."""
        self.fresh = False
        self._process.kill()
        self._process.wait()
        self._channel.close()


def _arguments(start: Start) -> list[str]:
    default_graph = "union" if start.union else "plain"
    return [start.role, start.address, default_graph, str(start.megabytes), ",".join(start.hosts)]
