"""How long the steps from report to first answer take: medians of interleaved runs, and each step's share."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from loader.build.kinds import make_kinds
from loader.build.pipeline import build
from loader.sources.project import read_project
from loader.store.load import load
from loader.validate import validate
from nbkg.rdf.rdflib_terms import to_graph
from nbkg.storage.served_directory import locate

RUNS = 5


def main() -> None:
    """Prints a table of the steps with median, least and most seconds."""
    seconds: dict[str, list[float]] = {}
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            _once(Path(folder), seconds)
    total = statistics.median(seconds["build, whole"])
    table = Table("step", "median s", "least", "most", "of build", title=f"{RUNS} runs")
    for step, runs in seconds.items():
        median = statistics.median(runs)
        table.add_row(step, f"{median:.3f}", f"{min(runs):.3f}", f"{max(runs):.3f}", f"{median / total:.0%}")
    Console().print(table)


def _once(folder: Path, seconds: dict[str, list[float]]) -> None:
    @contextmanager
    def step(name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        seconds.setdefault(name, []).append(time.perf_counter() - start)

    with step("read the project"):
        project = read_project()
    with step("read the sources, make triples"):
        streams = [stream for kind in make_kinds(project) for stream in kind.graphs()]
        triples = [triple for stream in streams for record in stream.records for triple in record]
    with step("validate"):
        validate(to_graph(triples) + project.ontology + project.shapes + project.curated + project.examples)
    with step("build, whole"):
        build(project, make_kinds(project), folder / "graphs")
    with step("load"):
        load(folder / "store", [folder / "graphs" / "nbkg.nq"])
    with step("open and ask"):
        _ask(folder / "store")


def _ask(store: Path) -> None:
    readable = ox.Store.read_only(str(locate(store).folder))
    query: Callable[[str], object] = readable.query
    query("SELECT (COUNT(*) AS ?n) { ?m a <https://w3id.org/nbkg/ns#Measure> }")


if __name__ == "__main__":
    main()
