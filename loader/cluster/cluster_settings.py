"""The settings of a clustering: which fields are read how, which comparisons count for how much, what contradicts.

They are data: a TOML file in `data/cluster-settings/`, or one of those who use this with data of another kind.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from nbkg.errors import DataError, UsageError

_FOLDER = "cluster-settings"


@dataclass(frozen=True)
class FieldSettings:
    """A field that is compared: the columns of a record that it is made of, and how their text is read."""

    name: str
    reading: str
    columns: Sequence[str]
    remove: Sequence[str] = ()
    """Patterns of what does not count; they stay where nothing else would be left."""
    categories: Mapping[str, str] = field(default_factory=dict)
    """Patterns of the categories of a text, of which the first counts that fits."""


@dataclass(frozen=True)
class ComparisonSettings:
    """A comparison: its name, the function that makes a number of two values, and what this number is worth."""

    name: str
    function: str
    field: str
    weight: float = 0.0
    times: str = ""
    """The name of an earlier comparison by whose number it is multiplied."""


@dataclass(frozen=True)
class KeySettings:
    """A kind of block key: records that share one are compared."""

    function: str
    fields: Sequence[str]
    most: int = 200
    """Records with one key; a key of more says nothing and is left out."""


@dataclass(frozen=True)
class ClosureSettings:
    """When clusters may be joined, see `loader.cluster.cluster_closure`."""

    least_mean: float = 0.5
    """The probability that two clusters must have on the average of their pairs."""
    contradiction: float = 0.0
    """The probability below which two records contradict each other."""


@dataclass(frozen=True)
class Settings:
    """Everything that one clustering is decided by."""

    name: str
    fields: Sequence[FieldSettings]
    comparisons: Sequence[ComparisonSettings]
    intercept: float = 0.0
    threshold: float = 0.5
    """The probability from which on two records are the same."""
    vetoes: Sequence[ComparisonSettings] = ()
    """Comparisons whose number, where it is above zero, says that two records are not the same."""
    keys: Sequence[KeySettings] = ()
    closure: ClosureSettings = ClosureSettings()
    learnt: str = ""
    """How the weights were learnt."""


def read_settings(name: str) -> Settings:
    """Return the settings that are called so in `data/cluster-settings/`, or those of a file.

    Raises UsageError where there are none, DataError where the file does not fit.
    """
    path = Path(name) if name.endswith(".toml") else files("data").joinpath(_FOLDER, f"{name}.toml")
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"no settings {name}: expected a TOML file, or one of {', '.join(_names())}") from error
    return _parse(text, name)


def _names() -> list[str]:
    files_there = files("data").joinpath(_FOLDER).iterdir()
    return sorted(one.name.removesuffix(".toml") for one in files_there if one.name.endswith(".toml"))


def _parse(text: str, name: str) -> Settings:
    try:
        return _read_tables(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise DataError(f"these are no settings of a clustering: {error}", file=name) from error


def _read_tables(tables: dict[str, Any]) -> Settings:
    parts: dict[str, Any] = {
        "fields": [FieldSettings(**one) for one in tables.pop("field")],
        "comparisons": [ComparisonSettings(**one) for one in tables.pop("comparison")],
        "vetoes": [ComparisonSettings(**one) for one in tables.pop("veto", [])],
        "keys": [KeySettings(**one) for one in tables.pop("key", [])],
        "closure": ClosureSettings(**tables.pop("closure", {})),
    }
    return Settings(**parts, **tables)
