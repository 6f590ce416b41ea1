"""Two engines for the text index, over generated Norwegian names: SQLite's FTS5, which nbkg uses, and tantivy.

Both hold the same analysis of each word (`nbkg.text_index.analysis`). tantivy is measured where it is installed.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.text_engines import ENGINES, Engine
from benchmarks.throughput import percentile
from nbkg.text_index.lexicon import read_lexicon

_SEED = 1811
_ENDINGS = ("", "", "", "en", "er")
_QUERIES = 200
_PROCESSES = 4
_SECONDS = 2.0


def generate_names(count: int) -> list[str]:
    """Return names of one to four words, most of them compounds in some form; the same for the same count."""
    chance = random.Random(_SEED)  # noqa: S311  # data, not secrets
    lexicon = read_lexicon()
    heads = chance.sample(sorted(word for word in lexicon.heads if 3 <= len(word) <= 7), 300)
    tails = chance.sample(sorted(word for word in lexicon.tails & lexicon.heads if 3 <= len(word) <= 8), 200)

    def word() -> str:
        tail = tails[int(len(tails) * chance.random() ** 2)] + chance.choice(_ENDINGS)
        return (heads[int(len(heads) * chance.random() ** 2)] if chance.random() < 0.7 else "") + tail

    return [" ".join(word() for _ in range(chance.randint(1, 4))).capitalize() for _ in range(count)]


def run(count: int, console: Console) -> None:
    """Print how long building takes, how large indexes are and how long searches take."""
    names = generate_names(count)
    engines = [engine for module, engine in ENGINES.items() if find_spec(module)]
    console.print(f"{count:,} names, {len({word for name in names for word in name.split()}):,} different words")
    console.print(
        "".join(f"left out: {module} is not installed\n" for module in ENGINES if not find_spec(module)), end=""
    )
    built, queries = Table("engine", "build s", "CPU s", "MB", "files", "same bytes", title="Building"), _queries(names)
    searched = Table("search", *(engine.name for engine in engines), title="CPU ms p50 / p95, part with results")
    with tempfile.TemporaryDirectory() as folder:
        places = {engine.name: Path(folder, engine.name) for engine in engines}
        for engine in engines:
            built.add_row(engine.name, *_build(engine, names, places[engine.name]))
        for kind, texts in queries.items():
            searched.add_row(kind, *(_time(engine(places[engine.name]), kind, texts) for engine in engines))
        parallel = [_in_parallel(engine, places[engine.name], queries["two words"]) for engine in engines]
        searched.add_row(f"two words, {_PROCESSES} processes", *(f"{rate:,.0f} searches/s" for rate in parallel))
    console.print(built, searched)


def _build(engine: type[Engine], names: Sequence[str], folder: Path) -> Sequence[str]:
    hashes, seconds, cpu = set[str](), 0.0, 0.0
    for _ in range(2):
        began, began_cpu = time.perf_counter(), time.process_time()
        engine.build(folder, names)
        seconds, cpu = time.perf_counter() - began, time.process_time() - began_cpu
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        hashes.add(hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest())
    size = sum(file.stat().st_size for file in files)
    return f"{seconds:.1f}", f"{cpu:.1f}", f"{size / 1e6:.1f}", str(len(files)), "yes" if len(hashes) == 1 else "no"


def _queries(names: Sequence[str]) -> Mapping[str, Sequence[str]]:
    chance = random.Random(_SEED)  # noqa: S311  # data, not secrets
    chosen = [chance.choice(names).lower() for _ in range(_QUERIES)]
    words = [chance.choice(name.split()) for name in chosen]
    long = [word for word in words if len(word) > 8]
    lexicon = read_lexicon()
    parts = [next((word[i:] for i in range(3, len(word) - 2) if word[i:] in lexicon.tails), word) for word in long]
    return {
        "whole name": chosen,
        "two words": [" ".join(name.split()[:2]) for name in chosen],
        "one word": words,
        "beginning": [word[:5] for word in words],
        "part of a compound": parts,
        "typing error": [word[:3] + word[4:] for word in long],
    }


def _time(engine: Engine, kind: str, texts: Sequence[str]) -> str:
    search: Callable[[str], bool] = partial(engine.search, kind)
    times, hits = list[float](), 0
    for text in texts:
        began = time.thread_time()  # which other work on the machine does not lengthen
        hits += search(text)
        times.append(time.thread_time() - began)
    median, p95 = (percentile(times, part) * 1e3 for part in (0.5, 0.95))
    return f"{median:.2f} / {p95:.2f}, {hits / len(texts):.0%}"


def _in_parallel(engine: type[Engine], folder: Path, texts: Sequence[str]) -> float:
    with multiprocessing.get_context("spawn").Pool(_PROCESSES) as pool:
        return sum(pool.map(partial(_search_on, engine, folder), [texts] * _PROCESSES)) / _SECONDS


def _search_on(engine: type[Engine], folder: Path, texts: Sequence[str]) -> int:
    opened, searches, until = engine(folder), 0, time.monotonic() + _SECONDS
    while time.monotonic() < until:
        opened.search("two words", texts[searches % len(texts)])
        searches += 1
    return searches
