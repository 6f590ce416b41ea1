"""What the server and a process send each other over a socket: a job one way, tagged blocks of bytes the other way.

A message is a tag of one byte, the length of the rest in four bytes (little-endian), and the rest.
"""

from __future__ import annotations

import marshal
import pickle
import select
import socket
import struct
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sparql_endpoint.http.formats import Format, by_name
from sparql_endpoint.stores.base import Document, Question, Update

BLOCK = 1 << 16
"""Bytes of an answer that are sent at a time, the last block aside."""

READY, ASK, JOB, DATA, END, ERROR = b"R", b"A", b"J", b"D", b"E", b"X"
"""It waits for a job; a query; another job, pickled; a block; the last block, the answer is whole; a pickled error."""

_HEAD = struct.Struct("<cI")


@dataclass(frozen=True)
class Ask:
    """A query, how to answer it, and of which version of the data."""

    question: Question
    form: Format
    prefixes: Mapping[str, str] | None = None
    version: str = ""
    release: str = ""
    """The release that is asked; empty for the data as it is now."""


@dataclass(frozen=True)
class Change:
    """A SPARQL update."""

    update: Update


@dataclass(frozen=True)
class HasGraph:
    """Whether a graph is there."""

    graph: str | None


@dataclass(frozen=True)
class WriteGraph:
    """Documents to be added to a graph, or put in place of what it holds."""

    graph: str | None
    documents: Sequence[Document]
    replace: bool


@dataclass(frozen=True)
class DeleteGraph:
    """A graph to be removed."""

    graph: str | None


@dataclass(frozen=True)
class Keep:
    """What the store holds now is to be kept as a release, in a folder that is not there yet."""

    folder: str


Job = Ask | Change | HasGraph | WriteGraph | DeleteGraph | Keep


def packed(job: Job) -> tuple[bytes, bytes]:
    """A job as it is sent: the tag and the rest. Queries are many and small, and pickle takes three times as long."""
    if not isinstance(job, Ask):
        return JOB, pickle.dumps(job, pickle.HIGHEST_PROTOCOL)
    asked = job.question
    prefixes = dict(job.prefixes) if job.prefixes else None
    graphs = asked.default_graphs, asked.named_graphs
    return ASK, marshal.dumps(
        (asked.text, *graphs, asked.plain, asked.base, job.form.name, prefixes, job.version, job.release)
    )


def unpacked(tag: bytes, rest: bytes) -> Job:
    """The job that was sent by our own server."""
    if tag != ASK:
        job: Job = pickle.loads(rest)  # noqa: S301  # from our own server
        return job
    text, default, named, plain, base, form, prefixes, version, release = marshal.loads(rest)  # noqa: S302  # likewise
    return Ask(Question(text, default, named, plain, base), by_name(form), prefixes, version, release)


class Channel:
    """One end of the socket. Raises EOFError or OSError where the other end is gone."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._read = bytearray()
        self._poll = select.poll()
        self._poll.register(end, select.POLLIN)

    def send(self, tag: bytes, rest: bytes | bytearray = b"") -> None:
        """Sends one message, however long that takes."""
        self._socket.sendall(_HEAD.pack(tag, len(rest)) + rest)

    def receive(self, until: float | None = None) -> tuple[bytes, bytes]:
        """The tag and the rest of the next message. Raises TimeoutError at the monotonic time `until`."""
        self._fill(_HEAD.size, until)
        tag, length = _HEAD.unpack_from(self._read)
        end = _HEAD.size + length
        self._fill(end, until)
        rest = bytes(memoryview(self._read)[_HEAD.size : end])
        del self._read[:end]
        return tag, rest

    def _fill(self, length: int, until: float | None) -> None:
        while len(self._read) < length:
            if until is not None or self._socket.gettimeout() is not None:
                self._socket.settimeout(None if until is None else max(0.000_001, until - time.monotonic()))
            block = self._socket.recv(max(BLOCK + _HEAD.size, length - len(self._read)))
            if not block:
                raise EOFError("the other end is gone")
            self._read += block

    def at_once(self) -> tuple[bytes, bytes] | None:
        """The next message, where all of it is there already."""
        try:
            block = self._socket.recv(BLOCK + _HEAD.size, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        if not block:
            raise EOFError("the other end is gone")
        self._read += block
        if len(self._read) < _HEAD.size or len(self._read) < _HEAD.size + _HEAD.unpack_from(self._read)[1]:
            return None
        return self.receive()

    def waits(self, seconds: float) -> bool:
        """Whether something comes within a time."""
        return bool(self._poll.poll(seconds * 1000))

    def fileno(self) -> int:
        """The descriptor, to wait for."""
        return self._socket.fileno()

    def settle(self) -> None:
        """Sends and receives wait as long as it takes again."""
        if self._socket.gettimeout() is not None:
            self._socket.settimeout(None)

    def close(self) -> None:
        """Closes this end."""
        self._socket.close()
