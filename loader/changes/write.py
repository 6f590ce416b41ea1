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

from loader.changes import activities
from loader.changes.activities import Pages, Place
from loader.changes.summary import Step, names, summary
from loader.changes.tally import Tally, classes
from nbkg.rdf import rdf_patch as patch
from nbkg.rdf.compression import open_gzip
from nbkg.rdf.dataset import Dataset, hash_urn
from nbkg.rdf.diff import EntityDiff, diff_entities


@dataclass(frozen=True)
class Pair:
    """Two versions of the data, the step between them, and where its activities will be found."""

    old: Dataset
    new: Dataset
    step: Step
    place: Place


def write(pair: Pair, folder: Path, language: str = "en") -> str:
    """Writes the files into `folder`, which is made; the summary comes back."""
    tally, pages = Tally(), Pages(pair.place)
    folder.mkdir(parents=True, exist_ok=True)
    with _Files(folder, _header(pair)) as files:
        entities = files.written(diff_entities(iter(pair.old), iter(pair.new)))
        for name, content in pages.of(_activities(entities, tally, pair.place)):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
    told = f"What changed from {pair.step.previous} to {pair.step.version}"
    (folder / "activities.jsonld").write_bytes(activities.written(pages.collection(told)))
    section = summary(tally, pair.step, names(tally, (pair.new, pair.old), language), language)
    (folder / "summary.md").write_text(section, encoding="utf-8")
    return section


def tallied(old: Dataset, new: Dataset) -> Tally:
    """What a summary tells of, without writing anything."""
    tally = Tally()
    for entity in diff_entities(iter(old), iter(new)):
        tally.count(entity)
    return tally


def _header(pair: Pair) -> patch.PatchHeader:
    exact = hash_urn(pair.new.canonical_hash()), hash_urn(pair.old.canonical_hash())
    stored = hash_urn(pair.new.normalized().canonical_hash()), hash_urn(pair.old.normalized().canonical_hash())
    names = (pair.step.version, pair.step.previous) if pair.step.issued else ()
    return patch.PatchHeader(*exact, *stored, *names)


def _activities(entities: Iterable[EntityDiff], tally: Tally, place: Place) -> Iterator[dict[str, Any]]:
    for entity in entities:
        if what := tally.count(entity):
            kinds = [kind.decode().strip("<>") for kind in classes(entity)]
            yield activities.activity(what, entity.subject.decode().strip("<>"), kinds, place)


class _Files:
    """The files of statements, written as entities pass."""

    def __init__(self, folder: Path, header: patch.PatchHeader) -> None:
        self._folder = folder
        self._header = header
        self._stack = ExitStack()

    def __enter__(self) -> _Files:
        self._patch, self._removed, self._added = (
            self._stack.enter_context(open_gzip(self._folder / name))
            for name in ("patch.rdfp.gz", "removed.nq.gz", "added.nq.gz")
        )
        self._patch.write(b"".join(self._header.lines()) + patch.BEGIN)
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._patch.write(patch.END)
        self._stack.close()

    def written(self, entities: Iterable[EntityDiff]) -> Iterator[EntityDiff]:
        """The entities, once they are written."""
        for entity in entities:
            self._removed.writelines(entity.removed)
            self._added.writelines(entity.added)
            self._patch.writelines(map(patch.difference_line, entity.differences))
            yield entity
