"""A worker as the server sees it: started, asked, killed."""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection

from sparql_endpoint.errors import QueryTooLargeError, QueryTooSlowError, StoreUnavailableError
from sparql_endpoint.workers.messages import END, ERROR, Job

_POLITE = 1.0
"""Seconds after which a query gives way to shorter ones."""
_GIVES_WAY = 10
_STARTS_WITHIN = 60.0


class Worker:
    """One process; it answers one job at a time."""

    def __init__(self, address: str, *, union: bool, megabytes: int) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            arguments = [str(theirs.fileno()), address, "union" if union else "plain", str(megabytes)]
            command = [sys.executable, "-m", "sparql_endpoint.workers", *arguments]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603  # our own module
        self._connection = Connection(ours.detach())
        self._megabytes = megabytes
        self._ready = False
        self.fresh = True
        """False once it has run for so long that it gave way to others; it cannot be made as quick again."""

    def ask(self, job: Job, seconds: float) -> Iterator[bytes]:
        """The blocks of the answer. Raises, at any block, QueryTooSlowError, QueryTooLargeError or the worker's error.

        After any of them but the worker's own error the process is gone. Not to be left before its end but by `kill`.
        """
        self.wait_until_ready()
        until = time.monotonic() + seconds
        self._connection.send(job)
        while True:
            tag, block = self._message(until, seconds)
            if tag == ERROR:
                raise pickle.loads(block)  # noqa: S301  # from our own process
            if block:
                yield block
            if tag == END:
                return

    def wait_until_ready(self) -> None:
        """Returns once it waits for a job. Raises StoreUnavailableError where it could not start."""
        if self._ready:
            return
        with suppress(EOFError, OSError):
            if self._connection.poll(_STARTS_WITHIN):
                self._connection.recv_bytes()
                self._ready = True
                return
        self.kill()
        raise StoreUnavailableError("a query process could not start; see the server's log")

    def _message(self, until: float, seconds: float) -> tuple[bytes, bytes]:
        if not self._arrives(until):
            self.kill()
            raise QueryTooSlowError(f"the query took longer than {seconds:g} s", seconds)
        try:
            message = self._connection.recv_bytes()
        except (EOFError, OSError) as error:
            self.kill()
            told = f"the query needed more than {self._megabytes} MB of memory, or broke the engine"
            raise QueryTooLargeError(told) from error
        return message[:1], message[1:]

    def _arrives(self, until: float) -> bool:
        left = until - time.monotonic()
        if self.fresh and left > _POLITE:
            if self._connection.poll(_POLITE):
                return True
            self._give_way()
        return self._connection.poll(max(0.0, until - time.monotonic()))

    def _give_way(self) -> None:
        self.fresh = False
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _GIVES_WAY)

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
        self._process.kill()
        self._process.wait()
        self._connection.close()
