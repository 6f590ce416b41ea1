"""The tables of a profile: values of a system and what they mean, in the profile itself or in a file beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any

Tables = Mapping[str, Mapping[str, Mapping[str, str]]]
"""The name of a table to its rows by their keys; a row has values by columns."""


def read_tables(folder: Traversable, content: Mapping[str, Any]) -> Tables:
    """Return the tables of a profile: those that stand in it, and `{name}.tsv` of those that it names."""
    own = {name: _inline(table) for name, table in content.get("tables", {}).items()}
    return own | {name: _read(folder.joinpath(f"{name}.tsv")) for name in sorted(set(_named(content)) - set(own))}


def _named(content: Any) -> Iterator[str]:
    """Yield the names of the tables that variables name, wherever they stand."""
    if isinstance(content, dict):
        if isinstance(content.get("table"), str):
            yield content["table"]
        content = list(content.values())
    for each in content if isinstance(content, list) else ():
        yield from _named(each)


def _inline(table: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {key: {"key": key, "value": value} for key, value in table.items()}


def _read(file: Traversable) -> dict[str, dict[str, str]]:
    lines = (line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {row["key"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
