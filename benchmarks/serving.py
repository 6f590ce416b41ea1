"""Peers side by side: loads the same data into each, starts them all, asks them by turns, tells what came of it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

from rich.console import Console

from benchmarks import library, measures, report
from benchmarks.measures import Running, Served, Verdict, Wait
from benchmarks.mix import Mix, Tag, read
from benchmarks.peers import Peer, known, named, serving
from benchmarks.processes import PeerError, memory
from benchmarks.throughput import asker


@dataclass(frozen=True)
class Options:
    """The options of a run; no `peers` means all, `work` keeps data and stores from one run to the next."""

    triples: str
    peers: tuple[str, ...]
    peers_bin: tuple[Path, ...]
    seconds: int
    rounds: int
    tags: tuple[Tag, ...]
    work: Path
    fresh: bool
    out: Path | None


@dataclass(frozen=True)
class Loaded:
    """How a peer came to serve: seconds to load and to answer, bytes on disk and, after all, in memory."""

    peer: str
    load: float
    ready: float
    disk: int
    memory: int = 0


@dataclass(frozen=True)
class Results:
    """All that was measured."""

    triples: int
    processors: int
    asker: str
    left_out: dict[str, str]
    loaded: list[Loaded]
    verdicts: list[Verdict]
    waits: list[Wait]
    served: list[Served]


def run(options: Options, console: Console) -> Results:
    """Measures and prints; the JSON is written as well where a file is named."""
    signal.signal(signal.SIGTERM, _stop)
    file = data(options)
    console.print(f"{file.name}: reading the values to ask for …")
    mix = Mix(read(file), options.tags)
    with ExitStack() as stack:
        start = _Start(file, options, stack, console)
        running = [peer for peer in map(start.peer, _chosen_peers(options)) if peer]
        if not running:
            raise PeerError("no peer to measure")
        results = _measured(mix, running, start, options)
    report.show(results, console)
    if options.out:
        options.out.write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")
    return results


def data(options: Options) -> Path:
    """The file of the size, made where it is not there; its name tells by which generator."""
    made_by = hashlib.sha256(Path(library.__file__).read_bytes()).hexdigest()[:8]
    file = options.work.resolve() / f"library-{options.triples}-{made_by}.nt"
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        library.write(file, library.SIZES[options.triples])
    return file


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # a signal handler's signature
    """Leaves by an exception, so that every peer is ended."""
    sys.exit(128 + number)


def _chosen_peers(options: Options) -> list[Peer]:
    search = os.pathsep.join([*map(str, options.peers_bin), str(Path(sys.executable).parent), os.environ["PATH"]])
    if not options.peers:
        return list(known(search).values())
    peers = [named(name, search) for name in dict.fromkeys(options.peers)]
    names = [peer.name for peer in peers]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise PeerError(f"two peers are called {', '.join(twice)}: name checkouts whose folders are called differently")
    return peers


class _Start:
    """Loads and starts peers that then run until the stack ends; what is left out is told and kept."""

    def __init__(self, file: Path, options: Options, stack: ExitStack, console: Console) -> None:
        self.left_out: dict[str, str] = {}
        self.loaded: list[Loaded] = []
        self._folders: set[Path] = set()
        """The folders that were loaded in this run: peers of one store load it once."""
        self._file, self._options, self._stack, self.console = file, options, stack, console

    def peer(self, peer: Peer) -> Running | None:
        """The running peer, None where it is left out."""
        why = peer.missing() or self._too_much(peer)
        if not why:
            self.console.print(f"{peer.name}: loading and starting …")
            try:
                return self._running(peer)
            except PeerError as error:
                why = str(error)
        self._leave_out(peer, why)
        return None

    def _leave_out(self, peer: Peer, why: str) -> None:
        self.console.print(f"{peer.name} is left out: {why}", markup=False)
        self.left_out[peer.name] = why

    def _too_much(self, peer: Peer) -> str | None:
        much = peer.most is not None and library.SIZES[self._options.triples] > peer.most
        return f"asked to serve {peer.most:,} triples at most" if much else None

    def _running(self, peer: Peer) -> Running:
        folder = self._file.with_suffix("") / (peer.store or peer.name)
        seconds = _load(peer, self._file, folder, fresh=self._options.fresh and folder not in self._folders)
        self._folders.add(folder)
        start = time.perf_counter()
        address, process = self._stack.enter_context(serving(peer, self._file, folder))
        self.loaded.append(Loaded(peer.name, seconds, time.perf_counter() - start, _size(folder)))
        return Running(peer.name, address, process)


def _load(peer: Peer, file: Path, folder: Path, *, fresh: bool) -> float:
    """Loads unless it was loaded before; the seconds that it took."""
    record = folder.with_name(f"{folder.name}.json")
    if record.exists() and not fresh:
        return float(json.loads(record.read_text())["seconds"])
    record.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    start = time.perf_counter()
    peer.load(file, folder)
    seconds = time.perf_counter() - start
    record.write_text(json.dumps({"seconds": seconds}))
    return seconds


def _size(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file())


def _measured(mix: Mix, running: Sequence[Running], start: _Start, options: Options) -> Results:
    say = start.console.print
    say("comparing answers …")
    verdicts = list(measures.agreement(mix, running))
    say("one client, by turns …")
    waits = measures.waits(mix, running, options.rounds, set(_unusable(verdicts)))
    rounds = min(3, options.rounds) if options.seconds else 0
    effort = measures.Effort(rounds, options.seconds, measures.slow(waits))
    served = list(measures.rates(mix, running, effort, say))
    held = {peer.name: memory(peer.process) for peer in running}
    return Results(
        triples=library.SIZES[options.triples],
        processors=os.cpu_count() or 0,
        asker=asker(),
        left_out=start.left_out,
        loaded=[Loaded(one.peer, one.load, one.ready, one.disk, held[one.peer]) for one in start.loaded],
        verdicts=verdicts,
        waits=waits,
        served=served,
    )


def _unusable(verdicts: Sequence[Verdict]) -> Iterator[tuple[str, str]]:
    """Query and peer of answers that are no answers; where only the content differs the time is still told."""
    for verdict in verdicts:
        if verdict.outcome.startswith(("status", "answers as", "no answer")):
            yield verdict.query, verdict.peer
