"""A table as a workbook for spreadsheets: real dates and numbers, a header that stays, and a sheet about the columns.

The same table always gives the same bytes.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from nbkg.rdf.xml_output import replace_illegal

MAX_ROWS = 100_000
"""Rows above which a table has no workbook: a sheet holds a million, but opening it would take minutes."""
CELL_LENGTH = 32_767
"""Characters that a cell of a spreadsheet holds; a longer text is cut there, and is whole in the CSV file."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CREATED = datetime(1980, 1, 1)  # workbooks have no time zones
_WIDTHS = (10, 60)
"""The narrowest and the widest column, in characters."""
_SAMPLE = 200
"""Rows by which the width of a column is chosen."""
_DAY = "DD.MM.YYYY"
_COLUMN_HEADERS = ("Kolonne", "Forklaring", "Type", "Egenskap")
_SHEETS = ("Data", "Kolonner")
_BOLD = Font(bold=True)

Cell = str | int | float | bool | date | None


class StableZip(zipfile.ZipFile):
    """A zip whose bytes depend on its content alone: no entry has a time."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Add an entry with these bytes."""
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        super().writestr(entry, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a file under its name, or under another one."""
        self.writestr(str(arcname or Path(filename).name), Path(filename).read_bytes())


def write_workbook(table: Path, fields: Sequence[Mapping[str, Any]], target: Path) -> None:
    """Write the CSV file `table` as a workbook. `fields` describe its columns as `datapackage.json` does."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _CREATED
    with table.open(encoding="utf-8-sig", newline="") as stream:
        widths = _widths(csv.reader(stream))
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        types = [str(field["type"]) for field in fields]
        typed = ([cell_value(text, kind) for text, kind in zip(row, types, strict=True)] for row in rows)
        _write_sheet(book, _SHEETS[0], [str(field["name"]) for field in fields], typed, widths)
    about = [_about(field) for field in fields]
    _write_sheet(book, _SHEETS[1], _COLUMN_HEADERS, about, _widths([_COLUMN_HEADERS, *about]))
    with StableZip(target, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()


def cell_value(text: str, kind: str) -> Cell:
    """Return what a cell of a type of Table Schema holds in a workbook; a text where it is no value of that type."""
    if not text:
        return None
    try:
        match kind:
            case "integer" | "year":
                return int(text)
            case "number":
                return float(text)
            case "boolean":
                return text == "true"
            case "date":
                return date.fromisoformat(text)
    except ValueError:
        pass
    plain = replace_illegal(text)
    return plain if len(plain) <= CELL_LENGTH else f"{plain[: CELL_LENGTH - 1]}…"


def _about(field: Mapping[str, Any]) -> list[str]:
    return [str(field.get(key, "")) for key in ("name", "description", "type", "rdfType")]


def _write_sheet(
    book: Workbook, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int]
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([_cell(sheet, name, font=_BOLD) for name in header])
    count = 1
    for count, row in enumerate(rows, 2):  # noqa: B007  # the number of the last row
        sheet.append([_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{count}"


def _cell(sheet: Any, value: Cell, font: Font | None = None) -> Any:
    """Return a cell; a text stays one, also where it looks like a formula, but for characters that XML cannot hold."""
    value = replace_illegal(value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # the stub lacks days
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = _DAY
    if font:
        cell.font = font
    return cell


def _widths(rows: Iterable[Sequence[str]]) -> list[int]:
    """Return the width of each column by its header and first rows."""
    widths: list[int] = []
    for _, row in zip(range(_SAMPLE), rows, strict=False):
        lengths = [max(map(len, text.split("\n")), default=0) + 2 for text in row]
        widths = [max(pair) for pair in zip(widths or lengths, lengths, strict=True)]
    narrowest, widest = _WIDTHS
    return [min(max(width, narrowest), widest) for width in widths]


def zip_tables(folder: Path, target: Path) -> None:
    """Put the files of a folder into one zip, by name."""
    with StableZip(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file)


def read_rows(workbook: Any) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a workbook that openpyxl has opened, the header first; days without a time."""
    columns = 0
    for row in workbook[_SHEETS[0]].iter_rows(values_only=True):
        columns = columns or len(row)
        cells = (value.date() if isinstance(value, datetime) else value for value in row)
        yield (*cells, *[None] * (columns - len(row)))
