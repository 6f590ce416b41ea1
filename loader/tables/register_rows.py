"""The rows of a table as they are read: cells by the names of their columns, and what is odd in them."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO

from loader.tables.table_description import ColumnDescription, TableDescription, described_titles
from nbkg.errors import DataError
from nbkg.rdf.decoding import decode_stream
from nbkg.records.personal_data import find_personal_number

_ENTITY = re.compile(r"&(?:\w+|#\d+|#x[0-9a-fA-F]+);")
_E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")

Report = Callable[[int, str], None]
"""Is called with the line and what is odd in it."""


@dataclass(frozen=True)
class RegisterRow:
    """One row: the values of its columns."""

    line: int
    values: dict[str, str]


class TableReader:
    """Reads a table by its description, and reports what it leaves out."""

    def __init__(self, description: TableDescription, report: Report) -> None:
        self._description, self._report = description, report

    def read(self, stream: IO[bytes], file: str) -> list[RegisterRow]:
        """Return the rows whose keys are theirs alone.

        Raises DataError for a table without a required column, and for one that is not UTF-8.
        """
        text = _decoded(stream, file)
        titles = [title.strip().casefold() for _, cells in islice(self._table(text), 1) for title in cells]
        self._check_titles(titles, file)
        rows = [row for row in self._rows(text, titles) if row is not None]
        keys = Counter(row.values[self._description.key] for row in rows)
        return [row for row in rows if self._is_alone(row, keys)]

    def _check_titles(self, titles: Sequence[str], file: str) -> None:
        for column in self._description.columns:
            if column.required and column.titles and not set(column.titles) & set(titles):
                raise DataError(f"there is no column “{column.titles[0]}”; each row needs it", file=file, line=1)
        for title in titles:
            if title not in described_titles(self._description.columns):
                self._report(1, f"the column “{title}” is not described and was left out")

    def _rows(self, text: str, titles: Sequence[str]) -> Iterator[RegisterRow | None]:
        for line, cells in self._table(text):
            if line > 1 and any(cells):
                yield self._row(line, dict(zip(titles, cells, strict=False)))

    def _table(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the cells of each row with the line where it begins: a quoted cell may hold lines."""
        table, line = csv.reader(io.StringIO(text, newline=""), delimiter=self._description.delimiter), 1
        for cells in table:
            yield line, cells
            line = table.line_num + 1

    def _row(self, line: int, cells: dict[str, str]) -> RegisterRow | None:
        """Return a row, or None where a required value is missing or wrong, and where a number of a person is in it."""
        if any(map(find_personal_number, cells.values())):
            self._report(line, "it holds a number of a person, and data about people is refused; the row was left out")
            return None
        values: dict[str, str] = {}
        for column in self._description.columns:
            value = self._value(column, cells, line)
            if value:
                values[column.name] = value
            elif column.required:
                self._report(line, f"{column.name} is missing; the row was left out")
                return None
        return RegisterRow(line, values)

    def _value(self, column: ColumnDescription, cells: dict[str, str], line: int) -> str:
        """Return the value of a column in a row; an empty text where there is none that may be used."""
        value = next((text for title in column.titles if (text := cells.get(title, "").strip())), "")
        if _E_MAIL.search(value):
            self._report(line, f"{column.name} holds an e-mail address and was left out")
            return ""
        if _ENTITY.search(value):
            value = html.unescape(value)
            self._report(line, f"{column.name} has HTML entities; it was read as “{value}”")
        if value and column.pattern and not column.pattern.fullmatch(value):
            self._report(line, f"“{value}” is not written as {column.name} is; it was left out, and the row kept")
            return ""
        return value

    def _is_alone(self, row: RegisterRow, keys: Counter[str]) -> bool:
        key = row.values[self._description.key]
        if keys[key] > 1:
            words = " ".join(row.values[name] for name in sorted(row.values) if name == "name")
            self._report(row.line, f"“{key}” is the key of {keys[key]} rows; this one ({words}) was left out")
        return keys[key] == 1


def _decoded(stream: IO[bytes], file: str) -> str:
    try:
        return decode_stream(stream).read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError("is not in UTF-8; save it so", file=file) from error
