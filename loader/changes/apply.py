"""A patch applied: an old version becomes the new one, or nothing happens.

In a built store the next version begins as a checkpoint of the current one: it shares its files on disk, and only what
changed is written. Before and after, the hash of the canonical form is compared with what the patch names.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import abc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from loader.changes import data_versions
from loader.namespaces import BASE
from loader.store import default_graph, text_index
from loader.store.default_graph import GraphName
from nbkg.errors import DataError, UsageError
from nbkg.grouping import batched
from nbkg.rdf import canonical_blank_nodes, dataset, nquads, rdf_patch
from nbkg.rdf.compression import open_gzip
from nbkg.rdf.dataset import Dataset, hash_urn
from nbkg.rdf.diff import DiffKind
from nbkg.rdf.normal_form import normalize_lines
from nbkg.rdf.rdf_patch import PatchHeader
from nbkg.storage import built_store, layout
from nbkg.storage.built_store import Version

_BATCH = 50_000


@dataclass(frozen=True)
class Applied:
    """What was done."""

    header: PatchHeader
    fresh: bool
    """False where the new version was there already."""


def apply_to_file(patch_file: Path, old: Path, out: Path) -> Applied:
    """Writes the new version of an N-Quads file to `out`, sorted; gzipped where its name ends in `.gz`.

    Raises RdfFileError where the patch does not fit or a file does not parse, and DataError for another version.
    """
    header = rdf_patch.read_header(patch_file)
    with _scratch(out.parent) as folder:
        before = data_versions.read_file(old, folder / "old")
        fresh = _is_before(hash_urn(before.canonical_hash()), header, (header.prev, header.id), old)
        new_file = folder / "new.nq"
        with new_file.open("wb") as stream:
            differences = rdf_patch.read_differences(patch_file)
            stream.writelines(rdf_patch.apply_differences(before, differences) if fresh else before)
        after = data_versions.read_file(new_file, folder / "new").canonical_hash()
        _check_after(hash_urn(after), header.id, patch_file)
        _put(new_file, out)
    return Applied(header, fresh)


def apply_to_store(patch_file: Path, store: Path) -> Applied:
    """Makes the next version of a built store and switches to it; the release that the patch leads to is kept.

    Raises as `apply_to_file`, UsageError for a store that cannot be told its plain default graph, ServiceError where
    another load is running.
    """
    header = rdf_patch.read_header(patch_file)
    built_store.refuse_writable(store)
    now = built_store.current_version(store)
    if now is None:
        raise UsageError(f"{store}: there is no built store; load the version before into it first")
    with layout.lock_for_loading(store), _scratch(store) as folder:
        fresh = _next(store, built_store.current_version(store) or now, _Change(patch_file, header, folder, now))
    return Applied(header, fresh)


@dataclass(frozen=True)
class _Change:
    file: Path
    header: PatchHeader
    folder: Path
    """For what is not kept."""
    now: Version
    """The version that the patch is applied to."""

    @property
    def default(self) -> bool:
        """Whether all statements stand in the default graph."""
        return self.now.plain == "all"


def _next(store: Path, now: Version, change: _Change) -> bool:
    old = ox.Store.read_only(str(layout.version_folder(store, now.number)))
    before = data_versions.read_stored(layout.version_folder(store, now.number), now.plain, change.folder / "old")
    ends = change.header.stored_prev, change.header.stored
    if not _is_before(hash_urn(before.canonical_hash()), change.header, ends, store):
        return False
    digest = dataset.parse_hash_urn(change.header.stored)
    release = change.header.version if layout.is_release_name(change.header.version) else ""
    if release:
        built_store.check_release(store, release, digest)
    number = built_store.next_number(store)
    building = built_store.start_version(store, number)
    try:
        quads, left_out = _built(old, before, change, building)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    building.rename(layout.version_folder(store, number))
    text_index.index(layout.version_folder(store, number), left_out)
    built_store.switch(store, Version(number, digest, quads, now.plain, left_out), release)
    return True


def _built(old: ox.Store, before: Dataset, change: _Change, building: Path) -> tuple[int, tuple[str, ...]]:
    """Make the new version in `building`; return how many statements it holds, and the graphs it leaves out."""
    at = str(change.folder / "made")
    old.backup(at)
    store = ox.Store(at)
    try:
        left_out = _change(store, before, change)
        store.flush()
        store.optimize()
        after = dataset.read_store(store, change.folder / "new", data_versions.DESCRIPTION, default=change.default)
        _check_after(hash_urn(after.canonical_hash()), change.header.stored, change.file)
        store.backup(str(building))  # without the log of what was done
        return sum(1 for _ in after), left_out
    finally:
        del store  # closes it: it writes to its folder, which is removed, as long as it is open


def _change(store: ox.Store, before: Dataset, change: _Change) -> tuple[str, ...]:
    """Do the changes: first what goes, then what comes; then make the default graph and the description anew.

    Returns the graphs that the default graph leaves out now.
    """
    left_out = {ox.NamedNode(graph) for graph in change.now.left_out or ()}
    default_graph.separate(store, BASE, left_out)
    merged = {*default_graph.counted_graphs(store, BASE)} - left_out
    _remove(store, before, change.file)
    for batch in _batches(change.file, DiffKind.ADDED):
        store.bulk_extend(nquads.parse_lines(batch))
    if not change.default:
        _settle(store, merged, change.file)
    now = default_graph.find_left_out(store, BASE)
    default_graph.count_and_describe(store, "all" if change.default else "empty", BASE, now, change.folder / "counts")
    return tuple(sorted(graph.value for graph in now))


def _remove(store: ox.Store, before: Dataset, file: Path) -> None:
    """Groups of blank nodes are removed as a whole, by the labels that they have in the store."""
    held: list[bytes] = []
    for batch in _batches(file, DiffKind.REMOVED):
        held += (line for line in batch if nquads.has_blank_node(line))
        for quad in nquads.parse_lines(line for line in batch if not nquads.has_blank_node(line)):
            store.remove(quad)
    removed = {group.key for group in canonical_blank_nodes.group_blank_nodes(normalize_lines(held))}
    for quad in chain.from_iterable(group.quads for group in before.groups if group.key in removed):
        store.remove(quad)
        if isinstance(quad.graph_name, ox.NamedNode):
            store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))


def _settle(store: ox.Store, before: abc.Set[GraphName], file: Path) -> None:
    """Make the default graph the merge of the counted graphs again, but for those that the data leaves out now."""
    now = {*default_graph.counted_graphs(store, BASE)} - default_graph.find_left_out(store, BASE)
    for fate in DiffKind.REMOVED, DiffKind.ADDED:
        for batch in _batches(file, fate):
            lines_kept = (line for line in batch if fate is DiffKind.ADDED or not nquads.has_blank_node(line))
            default_graph.settle(store, (quad.triple for quad in nquads.parse_lines(lines_kept)), now)
    for graph in before ^ now:
        default_graph.settle(store, [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)], now)


def _batches(file: Path, kind: DiffKind) -> Iterator[list[bytes]]:
    return batched((line for fate, line in rdf_patch.read_differences(file) if fate is kind), _BATCH)


def _is_before(now: str, header: PatchHeader, ends: tuple[str, str], where: Path) -> bool:
    """True for the version that the patch leads from, False for the one it leads to. Raises DataError."""
    if now in ends:
        return now == ends[0]
    message = f"the patch leads from {header.previous or header.prev} to {header.version or header.id}"
    raise DataError(f"{message}; it holds another version ({now}); nothing was changed", file=where)


def _check_after(now: str, expected: str, file: Path) -> None:
    if now != expected:
        raise DataError(f"produces {now}, not {expected} as it states; nothing was changed", file=file)


@contextmanager
def _scratch(neighbour: Path) -> Iterator[Path]:
    """A folder for what must be sorted, on the disk of the result: /tmp may be small."""
    with tempfile.TemporaryDirectory(prefix=".apply-", dir=neighbour) as folder:
        yield Path(folder)


def _put(new_file: Path, out: Path) -> None:
    if out.suffix == ".gz":
        packed = new_file.with_suffix(".nq.gz")
        with new_file.open("rb") as plain, open_gzip(packed) as stream:
            shutil.copyfileobj(plain, stream, 1 << 20)
        new_file = packed
    new_file.replace(out)
