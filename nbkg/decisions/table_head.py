"""The head of a file of decisions: what holds for every row that does not say otherwise, and the names of the columns.

As in SSSOM/TSV (https://mapping-commons.github.io/sssom/spec-formats-tsv/), lines before the table begin with “#” and
are YAML.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

import yaml

from nbkg.errors import DataError

REQUIRED = ("thing", "other")
COLUMNS = (
    "kind",
    "answer",
    "score",
    "thing",
    "thing_name",
    "other",
    "other_name",
    "rule",
    "evidence",
    "run",
    "decision",
    "decided_by",
    "decided_on",
    "note",
)
"""The columns of a file that is written, in their order; others come after them."""
_FOR_ALL = ("kind", "run", "decided_by", "decided_on", "note")
"""What the head may say for all rows."""


@dataclass(frozen=True)
class TableHead:
    """What a file says before its first row."""

    values: Mapping[str, str]
    columns: tuple[str, ...]
    line: int
    """The line of the names of the columns."""

    @property
    def other_columns(self) -> tuple[str, ...]:
        """The columns that only whoever wrote the file knows."""
        return tuple(name for name in self.columns if name and name not in COLUMNS)


def read_table_head(stream: TextIO, file: str) -> TableHead:
    """Return the head of a file, and leave the stream at the first row.

    Raises DataError (file, line, what to do) where the comments are not YAML, or a column is missing or there twice.
    """
    comments: list[str] = []
    line = stream.readline()
    while line.startswith("#"):
        comments.append(line.removeprefix("#").removeprefix(" ").rstrip() + "\n")
        line = stream.readline()
    columns = tuple(cell.strip() for cell in next(csv.reader([line], delimiter="\t"), []))
    head = TableHead(_values("".join(comments), file), columns, len(comments) + 1)
    _check_columns(head, file)
    return head


def _values(comments: str, file: str) -> dict[str, str]:
    try:
        values = yaml.safe_load(comments) or {}
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise DataError("the line is not YAML; write “# name: value”", file=file, line=line) from error
    if not isinstance(values, dict):
        raise DataError("the first lines name no values; write “# name: value”", file=file, line=1)
    return {name: str(values[name]) for name in _FOR_ALL if values.get(name) is not None}


def _check_columns(head: TableHead, file: str) -> None:
    missing = [name for name in REQUIRED if name not in head.columns]
    if missing:
        problem = f"there is no column {', '.join(missing)}; each decision needs it, and tabs part the columns"
        raise DataError(problem, file=file, line=head.line)
    doubled = sorted({name for name in head.columns if name and head.columns.count(name) > 1})
    if doubled:
        raise DataError(f"the column {', '.join(doubled)} is there twice; keep one", file=file, line=head.line)
