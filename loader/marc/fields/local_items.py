"""Subfields that name a library which has what a record describes, as the profile of the source says."""

from __future__ import annotations

from typing import Final

from loader.marc.fields.field_rule import clean
from loader.marc.fields.library_holdings import ITEM_OF_FIELD, library_code, name_item
from loader.marc.fields.library_items import library_item
from loader.marc.fields.projection import LocalReading, Projection
from loader.marc.fields.terms import BF
from loader.marc.profiles.marc_profile import LocalSubfield

_ITEM: Final = f"{BF}Item>"


def write_local_items(reading: LocalReading, into: Projection) -> LocalReading:
    """Write the items of libraries that a field names before its rule is applied, and return the rest of its reading.

    A value that has not the form that the profile gives is data about a copy, or names no library that is known.
    """
    into.seen[ITEM_OF_FIELD] = ""
    for code, meaning, raw in reading.own:
        if meaning.kind == _ITEM:
            _write_item(reading.tag, code, _library(meaning, clean(raw)), into)
    return reading._replace(own=[each for each in reading.own if each[1].kind != _ITEM])


def _write_item(tag: str, code: str, library: str, into: Projection) -> None:
    if library and into.identity.instance:
        into.seen[ITEM_OF_FIELD] = name_item(library_item(library, into), into)
    elif library:
        into.omit(tag, code, "no-instance")
    else:
        into.omit(tag, code, "item-data" if into.identity.work else "no-library")


def _library(meaning: LocalSubfield, value: str) -> str:
    """Return the code of the library that a value names; empty where it has not the form that the profile gives."""
    if meaning.pattern is None:
        return library_code(value)
    match = meaning.pattern.search(value)
    return library_code(match["number"]) or match["number"] if match else ""
