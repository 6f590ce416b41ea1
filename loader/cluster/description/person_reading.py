"""The persons and bodies that a record names, by what they did."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from loader.cluster.description.catalogue_words import read_catalogue_words
from loader.cluster.description.record_description import PersonKey
from loader.cluster.description.title_reading import Fields
from nbkg.matching.name_form import key_of, read_name
from nbkg.records.record import MarcField

_NAMES = ("100", "110", "111", "700", "710", "711")


class Persons(NamedTuple):
    """Who is named, by what they did."""

    creators: tuple[PersonKey, ...]
    contributors: tuple[PersonKey, ...]
    translators: tuple[PersonKey, ...]


@lru_cache(1 << 16)
def person_key(name: str) -> PersonKey:
    """Return a name in the parts that are compared."""
    form = read_name(name)
    family, forenames = form.family, form.forenames
    if not forenames and len(family) > 1:
        family, forenames = family[-1:], family[:-1]
    return PersonKey("".join(map(key_of, family)), tuple(map(key_of, forenames)), form.years.first)


def read_persons(fields: Fields) -> Persons:
    """Return the persons and bodies of a record; without a main entry, those who made it are its creators."""
    named = [(field, _person_of(field)) for tag in _NAMES for field in fields.get(tag, ()) if _is_name(field)]
    translators = [key for field, key in named if _has_role(field, "translator_role")]
    main = [key for field, key in named if field.tag[0] == "1"]
    makers = main or [key for field, key in named if _has_role(field, "creator_role")]
    others = [key for _, key in named if key not in translators]
    creators = makers or others[:1]
    return Persons(
        tuple(dict.fromkeys(creators)),
        tuple(dict.fromkeys(others)),
        tuple(dict.fromkeys([*translators, *_stated_translators(fields)])),
    )


def _is_name(field: MarcField) -> bool:
    return not field.values("t") and bool(field.values("a"))


def _person_of(field: MarcField) -> PersonKey:
    return person_key(" ".join([*field.values("a" if field.tag[1:] == "00" else "ab"), *field.values("d")]))


def _has_role(field: MarcField, name: str) -> bool:
    pattern = read_catalogue_words().patterns[name]
    return any(pattern.search(value.lower()) for value in field.values("e4"))


def _stated_translators(fields: Fields) -> Iterator[PersonKey]:
    """Yield the translators whom the statement of responsibility names."""
    for field in fields.get("245", ())[:1]:
        for match in read_catalogue_words().patterns["translated_by"].finditer(" ".join(field.values("c")).lower()):
            yield person_key(match["name"].partition(" og ")[0].strip())
