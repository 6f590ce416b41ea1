"""A query process: it does one job after the other on its own view of a store, until it is killed or told to stop."""

from __future__ import annotations

import os
import pickle
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from nbkg.errors import NbkgError, StoreError
from sparql_endpoint.stores.kept_versions import Releases, open_release
from sparql_endpoint.stores.oxigraph import open_directory
from sparql_endpoint.workers.jobs import BLOCK, DATA, END, ERROR, READY, Job, QueryJob, Start, WriterJob, unpack
from sparql_endpoint.workers.process_settings import collect_seldom, die_with_parent, set_name
from sparql_endpoint.workers.writer import Writer

_OPEN_RELEASES = 2
"""Releases that stay open in a process."""
_MOST_DESCRIPTORS = 1 << 16
_Do = Callable[[Job, "Output"], object]


class Output:
    """A file that sends what is written in blocks; nothing before the first block is full or the result complete."""

    def __init__(self, channel: Connection) -> None:
        self._channel = channel
        self._buffer = bytearray(DATA)

    def write(self, data: bytes) -> int:
        """Take all of the data."""
        self._buffer += data
        if len(self._buffer) > BLOCK:
            self._channel.send_bytes(self._buffer)
            del self._buffer[1:]
        return len(data)

    def flush(self) -> None:
        """Send nothing: the engine calls this at the end, and the last block is sent by `finish`."""

    def finish(self) -> None:
        """Send the rest as the last block."""
        self._buffer[:1] = END
        self._channel.send_bytes(self._buffer)


def run(channel: Connection, start: Start) -> None:
    """Do the jobs that come by a channel, until the server closes it or has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _close_all_but(channel.fileno())
    die_with_parent()
    set_name(f"nbkg {start.role}")
    collect_seldom()
    do = _open_writer(start) if start.role == "write" else _open_reader(start)
    limit = start.megabytes << 20
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    try:
        _work(channel, do)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _close_all_but(descriptor: int) -> None:
    """Close what a child inherits beside its channel.

    One end of a pipe is among it that tells the fork server by its closing that the server has ended: a query that goes
    on would keep both processes alive.
    """
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, _MOST_DESCRIPTORS)


def _work(channel: Connection, do: _Do) -> None:
    channel.send_bytes(READY)
    while True:
        job = unpack(channel.recv_bytes())
        output = Output(channel)
        try:
            do(job, output)
            output.finish()
        except NbkgError as error:
            channel.send_bytes(ERROR + pickle.dumps(error))
        except (ValueError, MemoryError) as error:
            channel.send_bytes(ERROR + pickle.dumps(StoreError(str(error))))


def _open_reader(start: Start) -> _Do:
    store = open_directory(start.address, start.default_graph, start.hosts)
    releases = Releases(
        Path(start.address),
        lambda _, checkpoint: open_release(checkpoint, start.default_graph, start.hosts),
        _OPEN_RELEASES,
    )

    def do(job: Job, output: Output) -> None:
        if not isinstance(job, QueryJob):
            raise StoreError("a reader only answers queries")
        queried = releases.at(job.release) if job.release else store
        queried.write(job.question, job.form, job.prefixes, output, job.version)  # type: ignore[arg-type]  # all that it uses

    return do


def _open_writer(start: Start) -> _Do:
    writer = Writer(Path(start.address), start.hosts)

    def do(job: Job, output: Output) -> None:
        if not isinstance(job, WriterJob):
            raise StoreError("the writer only takes changes")
        output.write(b"true" if getattr(writer, job.method)(*job.arguments) else b"")

    return do
