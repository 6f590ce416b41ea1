"""The head of a mapping file: metadata in comments, prefixes, and the names of the columns.

SSSOM/TSV, https://mapping-commons.github.io/sssom/spec-formats-tsv/: YAML in lines that begin with “#”, then a table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

import yaml
from sssom_pydantic.constants import PROPAGATABLE

from loader.namespaces import OWL, RDF, RDFS, SEMAPV, SKOS, SSSOM
from nbkg.errors import DataError

BUILT_IN: Mapping[str, str] = {
    "owl": str(OWL),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "semapv": str(SEMAPV),
    "skos": str(SKOS),
    "sssom": str(SSSOM),
}
"""The prefixes that a file need not declare and may not declare otherwise."""
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
"""The columns without which a row is no mapping."""
_OF_THE_SET = ("mapping_set_id", "mapping_set_title", "license")


@dataclass(frozen=True)
class MappingHeader:
    """What a file says before its first mapping."""

    set_id: str
    """The IRI of the set of mappings; empty where the file gives it none."""
    title: str
    licence: str
    prefixes: Mapping[str, str]
    slots: Mapping[str, str | list[str]]
    """What holds for every row that does not say otherwise."""
    columns: tuple[str, ...]
    line: int
    """The line of the names of the columns."""


def read_mapping_header(stream: TextIO, file: str) -> MappingHeader:
    """Return the head of a file, and leave the stream at the first mapping.

    Raises DataError (file, line, what to do) where the metadata is not YAML, a built-in prefix is declared otherwise
    or a required column is missing.
    """
    comments, columns, line = _split(stream)
    metadata = _metadata(comments, file)
    prefixes = _prefixes(metadata.get("curie_map"), file)
    _check_columns(columns, file, line)
    slots = {name: _text(value) for name, value in metadata.items() if name in PROPAGATABLE}
    set_id, title, licence = (str(metadata.get(name) or "") for name in _OF_THE_SET)
    return MappingHeader(set_id, title, licence, prefixes, slots, columns, line)


def _split(stream: TextIO) -> tuple[str, tuple[str, ...], int]:
    """Return the YAML of the comments, the names of the columns and their line."""
    comments: list[str] = []
    for number, line in enumerate(iter(stream.readline, ""), 1):
        if not line.startswith("#"):
            return "".join(comments), _cells(line), number
        comments.append(line.removeprefix("#").removeprefix(" ").rstrip() + "\n")
    return "".join(comments), (), len(comments) + 1


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in next(csv.reader([line], delimiter="\t"), []))


def _metadata(comments: str, file: str) -> Mapping[str, object]:
    try:
        metadata = yaml.safe_load(comments)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise DataError(
            "the metadata is not YAML; indent the prefixes below curie_map", file=file, line=line
        ) from error
    if metadata is not None and not isinstance(metadata, dict):
        raise DataError("the metadata is no list of names with values; write `name: value`", file=file, line=1)
    return metadata or {}


def _prefixes(declared: object, file: str) -> dict[str, str]:
    prefixes = {str(prefix): str(namespace) for prefix, namespace in _pairs(declared)}
    for prefix in BUILT_IN.keys() & prefixes.keys():
        if prefixes[prefix] != BUILT_IN[prefix]:
            raise DataError(f"“{prefix}:” is built in and means <{BUILT_IN[prefix]}>; choose another prefix", file=file)
    return {**BUILT_IN, **prefixes}


def _pairs(declared: object) -> Iterator[tuple[object, object]]:
    if isinstance(declared, dict):
        yield from declared.items()


def _check_columns(columns: tuple[str, ...], file: str, line: int) -> None:
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise DataError(f"there is no column {', '.join(missing)}; each mapping needs it", file=file, line=line)
    doubled = {name for name in columns if name and columns.count(name) > 1}
    if doubled:
        raise DataError(f"the column {', '.join(sorted(doubled))} is there twice; keep one", file=file, line=line)


def _text(value: object) -> str | list[str]:
    return [str(item) for item in value] if isinstance(value, list) else str(value)
