"""Checks that the tables of a release are as `datapackage.json` describes them, and workbooks and zip as the tables."""

from __future__ import annotations

import csv
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import chain, zip_longest
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from loader.dumps.tables import ZIP
from loader.dumps.workbooks import Cell, cell_value, read_rows
from loader.release.release_index import is_inside
from loader.verify.findings import Finding
from nbkg.rdf.xml_output import replace_illegal

_FOLDER = "csv"
_INDEX = f"{_FOLDER}/datapackage.json"


def table_findings(folder: Path) -> Iterator[Finding]:
    """Yield the faults of the tables; nothing where there are none."""
    if not (folder / _FOLDER).is_dir():
        return
    try:
        described = json.loads((folder / _INDEX).read_bytes())["resources"]
        resources = {str(one["path"]): [str(field["name"]) for field in one["schema"]["fields"]] for one in described}
        kinds = {str(one["path"]): [str(field["type"]) for field in one["schema"]["fields"]] for one in described}
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Finding(_INDEX, f"is not a description of tables: {type(error).__name__} {error}")
        return
    tables = {path.name for path in (folder / _FOLDER).glob("*.csv")}
    yield from (Finding(f"{_FOLDER}/{name}", "is not described") for name in sorted(tables - {*resources}))
    for path, fields in resources.items():
        if not is_inside(path) or path not in tables:
            yield Finding(f"{_FOLDER}/{path}", "is described, but is not there")
        else:
            yield from _table(folder / _FOLDER / path, fields)
            yield from _workbook(folder / _FOLDER / path, kinds[path])
    yield from _zip(folder)


def _table(path: Path, fields: list[str]) -> Iterator[Finding]:
    table = f"{_FOLDER}/{path.name}"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        try:
            if next(rows, []) != fields:
                yield Finding(table, "has other columns than its description states")
                return
            for row in rows:
                if len(row) != len(fields):
                    yield Finding(table, f"line {rows.line_num}: has {len(row)} values in {len(fields)} columns")
                    return
        except (csv.Error, UnicodeDecodeError) as error:
            yield Finding(table, f"is no CSV in UTF-8: {error}")


def _workbook(table: Path, kinds: list[str]) -> Iterator[Finding]:
    """Yield where the workbook beside a table, if there is one, holds other values than the table."""
    file = table.with_suffix(".xlsx")
    if not file.is_file():
        return
    name = f"{_FOLDER}/{file.name}"
    try:
        book = load_workbook(file, read_only=True)
        with closing(book), table.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream)
            expected = chain([tuple(map(replace_illegal, next(rows)))], (_values(row, kinds) for row in rows))
            for number, (one, other) in enumerate(zip_longest(expected, read_rows(book)), 1):
                if one != other:
                    yield Finding(name, f"row {number}: holds other values than {table.name}")
                    return
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, InvalidFileException) as error:
        yield Finding(name, f"is not a workbook: {type(error).__name__} {error}")


def _values(row: list[str], kinds: list[str]) -> tuple[Cell, ...]:
    return tuple(cell_value(text, kind) for text, kind in zip(row, kinds, strict=True))


def _zip(folder: Path) -> Iterator[Finding]:
    """Yield where the zip of all tables, if there is one, does not hold exactly the files of their folder."""
    if not (folder / ZIP).is_file():
        return
    files = {file.name: file for file in (folder / _FOLDER).iterdir()}
    try:
        with zipfile.ZipFile(folder / ZIP) as archive:
            names = {*archive.namelist()}
            yield from (Finding(ZIP, f"lacks {name}") for name in sorted({*files} - names))
            yield from (Finding(ZIP, f"holds {name}, which is not a table") for name in sorted(names - {*files}))
            for name in sorted(names & {*files}):
                if archive.getinfo(name).file_size != files[name].stat().st_size or (
                    archive.read(name) != files[name].read_bytes()
                ):
                    yield Finding(ZIP, f"holds another {name} than the release")
    except (OSError, zipfile.BadZipFile, zlib.error) as error:
        yield Finding(ZIP, f"is not a zip: {type(error).__name__} {error}")
