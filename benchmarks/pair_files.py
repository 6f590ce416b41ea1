"""Files of labelled pairs: “COL title VAL … COL authors VAL …”, a tab, the other record in that form, a tab, 1 or 0."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from loader.cluster.cluster_settings import Settings
from loader.cluster.pair_decision import PairDecider
from loader.cluster.values import Record, read_record
from nbkg.errors import DataError

_COLUMN = re.compile(r"COL (\S+) VAL(?: |$)")


@dataclass(frozen=True)
class LabelledPair:
    """Two records of two catalogues, and whether they are the same."""

    one: str
    other: str
    is_same: bool


def read_pairs(path: Path) -> list[LabelledPair]:
    """Return the pairs of a file. Raises DataError for a line that is none."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_read_line(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]


def _read_line(line: str, path: Path, number: int) -> LabelledPair:
    parts = line.split("\t")
    if len(parts) != 3 or parts[2].strip() not in ("0", "1"):
        raise DataError("expected two records and 1 or 0, with tabs between them", file=path, line=number)
    return LabelledPair(parts[0].strip(), parts[1].strip(), parts[2].strip() == "1")


def read_columns(text: str) -> dict[str, str]:
    """Return the values of a record by column."""
    _, *parts = _COLUMN.split(text)
    return {name: value.strip() for name, value in zip(parts[::2], parts[1::2], strict=True)}


class PairRecords:
    """The records of labelled pairs as settings read them, each once, and the decider for them."""

    def __init__(self, pairs: Sequence[LabelledPair], settings: Settings) -> None:
        self.pairs = pairs
        sides: list[dict[str, Record]] = [{}, {}]
        for pair in pairs:
            for side, text in zip(sides, (pair.one, pair.other), strict=True):
                if text not in side:
                    side[text] = read_record(read_columns(text), settings.fields)
        self._sides: Sequence[Mapping[str, Record]] = sides
        self.decider = PairDecider(settings, [[*side.values()] for side in sides])

    def records(self, pair: LabelledPair) -> tuple[Record, Record]:
        """Return the two records of a pair."""
        return self._sides[0][pair.one], self._sides[1][pair.other]
