"""A query process as the server sees it: started, given jobs, killed."""

from __future__ import annotations

import os
import pickle
import select
import threading
import time
from collections.abc import Generator
from contextlib import suppress

from nbkg.errors import StoreUnavailableError
from sparql_endpoint.errors import AbandonedError, QueryTooLargeError, QueryTooSlowError
from sparql_endpoint.http.cancellation import current
from sparql_endpoint.workers import fork_server, process_settings
from sparql_endpoint.workers.jobs import DATA, END, ERROR, Job, Start, pack
from sparql_endpoint.workers.process import run

_POLITE = 1.0
"""Seconds after which a query gives way to shorter ones."""
_ENDS_BY_ITSELF = 0.3
"""Seconds that a query which nobody waits for any more may go on."""
_STARTS_WITHIN = 60.0
_READING = 10
"""How many times the time limit a client may take to read a result."""


class Worker:
    """One process; it does one job at a time."""

    def __init__(self, start: Start) -> None:
        self._process, self._channel = fork_server.fork(run, start)
        self._poll = select.poll()  # Connection.poll makes a selector each time: 6 to 30 µs more
        self._poll.register(self._channel.fileno(), select.POLLIN)
        self._megabytes = start.megabytes
        self._early = b""
        self._seconds = self._since = 0.0
        self.is_ready = False
        """Whether it has told that it waits for jobs."""
        self.done = True
        """Whether all of the last result has come."""
        self.fresh = True
        """False once it has run for so long that it gave way to others, or was ended."""

    def run(self, job: Job, seconds: float) -> Generator[bytes, None, None]:
        """Give it a job, and return the blocks of the result; see `rest`."""
        self.begin(job, seconds)
        return self.rest()

    def begin(self, job: Job, seconds: float) -> None:
        """Give it a job. Raises StoreUnavailableError where it cannot start."""
        self.wait_until_ready()
        self._seconds = seconds
        self._since = time.monotonic()
        self.done = False
        try:
            self._channel.send_bytes(pack(job))
        except OSError as error:
            self.kill()
            raise StoreUnavailableError("a query process has ended; try again") from error

    def at_once(self) -> bytes | None:
        """Return all of the result where it has come and is of one block; else None, and `rest` gives it."""
        with suppress(EOFError, OSError):
            if self._early or not self.waits(0):
                return None
            message = self._read()
            if message.startswith(END):
                self.done = True
                return message[1:]
            self._early = message
        return None

    def waits(self, seconds: float) -> bool:
        """Return whether something of the result comes within a time."""
        return bool(self._poll.poll(seconds * 1000))

    def rest(self) -> Generator[bytes, None, None]:
        """Yield the blocks of the result.

        Raises, at any block, QueryTooSlowError, QueryTooLargeError, AbandonedError or the worker's own error. After
        any but the last the process has ended. It must not be left before its end but by `kill`. The time that the
        client takes between blocks does not count toward the limit, but may not be more than ten times as much.
        """
        cancellation = current.get()
        if cancellation:
            cancellation.add(self._cancel)
        try:
            yield from self._blocks()
        except (EOFError, OSError) as error:
            self.kill()
            if cancellation and cancellation.is_cancelled:
                raise AbandonedError("the client has gone") from error
            message = f"the query needed more than {self._megabytes} MB of memory, or broke the engine"
            raise QueryTooLargeError(message) from error
        finally:
            if cancellation:
                cancellation.remove(self._cancel)

    def _cancel(self) -> None:
        """Kill the process unless it comes to an end by itself within a moment: another takes longer to start."""
        since = self._since

        def end() -> None:
            if not self.done and self._since == since and self.alive:
                self._process.kill()

        timer = threading.Timer(_ENDS_BY_ITSELF, end)
        timer.daemon = True
        timer.start()

    def _blocks(self) -> Generator[bytes, None, None]:
        until = self._since + self._seconds
        while True:
            message = self._message(until)
            tag, block = message[:1], message[1:]
            self.done = tag != DATA
            if tag == ERROR:
                raise pickle.loads(block)  # noqa: S301  # from our own process
            if block:
                paused = time.monotonic()
                yield block
                until = min(until + time.monotonic() - paused, self._since + _READING * self._seconds)
            if tag == END:
                return

    def wait_until_ready(self) -> None:
        """Return once it waits for a job. Raises StoreUnavailableError where it could not start."""
        if self.is_ready:
            return
        with suppress(EOFError, OSError):
            self._receive(time.monotonic() + _STARTS_WITHIN)
            self.is_ready = True
            return
        self.kill()
        raise StoreUnavailableError("a query process could not start; see the server's log")

    def _message(self, until: float) -> bytes:
        if self._early:
            early, self._early = self._early, b""
            return early
        try:
            return self._receive_patiently(until)
        except TimeoutError:
            self.kill()
            message = f"the query took longer than {self._seconds:g} s"
            raise QueryTooSlowError(message, self._seconds) from None

    def _receive_patiently(self, until: float) -> bytes:
        """Return the next message; a process that is slow to send it gives way to others."""
        polite = time.monotonic() + _POLITE
        if self.fresh and polite < until:
            with suppress(TimeoutError):
                return self._receive(polite)
            self._give_way()
        return self._receive(until)

    def _receive(self, until: float) -> bytes:
        """Return the next message. Raises TimeoutError at the monotonic time `until`, EOFError, OSError."""
        if not self.waits(max(0.0, until - time.monotonic())):
            raise TimeoutError
        return self._read()

    def _read(self) -> bytes:
        os.set_blocking(self.fileno(), True)  # an event loop that waited for it has made it non-blocking (libuv does)
        return self._channel.recv_bytes()

    def _give_way(self) -> None:
        self.fresh = False
        process_settings.give_way(self.pid)

    def restore(self) -> None:
        """Make it as quick as it was, where the system lets us."""
        self.fresh = process_settings.restore(self.pid)

    def fileno(self) -> int:
        """Return the descriptor of the channel, to wait for."""
        return self._channel.fileno()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid or 0

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self.fresh = False
        if self.alive:
            self._process.kill()
        self._process.join()
        self._channel.close()
