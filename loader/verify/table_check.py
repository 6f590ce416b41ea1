"""Whether the tables of a release are as `datapackage.json` describes them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loader.release.model import is_inside
from loader.verify.findings import Finding

_FOLDER = "csv"
_INDEX = f"{_FOLDER}/datapackage.json"


def table_findings(folder: Path) -> Iterator[Finding]:
    """What is wrong with the tables; nothing where there are none."""
    if not (folder / _FOLDER).is_dir():
        return
    try:
        told = json.loads((folder / _INDEX).read_bytes())
        resources = {str(one["path"]): [str(field["name"]) for field in one["schema"]["fields"]] for one in _all(told)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Finding(_INDEX, f"is no description of tables: {type(error).__name__} {error}")
        return
    there = {path.name for path in (folder / _FOLDER).glob("*.csv")}
    yield from (Finding(f"{_FOLDER}/{name}", "is not described") for name in sorted(there - {*resources}))
    for path, fields in resources.items():
        if not is_inside(path) or path not in there:
            yield Finding(f"{_FOLDER}/{path}", "is described, but is not there")
        else:
            yield from _table(folder / _FOLDER / path, fields)


def _all(told: Any) -> Any:
    return told["resources"]


def _table(path: Path, fields: list[str]) -> Iterator[Finding]:
    place = f"{_FOLDER}/{path.name}"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        try:
            if next(rows, []) != fields:
                yield Finding(place, "has other columns than it is described with")
                return
            for row in rows:
                if len(row) != len(fields):
                    yield Finding(place, f"line {rows.line_num}: has {len(row)} values in {len(fields)} columns")
                    return
        except (csv.Error, UnicodeDecodeError) as error:
            yield Finding(place, f"is no CSV in UTF-8: {error}")
