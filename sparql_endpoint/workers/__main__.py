"""A worker: answers one query after the other from its own view of a store, until it is killed or told to stop.

Arguments: the file descriptor of the socket to the server, the store's address, whether the default graph is the union
of all, and how many megabytes of memory it may take.
"""

from __future__ import annotations

import ctypes
import pickle
import resource
import signal
import sys
from multiprocessing.connection import Connection

from sparql_endpoint.errors import EndpointError, StoreError
from sparql_endpoint.stores.oxigraph import OxigraphStore, open_directory
from sparql_endpoint.workers.messages import BLOCK, DATA, END, ERROR, READY, Job

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


class _Output:
    """A file that sends what is written in blocks; nothing before the first block is full or the answer whole."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        if len(self._waiting) >= BLOCK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Sends what waits."""
        self._connection.send_bytes(DATA + bytes(self._waiting))
        self._waiting.clear()

    def finish(self) -> None:
        """Sends the rest and tells that the answer is whole."""
        self._connection.send_bytes(END + bytes(self._waiting))


def _work(connection: Connection, store: OxigraphStore) -> None:
    connection.send_bytes(READY)
    while True:
        job: Job = connection.recv()
        output = _Output(connection)
        try:
            store.write(job.question, job.form, job.prefixes, output)  # type: ignore[arg-type]  # all that it uses
            output.finish()
        except EndpointError as error:
            connection.send_bytes(ERROR + pickle.dumps(error))
        except (ValueError, MemoryError) as error:
            connection.send_bytes(ERROR + pickle.dumps(StoreError(str(error))))


def main(arguments: list[str]) -> None:
    """Works until the server closes the socket or is gone."""
    descriptor, address, union, megabytes = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    store = open_directory(address, union == "union")
    limit = int(megabytes) << 20
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    with Connection(int(descriptor)) as connection:
        try:
            _work(connection, store)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return


if __name__ == "__main__":
    main(sys.argv[1:])
