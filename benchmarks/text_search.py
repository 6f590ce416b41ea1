"""Words in titles by the search service of a query, beside the same words by `CONTAINS`: generated works, over HTTP.

Each query is new and nothing is kept. The kinds of queries come by turns, so that other work on the machine is shared.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import urllib3
from rich.console import Console
from rich.table import Table

from benchmarks import library
from benchmarks.processes import free_port, processor_seconds, running, wait_for_server
from benchmarks.throughput import percentile

_SEED = 1811
_TURNS, _SEARCHES = 5, 20
"""Turns, and searches of each turn; of the slow kinds one in ten."""
_QUERY = f"""PREFIX search: <https://w3id.org/nbkg/search#> PREFIX bf: <{library.BF}>
SELECT ?work ?title WHERE {{ %s ?work a bf:Work ; bf:mainTitle ?title %s }}"""
_SERVICE = 'SERVICE <https://w3id.org/nbkg/search> {{ ?work search:query "{word}"{limit} }}'
_CONTAINS = 'FILTER(CONTAINS(LCASE(?title), "{word}"))'
_KINDS = ("search service, 20", "search service, 200", "CONTAINS, LIMIT 20", "CONTAINS")


@dataclass(frozen=True)
class Measured:
    """One turn of a kind of query: the seconds of each, those of all the server's processors, and rows."""

    seconds: Sequence[float]
    processor: float
    rows: int


def query_text(kind: str, word: str) -> str:
    """Return a query of a kind for a word."""
    if kind.startswith("CONTAINS"):
        return _QUERY % ("", _CONTAINS.format(word=word)) + kind.removeprefix("CONTAINS").lstrip(",")
    limit = " ; search:limit 20" if kind.endswith(" 20") else ""
    return _QUERY % (_SERVICE.format(word=word, limit=limit), "")


def run(triples: str, work: Path, console: Console) -> None:
    """Load works, serve them, search by turns, and print what a query takes."""
    work.mkdir(parents=True, exist_ok=True)
    file, store, port = work / f"{triples}.nt", work / f"text-search-{triples}", free_port()
    library.write(file, library.SIZES[triples])
    nbkg = [sys.executable, "-m", "loader.cli"]
    subprocess.run([*nbkg, "load", str(store.resolve()), str(file.resolve())], check=True, stdout=subprocess.DEVNULL)
    options = ["--port", str(port), "--cache", "0", "--client-requests", "0", "--client-queries", "0"]
    with (
        running([*nbkg, "serve", *options, str(store.resolve())], work.resolve() / "serve.log") as server,
        urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=1, retries=False) as pool,
    ):
        wait_for_server(pool)
        _print(_measure(pool, server.pid), triples, console)


def _measure(pool: urllib3.HTTPConnectionPool, server: int) -> Mapping[str, Sequence[Measured]]:
    words = random.Random(_SEED).sample(library.WORDS, (_TURNS + 1) * _SEARCHES)  # noqa: S311  # no secrets
    measured: dict[str, list[Measured]] = defaultdict(list)
    for turn in range(_TURNS + 1):
        chosen = words[turn * _SEARCHES : (turn + 1) * _SEARCHES]
        for kind in _KINDS:
            some = chosen[:: 10 if kind.startswith("CONTAINS") else 1]
            one = _search(pool, [query_text(kind, word) for word in some], server)
            if turn:  # in the first one the server reads its lists of words
                measured[kind].append(one)
    return measured


def _search(pool: urllib3.HTTPConnectionPool, queries: Sequence[str], server: int) -> Measured:
    seconds, rows, before = list[float](), 0, processor_seconds(server)
    for query in queries:
        began = time.perf_counter()
        answer = pool.request("GET", "/sparql", fields={"query": query}, headers={"Accept": "text/csv"})
        seconds.append(time.perf_counter() - began)
        if answer.status != 200:
            raise RuntimeError(answer.data.decode())
        rows += answer.data.count(b"\n") - 1
    return Measured(seconds, processor_seconds(server) - before, rows)


def _print(measured: Mapping[str, Sequence[Measured]], triples: str, console: Console) -> None:
    table = Table("query", "processor, ms", "clock p50, ms", "p95", "rows", "queries", title=f"{triples} triples")
    for kind, turns in measured.items():
        seconds = [one for turn in turns for one in turn.seconds]
        processor = sum(turn.processor for turn in turns) / len(seconds)
        figures = (processor, statistics.median(seconds), percentile(seconds, 0.95))
        rows = sum(turn.rows for turn in turns) / len(seconds)
        table.add_row(kind, *(f"{one * 1000:.1f}" for one in figures), f"{rows:.0f}", str(len(seconds)))
    console.print(table)
