"""The index of a store on another server, in a folder of its own, and whether it is still that of the store.

DIR/words        the index, replaced in one step
DIR/reading/     what `nbkg index` has read until now, where it was interrupted
DIR/lock         held by who writes
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from nbkg.rdf.solutions import Row, literal_text, text

ADDRESS, STATE = "address", "state"
"""What an index holds about itself: the address of its store, and the store's state when it was read."""


@dataclass(frozen=True)
class State:
    """How many texts each property of a store has; as text it identifies the state of the store's texts."""

    counts: Mapping[str, int]
    digest: str

    @classmethod
    def read(cls, rows: Iterable[Row]) -> State:
        """Return the state by the solutions of `counts_query`."""
        lines = sorted((text(row, "property"), _numbers(row)) for row in rows if "property" in row)
        counts = {prop: numbers[0] for prop, numbers in lines}
        return cls(counts, hashlib.sha256(repr(lines).encode()).hexdigest())


def _numbers(row: Row) -> tuple[int, ...]:
    return tuple(int(float(literal_text(row, name))) for name in ("count", "first", "second"))


def counts_query() -> str:
    """Return the query by whose solutions a state is read; it reads all texts once."""
    return files("nbkg.text_index").joinpath("queries", "text-counts.rq").read_text(encoding="utf-8")


def index_file(folder: Path) -> Path:
    """Return the index in a folder."""
    return folder / "words"


def reading_folder(folder: Path) -> Path:
    """Return what holds the texts that were read until now."""
    return folder / "reading"
