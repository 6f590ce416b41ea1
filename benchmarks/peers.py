"""The endpoints that are compared: how each is found, loaded and started. A new one is one class and one line."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from benchmarks.client import Address
from benchmarks.processes import READY_WITHIN, PeerError, free_port, run, run_until_done, running, wait_until_ready


@dataclass(frozen=True)
class Peer(ABC):
    """An endpoint. `search` is where its commands are looked for, as $PATH."""

    name: str
    search: str
    path = "/sparql"
    """Where it answers queries."""
    most: int | None = None
    """The most triples it is asked to serve."""
    store: str = ""
    """The name of its folder; two that share one are loaded once."""
    ready_within: float = READY_WITHIN
    """Seconds after which it must answer."""

    def finds_in(self, folder: Path) -> bool:
        """Return whether a folder has the peer's commands."""
        return replace(self, search=str(folder)).missing() is None

    @abstractmethod
    def missing(self) -> str | None:
        """Why it cannot take part, or None."""

    @abstractmethod
    def load(self, file: Path, folder: Path) -> None:
        """Loads the file into an empty folder. Raises PeerError."""

    @abstractmethod
    def command(self, file: Path, folder: Path, port: int) -> list[str]:
        """The command that serves at a port of 127.0.0.1."""

    def _path_of(self, command: str) -> str:
        """The command's path; the bare name where it is not found."""
        return shutil.which(command, path=self.search) or command

    def _lacks(self, *commands: str) -> str | None:
        lacking = [command for command in commands if not shutil.which(command, path=self.search)]
        return f"{', '.join(lacking)} not found" if lacking else None


@dataclass(frozen=True)
class Nbkg(Peer):
    """`nbkg serve`; of the options only those that this version has."""

    path = "/sparql"
    store: str = "nbkg"
    cached: bool = False
    settings: tuple[tuple[str, str], ...] = (
        ("--time-limit", "600"),
        ("--client-requests", "0"),
        ("--client-queries", "0"),
    )

    def missing(self) -> str | None:
        """Why it cannot take part, or None."""
        if lacks := self._lacks("nbkg"):
            return lacks
        if not (options := _help(self._path_of("nbkg"))):
            return "nbkg serve --help fails"
        return "this version has no --cache" if self.cached and "--cache " not in options else None

    def load(self, file: Path, folder: Path) -> None:
        """Loads by `nbkg load`."""
        run([self._path_of("nbkg"), "load", str(folder), str(file)])

    def command(self, file: Path, folder: Path, port: int) -> list[str]:  # noqa: ARG002  # each peer uses what it needs
        """`nbkg serve` with the settings that there are; without the cache but where it is what is measured."""
        nbkg = self._path_of("nbkg")
        settings = self.settings if self.cached else (*self.settings, ("--cache", "0"))
        values = [word for option, value in settings if f"{option} " in _help(nbkg) for word in (option, value)]
        return [nbkg, "serve", str(folder), "--port", str(port), *values]


class Oxigraph(Peer):
    """`oxigraph serve-read-only`, the server that the ratios are taken against."""

    path = "/query"

    def missing(self) -> str | None:
        """Why it cannot take part, or None."""
        return self._lacks("oxigraph")

    def load(self, file: Path, folder: Path) -> None:
        """Loads by `oxigraph load`, and compacts by `oxigraph optimize`, as `nbkg load` does."""
        run([self._path_of("oxigraph"), "load", "--location", str(folder), "--file", str(file)])
        run([self._path_of("oxigraph"), "optimize", "--location", str(folder)])

    def command(self, file: Path, folder: Path, port: int) -> list[str]:  # noqa: ARG002  # each peer uses what it needs
        """`oxigraph serve-read-only`."""
        listens = f"127.0.0.1:{port}"
        return [self._path_of("oxigraph"), "serve-read-only", "--location", str(folder), "--bind", listens]


class RdflibEndpoint(Peer):
    """`rdflib-endpoint serve`: reads the file into memory each time it starts."""

    path = "/"

    def missing(self) -> str | None:
        """Why it cannot take part, or None."""
        return self._lacks("rdflib-endpoint")

    def load(self, file: Path, folder: Path) -> None:
        """Nothing: the file is read at the start."""

    def command(self, file: Path, folder: Path, port: int) -> list[str]:  # noqa: ARG002  # each peer uses what it needs
        """`rdflib-endpoint serve` of the file."""
        return [self._path_of("rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port), str(file)]


class Fuseki(Peer):
    """Apache Jena Fuseki over a TDB2 store."""

    path = "/library/query"

    def missing(self) -> str | None:
        """Why it cannot take part, or None."""
        return self._lacks("fuseki-server", "tdb2.tdbloader")

    def load(self, file: Path, folder: Path) -> None:
        """Loads by `tdb2.tdbloader`."""
        run([self._path_of("tdb2.tdbloader"), "--loc", str(folder), str(file)])

    def command(self, file: Path, folder: Path, port: int) -> list[str]:  # noqa: ARG002  # each peer uses what it needs
        """`fuseki-server` that only reads."""
        serves = ["--tdb2", "--loc", str(folder), "--localhost", "--port", str(port)]
        return [self._path_of("fuseki-server"), *serves, "/library"]


class Virtuoso(Peer):
    """Virtuoso (open source) with an ini of its own: no limit of rows, buffers for a machine with 4 GB to spare."""

    path = "/sparql"
    graph = "https://library.example/graph"

    def missing(self) -> str | None:
        """Why it cannot take part, or None."""
        return self._lacks("virtuoso-t", "isql-vt")

    def load(self, file: Path, folder: Path) -> None:
        """Loads by `ld_dir` and `rdf_loader_run`, in a server that runs for it."""
        port = free_port()
        with running(
            self._serving(file, folder, port, free_port()), folder.with_name(f"{self.name}-load.log")
        ) as process:
            isql = [self._path_of("isql-vt"), f"127.0.0.1:{port}", "dba", "dba"]
            run_until_done([*isql, "exec=select 1;"], process)
            graph = "" if file.suffix == ".nq" else self.graph
            for step in (f"ld_dir('{file.parent}', '{file.name}', '{graph}')", "rdf_loader_run()", "checkpoint"):
                run([*isql, f"exec={step};"])

    def command(self, file: Path, folder: Path, port: int) -> list[str]:
        """`virtuoso-t` in the foreground."""
        return self._serving(file, folder, free_port(), port)

    def _serving(self, file: Path, folder: Path, sql: int, http: int) -> list[str]:
        template = (Path(__file__).parent / "virtuoso.ini").read_text()
        values = {"folder": folder, "data": file.parent, "sql": sql, "http": http, "graph": self.graph}
        default = "DefaultGraph" if file.suffix != ".nq" else ";DefaultGraph"
        ini = folder / "virtuoso.ini"
        ini.write_text(template.format(**values, default=default))
        return [self._path_of("virtuoso-t"), "+foreground", "+configfile", str(ini)]


def known(search: str) -> dict[str, Peer]:
    """Return the peers by name, in the order in which they are shown; the first two are what it is about."""
    peers: Sequence[Peer] = (
        Oxigraph("oxigraph", search),
        Nbkg("nbkg", search),
        Nbkg("nbkg-cached", search, cached=True),
        RdflibEndpoint("rdflib-endpoint", search, most=1_000_000, ready_within=1200),
        Virtuoso("virtuoso", search),
        Fuseki("fuseki", search),
    )
    return {peer.name: peer for peer in peers}


def named(name: str, search: str) -> Peer:
    """Return the peer of a name, or with `NAME@PATH` the one of another checkout or virtual environment.

    Ratios are taken against the first peer that is named: `nbkg@../before,nbkg` compares before and after in one run.
    Raises PeerError where no peer has that name, or nothing is installed at PATH.
    """
    base, _, path = name.partition("@")
    peers = known(search)
    if base not in peers:
        raise PeerError(f"no peer is called {base}: expected one of {', '.join(peers)}, or one of these with @PATH")
    return _elsewhere(peers[base], Path(path).resolve()) if path else peers[base]


def _elsewhere(peer: Peer, environment: Path) -> Peer:
    """Return a peer whose commands and store are those of another environment."""
    folders = [environment / ".venv" / "bin", environment / "bin", environment]
    folder = next((folder for folder in folders if peer.finds_in(folder)), None)
    if folder is None:
        raise PeerError(f"{peer.name}: {environment} has no such command in .venv/bin, in bin, or in itself")
    mark = hashlib.sha256(str(environment).encode()).hexdigest()[:6]
    store = f"{peer.store or peer.name}@{environment.name}-{mark}"
    return replace(peer, name=f"{peer.name}@{environment.name}", search=str(folder), store=store)


@contextmanager
def serving(peer: Peer, file: Path, folder: Path) -> Iterator[tuple[Address, int]]:
    """Start a peer; yield its address when it answers, and its process's number. Raises PeerError."""
    address = Address(free_port(), peer.path)
    log = folder.with_name(f"{peer.name}.log")
    with running(peer.command(file, folder, address.port), log) as process:
        wait_until_ready(address, process, log, peer.ready_within)
        yield address, process.pid


@cache
def _help(nbkg: str) -> str:
    help_text = subprocess.run([nbkg, "serve", "--help"], capture_output=True, text=True, check=False)
    return help_text.stdout if help_text.returncode == 0 else ""
