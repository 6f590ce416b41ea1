"""A description as a line of JSON, and back."""

from __future__ import annotations

import json
from typing import Any

from loader.cluster.description.record_description import PersonKey, RecordDescription, Series, Titles

_SETS = ("languages", "first_years", "isbns", "identifiers", "edition_words", "publishers", "pages", "host")
_PERSONS = ("creators", "contributors", "translators")
_TUPLES = ("years", "volume", "numbers", "contents")


def serialize_description(record: RecordDescription) -> str:
    """Return a description as JSON, the same for the same one."""
    return json.dumps(record, default=sorted, ensure_ascii=False, separators=(",", ":"))


def parse_description(text: str) -> RecordDescription:
    """Return the description of a line of JSON."""
    values: dict[str, Any] = dict(zip(RecordDescription._fields, json.loads(text), strict=True))
    values.update({name: frozenset(values[name]) for name in _SETS})
    values.update({name: tuple(values[name]) for name in _TUPLES})
    values.update({name: tuple(map(_person, values[name])) for name in _PERSONS})
    values["titles"] = _titles(*values["titles"])
    values["series"] = tuple(Series(*one) for one in values["series"])
    return RecordDescription(**values)


def _person(values: list[Any]) -> PersonKey:
    family, forenames, born = values
    return PersonKey(family, tuple(forenames), born)


def _titles(main: str, subtitle: str, *others: list[str]) -> Titles:
    return Titles(main, subtitle, *map(tuple, others))
