"""Checks that the tables of a release are as `datapackage.json` describes them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from loader.release.release_index import is_inside
from loader.verify.findings import Finding

_FOLDER = "csv"
_INDEX = f"{_FOLDER}/datapackage.json"


def table_findings(folder: Path) -> Iterator[Finding]:
    """Yield the faults of the tables; nothing where there are none."""
    if not (folder / _FOLDER).is_dir():
        return
    try:
        resources = {
            str(resource["path"]): [str(field["name"]) for field in resource["schema"]["fields"]]
            for resource in json.loads((folder / _INDEX).read_bytes())["resources"]
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Finding(_INDEX, f"is no description of tables: {type(error).__name__} {error}")
        return
    tables = {path.name for path in (folder / _FOLDER).glob("*.csv")}
    yield from (Finding(f"{_FOLDER}/{name}", "is not described") for name in sorted(tables - {*resources}))
    for path, fields in resources.items():
        if not is_inside(path) or path not in tables:
            yield Finding(f"{_FOLDER}/{path}", "is described, but is not there")
        else:
            yield from _table(folder / _FOLDER / path, fields)


def _table(path: Path, fields: list[str]) -> Iterator[Finding]:
    table = f"{_FOLDER}/{path.name}"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        try:
            if next(rows, []) != fields:
                yield Finding(table, "has other columns than it is described with")
                return
            for row in rows:
                if len(row) != len(fields):
                    yield Finding(table, f"line {rows.line_num}: has {len(row)} values in {len(fields)} columns")
                    return
        except (csv.Error, UnicodeDecodeError) as error:
            yield Finding(table, f"is no CSV in UTF-8: {error}")
