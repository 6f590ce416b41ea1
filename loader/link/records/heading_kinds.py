"""The kinds of headings that are linked, as `heading_kinds.toml` describes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class HeadingKind:
    """What headings of one kind are."""

    classes: tuple[str, ...]
    """The classes of the entities that they may mean."""
    tags: frozenset[str]
    """The fields of MARC 21 in which they stand."""
    other_codes: str
    """Subfields that show that a field names something else."""
    exact: bool
    """Whether the same heading is linked; otherwise it is proposed."""
    predicate: str
    """The property of a link."""


@cache
def heading_kinds() -> Mapping[str, HeadingKind]:
    """Return the kinds by their names."""
    return {
        name: HeadingKind(
            tuple(one["classes"]), frozenset(one["tags"]), one["other_codes"], one["exact"], one["predicate"]
        )
        for name, one in _settings()["kinds"].items()
    }


def number_codes() -> Mapping[str, str]:
    """Return the code that stands before a number in $0, by the key of the register."""
    return dict(_settings()["number_codes"])


def justifications() -> Mapping[str, str]:
    """Return how each rule justifies a mapping, as a CURIE."""
    return dict(_settings()["justifications"])


@cache
def _settings() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("heading_kinds.toml").read_text(encoding="utf-8"))
