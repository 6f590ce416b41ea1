"""How long the pages of a large catalogue take: works, editions, agents, subjects in random order, heavy ones too."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from nbkg.storage.layout import current_link
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings

_BASE = "https://w3id.org/nbkg/"
_BF = "http://id.loc.gov/ontologies/bibframe/"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_KINDS = {
    "works": ("Work",),
    "hubs": ("Hub",),
    "instances": ("Instance",),
    "agents": ("Person", "Organization", "Jurisdiction", "Meeting"),
    "subjects": ("Topic", "Place", "GenreForm"),
}
_HEAVY = {"agents with most works": "agent", "subjects with most works": "subject"}
"""By the property that leads to what has most of them."""
_MOST = 20
_SEED = 1811
_LIMIT = 150.0


@dataclass(frozen=True)
class Wait:
    """One request: milliseconds of processor time of all threads, and from request to answer."""

    kind: str
    path: str
    status: int
    processor: float
    clock: float


def run(store: Path, number: int, console: Console) -> None:
    """Print the percentiles of each kind of page, each page asked for once after the first one of its kind.

    The application runs in this process, so that its processor time is known; nothing is cached.
    """
    opened = ox.Store.read_only(str(current_link(store)))
    paths = [*_paths(opened, number), ("library", "/library"), ("library", "/library?lang=nn")]
    del opened
    random.Random(_SEED).shuffle(paths)  # noqa: S311  # no secrets
    waits = list(_waits(store, paths))
    table = Table("pages", "number", "processor p50, ms", "p95", "most", "clock p50, ms", "p95", title=str(store))
    for kind in dict.fromkeys(kind for kind, _path in sorted(paths)):
        of_kind = [wait for wait in waits if wait.kind == kind]
        table.add_row(kind, str(len(of_kind)), *_figures(of_kind))
    ordinary = [wait for wait in waits if wait.kind in _KINDS]
    table.add_row("all but the heavy ones", str(len(ordinary)), *_figures(ordinary))
    console.print(table)
    for wait in sorted(waits, key=lambda wait: -wait.processor)[:_MOST]:
        if wait.processor > _LIMIT or wait.status != 200:
            console.print(f"{wait.processor:.0f} ms, {wait.status}: {wait.path}", markup=False)


def _paths(store: ox.Store, number: int) -> Iterator[tuple[str, str]]:
    """Yield kinds and addresses of pages: so many of each kind by chance, and of the heavy ones the heaviest."""
    chance = random.Random(_SEED)  # noqa: S311  # no secrets
    for kind, classes in _KINDS.items():
        nodes = [node for name in classes for node in _of_class(store, name)]
        yield from ((kind, _path(node)) for node in chance.sample(nodes, min(number, len(nodes))))
    for kind, name in _HEAVY.items():
        counts = Counter(
            quad.object.value
            for quad in store.quads_for_pattern(None, ox.NamedNode(_BF + name), None, ox.DefaultGraph())
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(f"{_BASE}id/")
        )
        yield from ((kind, _path(iri)) for iri, _number in counts.most_common(_MOST))


def _of_class(store: ox.Store, name: str) -> list[str]:
    """Return the things of a class that are pages of their own, sorted."""
    quads = store.quads_for_pattern(None, _TYPE, ox.NamedNode(_BF + name), ox.DefaultGraph())
    values = (quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
    return sorted(value for value in values if value.startswith(f"{_BASE}id/") and "#" not in value)


def _path(iri: str) -> str:
    return f"/doc/{iri.removeprefix(f'{_BASE}id/')}"


def _waits(store: Path, paths: Sequence[tuple[str, str]]) -> Iterator[Wait]:
    client = create_app(Settings(store=str(store), cache=0)).test_client()
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    for path in dict(paths).values():  # the first page of a kind compiles its template
        client.get(path, headers=headers)
    for kind, path in paths:
        begin, clock = time.process_time(), time.perf_counter()
        status = client.get(path, headers=headers).status_code
        yield Wait(kind, path, status, (time.process_time() - begin) * 1000, (time.perf_counter() - clock) * 1000)


def _figures(waits: Sequence[Wait]) -> list[str]:
    processor, clock = sorted(wait.processor for wait in waits), sorted(wait.clock for wait in waits)
    half, most = (len(waits) - 1) // 2, round(0.95 * (len(waits) - 1))
    values = (processor[half], processor[most], processor[-1], clock[half], clock[most])
    return [f"{value:.0f}" for value in values]
