"""Writes the text index of a store on another server to a folder of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from loader.store.remote_texts import FACT, Advance, RemoteTexts
from nbkg.errors import DataError, ServiceError
from nbkg.matching import indexing
from nbkg.matching.indexing import Statement
from nbkg.rdf.partitions import HELD, PARTS, Partitions
from nbkg.storage.atomic_replace import sibling
from nbkg.storage.lock import lock
from nbkg.text_index import Index
from nbkg.text_index.folder import ADDRESS, STATE, State, index_file, reading_folder

_FACT = FACT.decode()


def write_index(address: str, folder: Path, advance: Advance) -> bool:
    """Write the index of the store whose queries an address takes; return False where it is up to date already.

    What was read stays in the folder until the index is complete, so that another call goes on after an interruption;
    until then the index that was there is used. Raises ServiceError where the store is out of reach or changes
    meanwhile, UsageError where it refuses the queries.
    """
    folder.mkdir(parents=True, exist_ok=True)
    busy = ServiceError(f"{folder}: another command writes this index; wait for it")
    with lock(folder / "lock", busy), closing(RemoteTexts(address)) as texts:
        state = texts.state()
        if _is_current(folder, texts.url, state):
            return False
        lines = texts.read(state, reading_folder(folder), advance)
        if texts.state() != state:
            raise ServiceError(f"{texts.url}: its data changed while it was read; the same command begins anew")
        new = sibling(index_file(folder), ".new")
        about = {ADDRESS: texts.url, STATE: state.digest}
        indexing.write_index(new, indexing.describe(_statements(lines, reading_folder(folder))), about)
        new.replace(index_file(folder))
        shutil.rmtree(reading_folder(folder))
    return True


def check_index(address: str, folder: Path) -> None:
    """Raise DataError where the index in a folder is not that of the store as it is now."""
    with closing(RemoteTexts(address)) as texts:
        if not _is_current(folder, texts.url, texts.state()):
            raise DataError(f"{folder}: is out of date; `nbkg index {texts.url} {folder}` makes it anew")


def _is_current(folder: Path, url: str, state: State) -> bool:
    index = Index.open(index_file(folder))
    return index is not None and index.about() == {ADDRESS: url, STATE: state.digest}


def _statements(lines: Path, folder: Path) -> Iterator[Statement]:
    """Yield what was read in the order of the index of a store on disk, so that equal ranks are ordered alike."""
    partitions = Partitions(folder / "parts")
    with lines.open("rb") as stream:
        for batch in iter(lambda: list(islice(stream, HELD)), []):
            for line in batch:
                partitions.add(line.partition(b"\t")[0], line[:-1])
            partitions.spill()
    for part in range(PARTS):
        for line in sorted(set(partitions.take(part))):
            subject, prop, text, _ = line.decode().split("\t")
            if value := json.loads(text):
                yield Statement(subject[1:-1], prop.removeprefix(_FACT), value, not prop.startswith(_FACT))
