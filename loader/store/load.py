"""Loads RDF files into a built store as its next version (see `versions`)."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from loader.namespaces import BASE
from loader.store.default_graph import MARKS, add_description, find_left_out, merge_blank_nodes
from loader.store.scan import File, Scan, ScanJob, scan
from loader.store.text_index import index, write_index
from nbkg.rdf.compression import uncompressed_name
from nbkg.rdf.formats import find_format
from nbkg.rdf.rdf_file import has_plain_text, open_rdf_file, read_errors
from nbkg.storage import built_store, layout
from nbkg.storage.built_store import Version
from nbkg.void.claims import ask_store, read_claims
from nbkg.void.description import description_graph


def load(store: Path, files: Sequence[Path], graph: str | None = None, base: str = "", release: str = "") -> Version:
    """Makes the next version of a store from RDF files and switches to it; the version before stays until then.

    `graph` names the graph of triples that a file puts in none. Relative IRIs are relative to `base`; without one, none
    may be. What begins with it, or with the folder that it names a document of, is described as the data set's own, in
    its graph `graph/void`, which is made anew whatever the files say. `release` has the version kept under that name;
    one that is older than another release does not become current.
    Raises UsageError for a missing or unknown kind of file, a writable store, or the name of another release,
    RdfFileError for a file that does not parse, ServiceError where another load is running.
    """
    formats = [find_format(file).syntax for file in files]
    built_store.refuse_writable(store)
    with layout.lock_for_loading(store):
        digest = _hash(files, graph, base or BASE)
        if release:
            built_store.check_release(store, release, digest)
        if known := _known(store, digest, release):
            return known
        number = built_store.next_number(store)
        building = built_store.start_version(store, number)
        job = _Job(list(zip(files, formats, strict=True)), graph, _folder(base) if base else BASE, base)
        with _scratch(building) as scratch:
            filled = _fill(building, scratch / "words", scratch, job)
            building.rename(folder := layout.version_folder(store, number))
            if (scratch / "words").is_file():
                (scratch / "words").replace(layout.text_index_file(folder))
        version = Version(number, digest, filled.quads, filled.plain, filled.left_out)
        built_store.switch(store, version, release)
        return version


@contextmanager
def _scratch(building: Path) -> Iterator[Path]:
    """Give a folder for what is not kept, and remove it; on a failure the folder `building` is removed as well.

    A load that is killed leaves both; the next one clears them, as it does all that is no version.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=f"{building.name}.", dir=building.parent) as folder:
            yield Path(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def _known(store: Path, digest: str, release: str) -> Version | None:
    """The version that holds this already: the release of that name, or the current one, which becomes the release."""
    if release and release in (releases := built_store.released_versions(store)):
        return releases[release]
    before = built_store.current_version(store)
    if before is None or before.hash != digest or before.left_out is None:
        return None
    index(layout.version_folder(store, before.number), before.left_out)
    if release:
        built_store.keep_version(store, before, release)
    return replace(before, fresh=False)


def _folder(base: str) -> str:
    """Return the base of a data set whose documents have this base: up to its last slash or #."""
    folder = base[: max(base.rfind("/"), base.rfind("#")) + 1]
    return f"{base}/" if folder.endswith("://") else folder or base


def _hash(files: Sequence[Path], graph: str | None, base: str) -> str:
    digest = hashlib.sha256((graph or "").encode())
    if base != BASE:
        digest.update(f" {base}".encode())
    for file in files:
        digest.update(file.suffix.encode())
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


@dataclass(frozen=True)
class _Job:
    """The files of a load, the graph of triples that a file puts in none, and the data set's base."""

    files: Sequence[File]
    graph: str | None
    base: str
    document_base: str
    """What relative IRIs are relative to; empty where there may be none."""


@dataclass(frozen=True)
class _Filled:
    """How many quads a new store holds, what its default graph was, and which graphs it leaves out now."""

    quads: int
    plain: str
    left_out: tuple[str, ...]


def _fill(building: Path, words: Path, scratch: Path, job: _Job) -> _Filled:
    """Make the store in the folder `building`, and the index of its words in the file `words`.

    The engine reads the files in this thread. In another a scan reads them, then the engine what is to be merged, and
    then the index is written, which waits at its end for the description that is made here. So two cores are busy.
    """
    store = ox.Store(str(building))
    description = Future[Sequence[ox.Triple]]()
    with ThreadPoolExecutor(1) as pool, ExitStack() as stack:
        stack.callback(description.cancel)
        scanning = pool.submit(scan, _scan_job(job), scratch)
        merging = pool.submit(_load_merged, store, scanning)
        indexing = pool.submit(write_index, words, scanning, description)
        for file in job.files:
            _bulk_load(store, file, job)
        if store.contains_named_graph(void := description_graph(job.base)):
            store.remove_graph(void)
        result = scanning.result()
        counts = replace(
            result.counts, claims=read_claims(ask_store(store, job.base)), left_out=frozenset(result.counts.left_out)
        )
        triples = add_description(store, result.plain, job.base, counts)
        description.set_result(() if result.plain == "all" else triples)
        merging.result()
        if any(share.has_blank_nodes for share in result.shares):
            merge_blank_nodes(store, job.base, result.counts.left_out)
        store.flush()
        store.optimize()  # or each look-up asks the many small files beside the large ones as well: a tenth of its time
        indexing.result()
    return _Filled(result.quads, result.plain, tuple(sorted(graph.value for graph in result.counts.left_out)))


def _load_merged(store: ox.Store, scanning: Future[Scan]) -> None:
    for share in scanning.result().shares:
        if share.merged.stat().st_size:
            store.bulk_load(path=str(share.merged), format=ox.RdfFormat.N_TRIPLES)


def _scan_job(job: _Job) -> ScanJob:
    return ScanJob(
        job.files, job.graph, job.base, job.document_base, MARKS, lambda store: find_left_out(store, job.base)
    )


def _bulk_load(store: ox.Store, file: File, job: _Job) -> None:
    """Load a file. Raises RdfFileError where it does not parse."""
    path, kind = file
    target = ox.NamedNode(job.graph) if job.graph and not kind.supports_datasets else None
    base = job.document_base or None
    if uncompressed_name(path) == path and has_plain_text(path):
        with read_errors(path):  # by its name: the engine reads a file itself half as fast again
            store.bulk_load(path=str(path), format=kind, base_iri=base, to_graph=target)
        return
    with open_rdf_file(path) as stream:
        store.bulk_load(stream, kind, base_iri=base, to_graph=target)
