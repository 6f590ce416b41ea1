"""The results as tables on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from benchmarks.measures import Served, Verdict, Wait, median, middle
from benchmarks.throughput import percentile

if TYPE_CHECKING:
    from benchmarks.serving import Loaded, Results


def show(results: Results, console: Console) -> None:
    """Prints what was left out, then a table for each thing that was measured; ratios are to the first peer."""
    head = f"{results.triples:,} triples, {results.processors} processors, small queries under load by {results.asker}"
    console.print(f"\n{head}; clients run on the same machine")
    for peer, why in results.left_out.items():
        console.print(f"left out: {peer}: {why}", markup=False)
    peers = [one.peer for one in results.loaded]
    console.print(_loaded(results.loaded))
    console.print(_verdicts(results.verdicts, peers))
    console.print(_waits(results.waits, peers))
    console.print(_exports([wait for wait in results.waits if wait.tag == "export"], peers))
    if results.served:
        console.print(_served(results.served, peers))


def _loaded(loaded: Sequence[Loaded]) -> Table:
    table = Table("peer", "load s", "start s", "disk MB", "memory MB at the end", title="Load and start")
    for one in loaded:
        sizes = (f"{size / 1e6:,.0f}" for size in (one.disk, one.memory))
        table.add_row(one.peer, f"{one.load:.1f}", f"{one.ready:.1f}", *sizes)
    return table


def _verdicts(verdicts: Sequence[Verdict], peers: Sequence[str]) -> Table:
    table = Table("query", *peers, title=f"Answers, compared with those of {peers[0]}")
    outcomes = {(verdict.query, verdict.peer): verdict.outcome for verdict in verdicts}
    for query in dict.fromkeys(verdict.query for verdict in verdicts):
        table.add_row(query, *(outcomes[query, peer] for peer in peers))
    return table


def _waits(waits: Sequence[Wait], peers: Sequence[str]) -> Table:
    title = f"One client: ms at first, median / p95 (times {peers[0]}'s median), the same again (part of first)"
    table = Table("query", *peers, title=title)
    by_query = {(wait.query, wait.peer): wait for wait in waits}
    for query in dict.fromkeys(wait.query for wait in waits):
        base = by_query.get((query, peers[0]))
        table.add_row(query, *(_wait(by_query.get((query, peer)), base) for peer in peers))
    return table


def _wait(wait: Wait | None, base: Wait | None) -> str:
    if not wait or not wait.first:
        return "failed" if wait else "–"
    first, again = median(wait.first), median(wait.again)
    times = f" ({first / median(base.first):.2f})" if base and base.first else ""
    failed = f", {wait.failed} failed" if wait.failed else ""
    p95 = percentile(wait.first, 0.95)
    return f"{first * 1e3:.1f} / {p95 * 1e3:.1f}{times}, {again * 1e3:.1f} ({again / first:.2f}){failed}"


def _exports(waits: Sequence[Wait], peers: Sequence[str]) -> Table:
    table = Table("export", *peers, title="Exports to one client, each new: MB/s, rows or triples per s")
    by_query = {(wait.query, wait.peer): wait for wait in waits}
    for query in dict.fromkeys(wait.query for wait in waits):
        table.add_row(query, *(_export(by_query.get((query, peer))) for peer in peers))
    return table


def _export(wait: Wait | None) -> str:
    if not wait or not wait.first:
        return "–"
    total = sum(wait.first)
    return f"{wait.bytes / total / 1e6:.1f} MB/s, {wait.rows / total:,.0f} /s"


def _served(served: Sequence[Served], peers: Sequence[str]) -> Table:
    title = f"Under load: requests/s (times {peers[0]}'s), ms median / p95, MB/s; * questions began again"
    table = Table("load", "clients", "asked by", *peers, title=title)
    for load, clients in dict.fromkeys((one.load, one.clients) for one in served):
        here = [one for one in served if (one.load, one.clients) == (load, clients)]
        table.add_row(load, str(clients), here[0].rate.by, *(_rate(here, peer, peers[0]) for peer in peers))
    return table


def _rate(here: Sequence[Served], peer: str, first: str) -> str:
    if not (rounds := [one.rate for one in here if one.peer == peer]):
        return "–"
    rate, base = middle(rounds), [one.rate for one in here if one.peer == first]
    times = f" ({rate.per_second / middle(base).per_second:.2f})" if base and middle(base).per_second else ""
    again = "*" if any(one.begun_again for one in here if one.peer == peer) else ""
    failed = f", {rate.failed} failed" if rate.failed else ""
    size = rate.bytes / rate.seconds / 1e6
    return (
        f"{rate.per_second:,.1f}{again}{times}, {rate.median * 1e3:.1f} / {rate.p95 * 1e3:.1f}, {size:.1f} MB/s{failed}"
    )
