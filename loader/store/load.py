"""Loads RDF files into a built store as its next version (see `versions`)."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from loader.namespaces import BASE
from loader.store import text_index as words
from loader.store.default_graph import complete, description
from nbkg.errors import RdfFileError
from nbkg.rdf.compression import uncompressed_name
from nbkg.rdf.formats import find_format
from nbkg.rdf.rdf_file import open_rdf_file, read_errors
from nbkg.storage import layout as versions
from nbkg.storage.layout import Version


def load(store: Path, files: Sequence[Path], graph: str | None = None, base: str = BASE, release: str = "") -> Version:
    """Makes the next version of a store from RDF files and switches to it; the version before stays until then.

    `graph` names the graph of triples that a file puts in none; what begins with `base` is described as the data set's
    own, in its graph `graph/void`, which is made anew whatever the files say. `release` has the version kept under
    that name; one that is older than another release does not become current.
    Raises UsageError for a missing or unknown kind of file, a writable store, or the name of another release,
    RdfFileError for a file that does not parse, ServiceError where another load is running.
    """
    formats = [find_format(file).syntax for file in files]
    versions.refuse_writable(store)
    (store / "versions").mkdir(parents=True, exist_ok=True)
    with versions.locked(store):
        digest = _hash(files, graph, base)
        if release:
            versions.check_release(store, release, digest)
        if known := _known(store, digest, release):
            return known
        number = versions.next_number(store)
        building = versions.building(store, number)
        filled = _fill(building, list(zip(files, formats, strict=True)), graph, base)
        building.rename(versions.folder(store, number))
        version = Version(number, digest, *filled)
        words.index(versions.folder(store, number), version.left_out or ())
        versions.switch(store, version, release)
        return version


def _known(store: Path, digest: str, release: str) -> Version | None:
    """The version that holds this already: the release of that name, or the current one, which becomes the release."""
    if release and release in (found := versions.released(store)):
        return found[release]
    before = versions.current(store)
    if before is None or before.hash != digest or before.left_out is None:
        return None
    words.index(versions.folder(store, before.number), before.left_out)
    if release:
        versions.mark(store, before, release)
    return replace(before, fresh=False)


def _hash(files: Sequence[Path], graph: str | None, base: str) -> str:
    digest = hashlib.sha256((graph or "").encode())
    if base != BASE:
        digest.update(f" {base}".encode())
    for file in files:
        digest.update(file.suffix.encode())
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def _fill(
    building: Path, files: Sequence[tuple[Path, ox.RdfFormat]], graph: str | None, base: str
) -> tuple[int, str, tuple[str, ...]]:
    """Make the store; return how many quads it holds, what its default graph was, and which graphs it leaves out."""
    target = ox.NamedNode(graph) if graph else None
    made = ox.Store(str(building))
    for file, kind in files:
        try:
            _bulk_load(made, file, kind, None if kind.supports_datasets else target)
        except RdfFileError:
            del made
            shutil.rmtree(building, ignore_errors=True)
            raise
    if made.contains_named_graph(void := description(base)):
        made.remove_graph(void)
    quads, default = len(made), _plain(made)
    left_out = complete(made, default, base)
    made.flush()
    made.optimize()  # or each look-up asks the many small files beside the large ones as well: a tenth of its time
    del made
    return quads, default, tuple(left_out)


def _bulk_load(made: ox.Store, file: Path, kind: ox.RdfFormat, target: ox.NamedNode | None) -> None:
    if uncompressed_name(file) == file:  # by its name: the engine reads a file itself half as fast again
        with read_errors(file):
            made.bulk_load(path=str(file), format=kind, to_graph=target)
        return
    with open_rdf_file(file) as stream:
        made.bulk_load(stream, kind, to_graph=target)


def _plain(store: ox.Store) -> str:
    """What the default graph is: `empty`, `all` there is, or `mixed` with named graphs."""
    if next(iter(store.quads_for_pattern(None, None, None, ox.DefaultGraph())), None) is None:
        return "empty"
    return "all" if next(iter(store.named_graphs()), None) is None else "mixed"
