"""`nbkg load`: the next version of a store, or graphs to a Graph Store elsewhere, from files."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

import loader.store.load
from loader.commands.terminal import Bars, print_message
from loader.namespaces import BASE
from loader.push import CHUNK_SIZE
from nbkg.errors import UsageError
from nbkg.rdf.formats import is_rdf_file
from nbkg.storage.atomic_replace import recover_folder
from nbkg.storage.layout import journal_file
from nbkg.storage.locations import built_files, default_store, graphs_folder

_PATH = click.Path(path_type=Path)


@dataclass(frozen=True)
class _Options:
    """The options of the command."""

    graph: str | None
    base: str
    release: str
    token_file: Path | None
    user: str | None
    password_file: Path | None
    chunk: int
    restart: bool

    @property
    def is_for_url(self) -> bool:
        """Whether an option is given that only the URL of a Graph Store takes."""
        return bool(self.token_file or self.user or self.password_file or self.restart)


@click.command()
@click.argument("store_and_files", nargs=-1, metavar="[STORE|URL] [FILE]...")
@click.option("--graph", metavar="IRI", help="The named graph for triples of files that name none.")
@click.option(
    "--base",
    default="",
    metavar="IRI",
    help=f"What relative IRIs are relative to; in STORE, IRIs below it are the data set's own. [default: {BASE}]",
)
@click.option(
    "--release", default="", metavar="VERSION", help="Keep it as a release of that name: a date like 2026-03-02."
)
@click.option("--token-file", type=_PATH, metavar="FILE", help="A file that holds the token for URL.")
@click.option("--user", metavar="NAME", help="The name for URL (Basic or Digest, as it asks).")
@click.option("--password-file", type=_PATH, metavar="FILE", help="A file that holds the password of --user.")
@click.option(
    "--chunk",
    type=click.IntRange(min=1),
    default=CHUNK_SIZE,
    show_default=True,
    metavar="N",
    help="Statements in one request to URL.",
)
@click.option("--restart", is_flag=True, help="Send everything to URL, also what an interrupted call has sent.")
def load(store_and_files: tuple[str, ...], **options: object) -> None:
    """Load RDF files into a store as its next version, and switch to it; or send them to a Graph Store.

    Without FILE: the graphs that `nbkg build` wrote. Without STORE: var/store of the checkout, or $NBKG_STORE.

    With the URL of a Graph Store (SPARQL 1.1 Graph Store HTTP Protocol) the graphs of the files replace those that it
    has, in chunks; after an interruption the same command continues where it ended.
    """
    chosen = _Options(**options)  # type: ignore[arg-type]  # click has checked the options
    first, *files = store_and_files or ("",)
    if first.lower().startswith(("http://", "https://")):
        if chosen.release:
            raise UsageError("--release is for a store on disk")
        _send(first, [Path(file) for file in files] or _built(), chosen)
    elif chosen.is_for_url:
        raise UsageError("--token-file, --user, --password-file and --restart are for the URL of a Graph Store")
    else:
        _load(*_split(tuple(map(Path, store_and_files))), chosen)


def _load(store: Path, files: list[Path], options: _Options) -> None:
    version = loader.store.load.load(store, files or _built(), options.graph, options.base, options.release)
    outcome = "loaded" if version.fresh else "already there"
    release = f", kept as {options.release}" if options.release else ""
    print_message(f"version {version.number}: {version.quads} quads {outcome}{release} → {store}")
    if journal_file(store).is_file():
        _replay(store)


def _replay(store: Path) -> None:
    """Bring what persons decided on pages into the version that was loaded."""
    # Few stores have a journal, and reading one takes a third of a second to import.
    from loader.changes.journal_replay import replay_journal  # noqa: PLC0415  # only for a store with a journal

    if version := replay_journal(store):
        print_message(f"version {version.number}: with the decisions of its journal → {store}")


def _split(paths: tuple[Path, ...]) -> tuple[Path, list[Path]]:
    first_is_store = bool(paths) and not is_rdf_file(paths[0])
    return (paths[0], list(paths[1:])) if first_is_store else (default_store(), list(paths))


def _built() -> list[Path]:
    folder = graphs_folder()
    recover_folder(folder)
    files = built_files(folder)
    if not files:
        raise UsageError(f"{folder}: there are no built graphs yet; run `nbkg build`")
    return files


def _send(address: str, files: list[Path], options: _Options) -> None:
    # Only a Graph Store needs a client of HTTP.
    from loader.push.credentials import read_credentials  # noqa: PLC0415  # only for a URL
    from loader.push.graph_store import GraphStore  # noqa: PLC0415  # only for a URL
    from loader.push.push import ChunkSettings, push  # noqa: PLC0415  # only for a URL

    who = read_credentials(options.token_file, options.user, options.password_file)
    chunks = ChunkSettings(options.graph, options.chunk, options.base)
    began = time.monotonic()
    with closing(GraphStore(address, who)) as store, Bars() as bars:
        pushed = push(store, files, chunks, restart=options.restart, progress=bars.advance_to)
    took = time.monotonic() - began
    went_on = f" (went on after chunk {pushed.before})" if pushed.before else ""
    print_message(f"{pushed.graphs} graphs, {pushed.statements} statements sent in {took:.1f} s{went_on} → {address}")
