"""The records of a document in JSON: one record, a list, a page of an API, or one record a line (JSON Lines)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple

from loader.json_records.json_path import Json, JsonValue, walk
from nbkg.errors import DataError
from nbkg.rdf.compression import READ_ERRORS, decompress
from nbkg.rdf.decoding import decode_stream


class JsonRecord(NamedTuple):
    """A record as it is read."""

    located: JsonValue
    position: str
    """Where it stands, for messages: `record 3` or `line 3`."""


class DamagedLine(NamedTuple):
    """A line of JSON Lines that is no JSON object."""

    position: str
    problem: str


def read_json_records(stream: IO[bytes], file: str, lists: Sequence[str]) -> Iterator[JsonRecord | DamagedLine]:
    """Yield the records of a document, compressed or not; `lists` are paths at which pages of an API have them.

    JSON Lines are read line by line; another document is held in memory. Raises DataError for what is no JSON (an HTML
    page, a document that breaks off) and for one whose top is neither an object nor a list.
    """
    try:
        with decompress(Path(file), stream) as content:
            yield from _records(iter(decode_stream(content)), file, lists)
    except READ_ERRORS as error:
        raise DataError(f"cannot be read to its end ({error}); fetch it again", file=file) from error


def _records(lines: Iterator[bytes], file: str, lists: Sequence[str]) -> Iterator[JsonRecord | DamagedLine]:
    first = next((line for line in lines if line.strip()), b"")
    if _is_whole(first) and (second := next((line for line in lines if line.strip()), b"")):
        yield from _of_lines(chain([first, second], lines))
    else:
        yield from _of_document(_load(first + b"".join(lines), file), file, lists)


def _is_whole(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _of_lines(lines: Iterator[bytes]) -> Iterator[JsonRecord | DamagedLine]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _of_line(line, f"line {number}")


def _of_line(line: bytes, position: str) -> JsonRecord | DamagedLine:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return DamagedLine(position, f"is no JSON ({error})")
    return _record(value, position)


def _record(value: Json, position: str) -> JsonRecord | DamagedLine:
    if isinstance(value, dict):
        return JsonRecord(JsonValue(value), position)
    return DamagedLine(position, "is no JSON object")


def _load(text: bytes, file: str) -> Json:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        problem = f"is no JSON: {error}. Nothing of it was read; ask the source for it again"
        raise DataError(problem, file=file, line=getattr(error, "lineno", None)) from error


def _of_document(content: Json, file: str, lists: Sequence[str]) -> Iterator[JsonRecord | DamagedLine]:
    if not isinstance(content, (dict, list)):
        raise DataError("its top is neither an object nor a list of records", file=file)
    located_values = [located.value for path in lists for located in walk(JsonValue(content), path)]
    records = next((value for value in located_values if isinstance(value, list)), content)
    for number, value in enumerate(records if isinstance(records, list) else [records], 1):
        yield _record(value, f"record {number}")
