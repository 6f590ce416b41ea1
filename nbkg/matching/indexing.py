"""Writes what a store says into an index: the words of its texts and the entities that are matched, in one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from nbkg.matching.entity_tables import EntityTables
from nbkg.matching.roles import ALONE, read_roles
from nbkg.rdf.label_properties import label_properties
from nbkg.text_index import Index, Resource, write_resources


class Statement(NamedTuple):
    """A statement as it is indexed."""

    subject: str
    property: str
    value: str
    """A text or an IRI."""
    is_text: bool
    """Whether the value is a text with or without a language, whose words are indexed."""


def describe(statements: Iterable[Statement]) -> Iterator[Resource]:
    """Yield the resources of statements, of which those of one subject come after each other."""
    resources = (_describe(subject, list(group)) for subject, group in groupby(statements, key=attrgetter("subject")))
    return (one for one in resources if one.names or one.texts or any(role in ALONE for role, _ in one.facts))


def _describe(subject: str, statements: Sequence[Statement]) -> Resource:
    naming, by_property = label_properties(), read_roles().by_property
    texts = [one for one in statements if one.is_text]
    names = [one.value for one in texts if one.property in naming]
    others = [one.value for one in texts if one.property not in naming]
    return Resource(subject, names, others, _facts(statements, by_property))


def _facts(statements: Sequence[Statement], by_property: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(by_property[one.property], one.value) for one in statements if one.property in by_property]


def write_index(path: Path, described: Iterable[Resource], about: Mapping[str, str] | None = None) -> None:
    """Write an index of resources, each of which comes once, to a new file."""
    write_resources(path, described, about, EntityTables())


def index_in_memory(described: Iterable[Resource]) -> Index:
    """Return an index of resources in memory."""
    return Index.of_resources(described, EntityTables())
