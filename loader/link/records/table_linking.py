"""Linking the rows of a table (CSV or TSV), which comes back with its own columns and those of the links."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, TextIO

from loader.link.records.heading import RecordHeading
from loader.link.records.heading_properties import scheme_properties, year_properties
from loader.link.records.link_columns import LINK_COLUMNS, link_cells
from loader.link.records.link_job import Damage, LinkEvent, LinkJob, TableColumns
from loader.marc.values.heading_keys import hashed
from loader.marc.values.literals import path_segment
from nbkg.errors import DataError, UsageError
from nbkg.rdf.decoding import decode_stream

_NAMES = ("name", "navn", "namn", "heading", "label", "thing_name")
"""The usual names of the column of names."""
_DELIMITERS = ",;\t"
_LONGEST_CELL = 1 << 20


@dataclass(frozen=True)
class _Table:
    columns: Sequence[str]
    chosen: TableColumns
    delimiter: str

    def value(self, row: Sequence[str], column: str) -> str:
        """Return the value of a row in a column; empty for a column that is not named."""
        return row[self.columns.index(column)].strip() if column else ""


def link_table(job: LinkJob, output: IO[bytes] | None) -> Iterator[LinkEvent]:
    """Yield what becomes of each row, and write the table with the links to `output`, where there is one.

    A cell that is filled already stays. Raises DataError for a table that cannot be read, UsageError for a column that
    it does not have.
    """
    csv.field_size_limit(min(_LONGEST_CELL, sys.maxsize))
    with job.file.open("rb") as raw:
        text = io.TextIOWrapper(decode_stream(raw), encoding="utf-8", newline="")
        try:
            yield from _link(text, job, output)
        except UnicodeDecodeError as error:
            raise DataError(f"byte {error.start} is not UTF-8; save the table as UTF-8", file=job.file) from error
        finally:
            text.detach()


def _link(text: TextIO, job: LinkJob, output: IO[bytes] | None) -> Iterator[LinkEvent]:
    table = _read_head(text.readline(), job)
    more = [name for name in LINK_COLUMNS if name not in table.columns]
    writer = csv.writer(_Encoded(output), delimiter=table.delimiter, lineterminator="\n") if output else None
    if writer:
        writer.writerow([*table.columns, *more])
    reader = csv.reader(_metered(text, job), delimiter=table.delimiter)
    for row in filter(any, reader):
        event, cells = _link_row(row, table, job, reader.line_num + 1)
        yield event
        if writer:
            writer.writerow(_filled([*row, *[""] * (len(table.columns) - len(row))], table.columns, cells))


def _link_row(row: Sequence[str], table: _Table, job: LinkJob, line: int) -> tuple[LinkEvent, dict[str, str]]:
    if len(row) > len(table.columns):
        reason = f"the row has {len(row)} cells for {len(table.columns)} columns; quote a cell that holds a delimiter"
        return Damage(f"line {line}", reason), {}
    linked = job.link(_heading([*row, *[""] * (len(table.columns) - len(row))], table, job))
    return linked, link_cells(linked)


def _filled(row: list[str], columns: Sequence[str], cells: dict[str, str]) -> list[str]:
    """Return a row with the cells of its link, where it has not filled them itself."""
    own = [text or cells.get(name, "") for name, text in zip(columns, row, strict=False)]
    return [*own, *row[len(columns) :], *(cells.get(name, "") for name in LINK_COLUMNS if name not in columns)]


def _read_head(line: str, job: LinkJob) -> _Table:
    if not line.strip():
        raise DataError("the table is empty: its first line has the names of the columns", file=job.file, line=1)
    delimiter = max(_DELIMITERS, key=line.count)
    columns = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter))]
    chosen = job.columns
    for name in (chosen.name, *chosen.identifiers, chosen.key, chosen.first, chosen.last):
        if name and name not in columns:
            raise UsageError(f"{job.file}: there is no column “{name}”; it has {', '.join(columns)}")
    name = chosen.name or next((each for each in columns if each.lower() in _NAMES), "")
    if not (name or chosen.identifiers):
        raise UsageError(f"{job.file}: name the column of names with --name; it has {', '.join(columns)}")
    return _Table(columns, TableColumns(name, chosen.identifiers, chosen.key, chosen.first, chosen.last), delimiter)


def _heading(row: Sequence[str], table: _Table, job: LinkJob) -> RecordHeading:
    chosen = table.chosen
    own = [text for name, text in zip(table.columns, row, strict=False) if name not in LINK_COLUMNS]
    key = table.value(row, chosen.key)
    is_linked = LINK_COLUMNS[0] in table.columns and bool(table.value(row, LINK_COLUMNS[0]))
    return RecordHeading(
        f"{job.source}/{path_segment(key) if key else f'content-{hashed(*own)}'}",
        table.value(row, chosen.name),
        tuple(filter(None, (table.value(row, name) for name in chosen.identifiers))),
        (
            *scheme_properties(job.scheme),
            *year_properties(table.value(row, chosen.first), table.value(row, chosen.last)),
        ),
        is_linked,
    )


def _metered(text: TextIO, job: LinkJob) -> Iterator[str]:
    for line in text:
        job.advance(len(line.encode()))
        yield line


class _Encoded(io.TextIOBase):
    """Takes text for a file of bytes that others close."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output

    def write(self, text: str) -> int:
        """Write a text in UTF-8."""
        return self._output.write(text.encode())
