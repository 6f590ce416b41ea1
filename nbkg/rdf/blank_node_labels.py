"""Labels of blank nodes that depend on the data alone, and the canonical lines that a graph's hash is of; bounded.

Labels are those of `nbkg.rdf.canonical_blank_nodes`: they stay as long as what hangs together by blank nodes stays,
over all graphs. The canonical form (RDFC-1.0) of some graphs takes longer than anyone waits, and the engine cannot be
stopped: it works in a process of its own that is ended in time. Then the store's labels are kept.
"""

from __future__ import annotations

import pickle
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nbkg.rdf import canonical_blank_nodes as blank_nodes
from nbkg.rdf.nquads import terms

MOST = 300_000
"""Statements with blank nodes that are held in memory."""
SECONDS = 120
_READY = b"."


@dataclass(frozen=True)
class NamedGraph:
    """The statements of a graph that hold blank nodes, as N-Triples."""

    lines: Sequence[bytes]
    """With labels that stay, sorted."""
    canonical: Sequence[bytes]
    """With the labels of RDFC-1.0 for this graph alone, sorted."""


@dataclass(frozen=True)
class Named:
    """Graph to its statements with blank nodes; without those for which there was no time or room."""

    graphs: Mapping[str | None, NamedGraph]


class Naming:
    """Names the blank nodes of graphs, in a process that is started when there are any and ended with the block."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS) -> None:
        self._most = most
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Naming:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def named(self, graphs: Mapping[str | None, Path]) -> Named:
        """The names in files of N-Triples, one for each graph: all, or none where it takes too much time or room."""
        if not graphs or sum(_count(path) for path in graphs.values()) > self._most:
            return Named({})
        question = pickle.dumps({graph: str(path) for graph, path in graphs.items()})
        answer = self._asked(question)
        if answer is None:
            self._end()
        return Named(answer or {})

    def _asked(self, question: bytes) -> dict[str | None, NamedGraph] | None:
        if self._process is None:
            self._process = self._started()
        assert self._process.stdin and self._process.stdout  # noqa: S101, PT018  they are pipes
        self._process.stdin.write(question)
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], self._seconds)
        if not ready:
            return None
        try:
            found: dict[str | None, NamedGraph] = pickle.load(self._process.stdout)  # noqa: S301  our own process
        except EOFError:
            return None
        return found

    @staticmethod
    def _started() -> subprocess.Popen[bytes]:
        """The process, once it is ready: its start does not count for the time."""
        process = subprocess.Popen(
            [sys.executable, "-c", "from nbkg.rdf.blank_node_labels import answer; answer()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdout  # noqa: S101  it is a pipe
        process.stdout.read(len(_READY))
        return process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def answer() -> None:
    """What the process of its own does: names, for each question on standard input, until there is none."""
    with suppress(EOFError, KeyboardInterrupt):
        sys.stdout.buffer.write(_READY)
        sys.stdout.buffer.flush()
        while True:
            places: dict[str | None, str] = pickle.load(sys.stdin.buffer)  # noqa: S301  our own process asks
            named = _named({graph: Path(path).read_bytes() for graph, path in places.items()})
            sys.stdout.buffer.write(pickle.dumps(named))
            sys.stdout.buffer.flush()


def _named(graphs: Mapping[str | None, bytes]) -> dict[str | None, NamedGraph]:
    lines: dict[bytes, list[bytes]] = {_name(graph): [] for graph in graphs}
    quads = (_quad(line, graph) for graph, text in graphs.items() for line in text.splitlines(keepends=True))
    for line in blank_nodes.group_lines(blank_nodes.group_blank_nodes(quads)):
        parts = terms(line)
        lines[parts.graph].append(b"%b %b %b .\n" % (parts.subject, parts.predicate, parts.object))
    return {
        graph: NamedGraph(sorted(lines[_name(graph)]), blank_nodes.canonical_lines(text.splitlines(keepends=True)))
        for graph, text in graphs.items()
    }


def _name(graph: str | None) -> bytes:
    return b"" if graph is None else f"<{graph}>".encode()


def _quad(line: bytes, graph: str | None) -> bytes:
    return line if graph is None else line[:-2] + _name(graph) + b" .\n"


def _count(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(1 for _ in stream)
