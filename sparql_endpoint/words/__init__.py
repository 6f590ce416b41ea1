"""The pages' own words in every language: a file for each area, `[key]` with `nb`, `nn` and `en`; a key stands once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return the words by key and language. Raises ValueError for a key that two files have."""
    merged: dict[str, Mapping[str, str]] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        if twice := merged.keys() & read.keys():
            raise ValueError(f"words/{file.name}: {', '.join(sorted(twice))} stand in another file already")
        merged |= read
    return merged
