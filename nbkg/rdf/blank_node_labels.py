"""Labels of blank nodes that depend on the data alone, and the canonical lines that a graph's hash is of; bounded.

Labels are those of `nbkg.rdf.canonical_blank_nodes`: they stay as long as the statements that are connected by blank
nodes stay, over all graphs. The canonical form (RDFC-1.0, https://www.w3.org/TR/rdf-canon/#dataset-poisoning) of some
graphs takes longer than anyone waits, and the engine cannot be stopped: it works in a process of its own that is ended
in time. Then the blank nodes keep the labels of the store.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from nbkg.errors import ServiceError
from nbkg.rdf.canonical_blank_nodes import canonical_lines, group_blank_nodes, group_lines
from nbkg.rdf.nquads import terms

MAX_STATEMENTS = 300_000
"""Statements with blank nodes that are held in memory."""
MAX_SECONDS = 120.0
"""Seconds that labelling may take."""
_START_SECONDS = 60.0
_READY = "ready"
_LOG = logging.getLogger(__name__)
_SPAWN = multiprocessing.get_context("spawn")

GraphName = str | None
"""The IRI of a graph; None is the default graph."""


@dataclass(frozen=True)
class LabelledGraph:
    """The statements of a graph that hold blank nodes, as N-Triples."""

    lines: Sequence[bytes]
    """The statements with labels that stay, sorted."""
    canonical: Sequence[bytes]
    """The statements with the labels of RDFC-1.0 for this graph alone, sorted."""


class BlankNodeLabeller:
    """Labels the blank nodes of graphs, in a process that is started when there are any and ended with the block."""

    def __init__(self, max_statements: int = MAX_STATEMENTS, max_seconds: float = MAX_SECONDS) -> None:
        self._max_statements = max_statements
        self._max_seconds = max_seconds
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> BlankNodeLabeller:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def label(self, graphs: Mapping[GraphName, Path]) -> Mapping[GraphName, LabelledGraph]:
        """Return the graphs that are given as files of N-Triples, labelled; none where it takes too much time or room.

        Raises ServiceError where the process cannot start.
        """
        if not graphs or sum(_count(path) for path in graphs.values()) > self._max_statements:
            return {}
        labelled = self._ask({graph: str(path) for graph, path in graphs.items()})
        if labelled is None:
            self._end()
        return labelled or {}

    def _ask(self, files: Mapping[GraphName, str]) -> dict[GraphName, LabelledGraph] | None:
        connection = self._connection or self._start()
        try:
            connection.send(files)
            if connection.poll(self._max_seconds):
                labelled: dict[GraphName, LabelledGraph] = connection.recv()
                return labelled
        except (EOFError, OSError):
            _LOG.warning("Blank nodes keep the store's labels: the process that labels them has ended.")
            return None
        _LOG.warning("Blank nodes keep the store's labels: others would take more than %g seconds.", self._max_seconds)
        return None

    def _start(self) -> Connection:
        """Start the process and wait until it is ready: its start does not count for the time."""
        self._connection, other = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=serve, args=(other,), daemon=True)
        self._process.start()
        other.close()
        with suppress(EOFError, OSError):
            if self._connection.poll(_START_SECONDS) and self._connection.recv() == _READY:
                return self._connection
        self._end()
        raise ServiceError("the process that labels blank nodes cannot start; its message is above")

    def _end(self) -> None:
        if self._process is not None and self._connection is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._connection.close()
            self._process = self._connection = None


def serve(connection: Connection) -> None:
    """Answer requests with the labelled graphs, in the process of its own, until the other end is closed."""
    with suppress(EOFError, KeyboardInterrupt, ConnectionError), connection:
        connection.send(_READY)
        while True:
            files: dict[GraphName, str] = connection.recv()
            connection.send(_label({graph: Path(path).read_bytes() for graph, path in files.items()}))


def _label(graphs: Mapping[GraphName, bytes]) -> dict[GraphName, LabelledGraph]:
    lines: dict[bytes, list[bytes]] = {_name(graph): [] for graph in graphs}
    quads = (_quad(line, graph) for graph, text in graphs.items() for line in text.splitlines(keepends=True))
    for line in group_lines(group_blank_nodes(quads)):
        parts = terms(line)
        lines[parts.graph].append(b"%b %b %b .\n" % (parts.subject, parts.predicate, parts.object))
    return {
        graph: LabelledGraph(sorted(lines[_name(graph)]), canonical_lines(text.splitlines(keepends=True)))
        for graph, text in graphs.items()
    }


def _name(graph: GraphName) -> bytes:
    return b"" if graph is None else f"<{graph}>".encode()


def _quad(line: bytes, graph: GraphName) -> bytes:
    return line if graph is None else line[:-2] + _name(graph) + b" .\n"


def _count(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(1 for _ in stream)
