"""A process: does one job after the other on its own view of a store, until it is killed or told to stop.

Arguments: the file descriptor of the socket to the server, the role (read or write), the store's address, whether the
default graph is the union of all, how many megabytes of memory it may take, and the hosts that may be called. With the
role zygote alone it forks such processes, whose arguments come by the socket.
"""

from __future__ import annotations

import pickle
import resource
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from nbkg.errors import NbkgError, StoreError
from sparql_endpoint.stores.oxigraph import open_directory
from sparql_endpoint.stores.releases import Releases, open_release
from sparql_endpoint.workers import zygote
from sparql_endpoint.workers.messages import BLOCK, DATA, END, ERROR, READY, Ask, Channel, Job, unpacked
from sparql_endpoint.workers.processes import call, collect_seldom, die_with_parent
from sparql_endpoint.workers.writer import open_writer

_RELEASES = 2
"""Releases that stay open in a process."""
Do = Callable[[Job, "Output"], None]


class Output:
    """A file that sends what is written in blocks; nothing before the first block is full or the answer whole."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        """Takes all of it."""
        self._waiting += data
        if len(self._waiting) >= BLOCK:
            self._channel.send(DATA, self._waiting)
            self._waiting.clear()
        return len(data)

    def flush(self) -> None:
        """Sends nothing: the engine asks for it at the end, and the last block tells that it is the last."""

    def finish(self) -> None:
        """Sends the rest and tells that the answer is whole."""
        self._channel.send(END, self._waiting)


def _work(channel: Channel, do: Do) -> None:
    channel.send(READY)
    while True:
        message = channel.receive()
        output = Output(channel)
        try:
            do(unpacked(*message), output)
            output.finish()
        except NbkgError as error:
            channel.send(ERROR, pickle.dumps(error))
        except (ValueError, MemoryError) as error:
            channel.send(ERROR, pickle.dumps(StoreError(str(error))))


def _reader(address: str, union: bool, hosts: tuple[str, ...]) -> Do:
    store = open_directory(address, union, hosts)
    releases = Releases(Path(address), lambda _, place: open_release(place, union, hosts), _RELEASES)

    def do(job: Job, output: Output) -> None:
        if not isinstance(job, Ask):
            raise StoreError("a reading process only answers queries")
        asked = releases.at(job.release) if job.release else store
        asked.write(job.question, job.form, job.prefixes, output, job.version)  # type: ignore[arg-type]  # all that it uses

    return do


def main(arguments: list[str]) -> None:
    """Works, or forks others that do, until the server closes the socket or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    collect_seldom()
    if arguments[1:] != [zygote.ROLE]:
        _serve(arguments)
        return
    call(f"nbkg {zygote.ROLE}")
    with socket.socket(fileno=int(arguments[0])) as control:
        zygote.serve(control, _serve)


def _serve(arguments: list[str]) -> None:
    descriptor, role, address, default_graph, megabytes, named = arguments
    call(f"nbkg {role}")
    hosts = tuple(host for host in named.split(",") if host)
    with socket.socket(fileno=int(descriptor)) as end:
        writes = role == "write"
        do: Do = open_writer(address, hosts) if writes else _reader(address, default_graph == "union", hosts)
        limit = int(megabytes) << 20
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        try:
            _work(Channel(end), do)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return


if __name__ == "__main__":
    main(sys.argv[1:])
