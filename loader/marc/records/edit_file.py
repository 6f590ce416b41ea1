"""`nbkg marc edit`: a file of edits, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from nbkg.errors import DataError, UsageError
from nbkg.records.store.edit_json import parse_patches, parse_provenance
from nbkg.records.store.editing import NewEdit


def read_edits(file: Path) -> Iterator[NewEdit]:
    """Yield the edits of a file. Raises DataError, which names the line, for one that is none."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"{file}: it cannot be opened ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise DataError(f"it is not UTF-8 ({error})", file=file) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _parse(line)
            except DataError as error:
                raise DataError(error.problem, file=file, line=number) from error


def _parse(line: str) -> NewEdit:
    try:
        members = json.loads(line)
    except json.JSONDecodeError as error:
        raise DataError(f"it is not JSON: {error}") from error
    if not isinstance(members, dict) or not isinstance(members.get("record"), str):
        raise DataError("an edit is an object with “record”, “who”, “when”, “why” and “patches”")
    return NewEdit(members["record"], parse_patches(members.get("patches")), parse_provenance(members))
