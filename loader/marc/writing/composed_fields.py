"""How a field is put together: empty subfields fall away, and a field without any is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nbkg.records.record import MarcField

Pairs = Iterable[tuple[str, str]]
_CODED = "0123456789"
"""Subfields that alone make no field: numbers, sources and links of what the others name."""


def make_fields(tag: str, indicators: str, subfields: Pairs) -> list[MarcField]:
    """Return a field in a list, or an empty list where no subfield names anything."""
    named = tuple((code, value) for code, value in subfields if value)
    has_words = any(code not in _CODED for code, _value in named)
    return [MarcField(tag, indicators, named)] if has_words else []


def each(code: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """Return values as subfields with one code."""
    return [(code, value) for value in values]


def control_fields(tag: str, *values: str) -> list[MarcField]:
    """Return a control field for each value that is not empty."""
    return [MarcField(tag, data=value) for value in values if value]


class Indicated(NamedTuple):
    """What an indicator means, where a property or class of the graph says it."""

    name: str
    indicator: str
