"""Writes what changed from one version to another into a folder, in one pass over both.

added.nq.gz  removed.nq.gz   the statements, sorted
patch.rdfp.gz                RDF Patch
activities.jsonld            ActivityStreams 2: the collection; its pages below activities/
summary.md                   for people
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loader.changes.activities import ActivityAddresses, ActivityPages, activity, serialize_document
from loader.changes.summary import Step, summarize
from loader.changes.tally import Tally, classes
from nbkg.rdf.compression import open_gzip
from nbkg.rdf.dataset import Dataset, hash_urn
from nbkg.rdf.diff import EntityDiff, diff_entities
from nbkg.rdf.rdf_patch import BEGIN, END, PatchHeader, difference_line


@dataclass(frozen=True)
class VersionPair:
    """Two versions of the data, the step between them, and where its activities will be published."""

    old: Dataset
    new: Dataset
    step: Step
    addresses: ActivityAddresses


def write(pair: VersionPair, folder: Path, language: str = "en") -> str:
    """Write the files into `folder`, which is made; return the summary."""
    tally, pages = Tally(), ActivityPages(pair.addresses)
    folder.mkdir(parents=True, exist_ok=True)
    with _Files(folder, _header(pair)) as files:
        entities = files.write(diff_entities(iter(pair.old), iter(pair.new)))
        for name, content in pages.serialize(_activities(entities, tally, pair.addresses)):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
    collection = pages.collection(f"What changed from {pair.step.previous} to {pair.step.version}")
    (folder / "activities.jsonld").write_bytes(serialize_document(collection))
    section = summarize(tally, pair.step, (pair.new, pair.old), language)
    (folder / "summary.md").write_text(section, encoding="utf-8")
    return section


def count_changes(old: Dataset, new: Dataset) -> Tally:
    """Return the counts of a summary without writing anything."""
    tally = Tally()
    for entity in diff_entities(iter(old), iter(new)):
        tally.count(entity)
    return tally


def _header(pair: VersionPair) -> PatchHeader:
    exact = hash_urn(pair.new.canonical_hash()), hash_urn(pair.old.canonical_hash())
    stored = hash_urn(pair.new.normalized().canonical_hash()), hash_urn(pair.old.normalized().canonical_hash())
    names = (pair.step.version, pair.step.previous) if pair.step.issued else ()
    return PatchHeader(*exact, *stored, *names)


def _activities(entities: Iterable[EntityDiff], tally: Tally, addresses: ActivityAddresses) -> Iterator[dict[str, Any]]:
    for entity in entities:
        if kind := tally.count(entity):
            types = [type_.decode().strip("<>") for type_ in classes(entity)]
            yield activity(kind, entity.subject.decode().strip("<>"), types, addresses)


class _Files:
    """The files of statements, written as entities pass."""

    def __init__(self, folder: Path, header: PatchHeader) -> None:
        self._folder = folder
        self._header = header
        self._stack = ExitStack()

    def __enter__(self) -> _Files:
        self._patch, self._removed, self._added = (
            self._stack.enter_context(open_gzip(self._folder / name))
            for name in ("patch.rdfp.gz", "removed.nq.gz", "added.nq.gz")
        )
        self._patch.writelines([*self._header.lines(), BEGIN])
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._patch.write(END)
        self._stack.close()

    def write(self, entities: Iterable[EntityDiff]) -> Iterator[EntityDiff]:
        """Write the entities and yield each once it is written."""
        for entity in entities:
            self._removed.writelines(entity.removed)
            self._added.writelines(entity.added)
            self._patch.writelines(map(difference_line, entity.differences))
            yield entity
