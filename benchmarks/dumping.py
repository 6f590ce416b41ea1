"""How fast a release is written beside the store's own dump: each format, in seconds of processor and clock."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from benchmarks import library
from loader.dumps.dump_files import DUMP_FORMATS, write_dump_files
from loader.dumps.sorted_graphs import SortedGraph, sort_graphs
from loader.release.store_snapshot import StoreSnapshot, open_snapshot
from loader.store.load import load
from nbkg.rdf.blank_node_labels import BlankNodeLabeller
from nbkg.rdf.formats import RdfFormat

_Result = TypeVar("_Result")
_WITHOUT = {"nq": ox.RdfFormat.N_TRIPLES, "trig": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}
"""What one graph is written as by the store's own dump, which cannot choose graphs in a format that has them."""


@dataclass(frozen=True)
class Duration:
    """Seconds."""

    processor: float
    clock: float


def run(triples: str, work: Path, console: Console) -> None:
    """Prints, for each format, what the store's own dump and a release's two packed files take.

    The store's own is one format, not packed, written graph by graph; ours is read and sorted once for all formats,
    which is told in a row of its own and counted in the last one.
    """
    work.mkdir(parents=True, exist_ok=True)
    store = _store(triples, work)
    table = Table("format", "store: cpu s", "clock s", "release: cpu s", "clock s", "rate, cpu", "clock", title=triples)
    with tempfile.TemporaryDirectory(dir=work) as folder:
        graphs, reading = _timed(lambda: _sorted(store, Path(folder) / "sorted"))
        own, ours = [Duration(0, 0)], [reading]
        for form in DUMP_FORMATS.values():
            _, alone = _timed(partial(_own, store, form, Path(folder) / "own"))
            _, packed = _timed(partial(write_dump_files, form, graphs, Path(folder), form.suffix, lambda _: None))
            own.append(alone)
            ours.append(packed)
            table.add_row(form.suffix, *_row(alone, packed))
    table.add_row("read and sort", "", "", f"{reading.processor:.1f}", f"{reading.clock:.1f}", "", "")
    table.add_row("all", *_row(_sum(own), _sum(ours)))
    console.print(table)
    console.print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _store(triples: str, work: Path) -> StoreSnapshot:
    """A store of library-shaped data, made where it is not there."""
    folder, file = work / f"dump-{triples}", work / f"dump-{triples}.nq"
    if not (folder / "current").is_symlink():
        library.write(file, library.SIZES[triples])
        load(folder, [file])
        file.unlink()
    return open_snapshot(folder)


def _sorted(store: StoreSnapshot, folder: Path) -> list[SortedGraph]:
    with BlankNodeLabeller() as labeller:
        return sort_graphs(store, folder, labeller, lambda _: None)


def _own(store: StoreSnapshot, form: RdfFormat, path: Path) -> None:
    for graph in store.graphs:
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        store.store.dump(path, form.syntax if not form.has_graphs else _WITHOUT[form.suffix], from_graph=name)


def _timed(call: Callable[[], _Result]) -> tuple[_Result, Duration]:
    processor, clock = time.process_time(), time.perf_counter()
    result = call()
    return result, Duration(time.process_time() - processor, time.perf_counter() - clock)


def _sum(durations: list[Duration]) -> Duration:
    return Duration(sum(one.processor for one in durations), sum(one.clock for one in durations))


def _row(own: Duration, ours: Duration) -> list[str]:
    seconds = [f"{value:.1f}" for value in (own.processor, own.clock, ours.processor, ours.clock)]
    return [*seconds, f"{own.processor / ours.processor:.2f}", f"{own.clock / ours.clock:.2f}"]
