"""The indexes that can be searched, with their names in context sets, as `data/sru/indexes.toml` has them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from nbkg.records.listing.record_words import word_groups
from sparql_endpoint.api.sru.sru_diagnostics import SruDiagnosticError

_ANY = "any"


class SearchIndex(NamedTuple):
    """An index: groups of words, or a code."""

    names: Sequence[str]
    groups: Sequence[str]
    code: str
    sort: str
    """What results can be sorted by; empty where they cannot."""
    titles: Mapping[str, str]
    """Its names for people in nb, nn and en."""


class IndexTable(NamedTuple):
    """All indexes, and the context sets of their names."""

    indexes: Sequence[SearchIndex]
    sets: Mapping[str, str]
    by_name: Mapping[str, SearchIndex]
    """By names in small letters, with the prefix of their context set and without."""


@cache
def index_table() -> IndexTable:
    """Return the table."""
    table = tomllib.loads(files("data").joinpath("sru", "indexes.toml").read_text(encoding="utf-8"))
    indexes = [_index(entry) for entry in table["indexes"]]
    full = {name.lower(): index for index in indexes for name in index.names}
    order = {prefix: rank for rank, prefix in enumerate(table["sets"])}
    short: dict[str, SearchIndex] = {}
    for name in sorted(full, key=lambda each: order[each.partition(".")[0]]):
        short.setdefault(name.partition(".")[2], full[name])
    return IndexTable(indexes, table["sets"], {**short, **full})


def _index(entry: Mapping[str, object]) -> SearchIndex:
    words = str(entry.get("words", ""))
    groups = word_groups() if words == _ANY else [words] if words else []
    names = entry["names"]
    titles = {language: str(entry[language]) for language in ("nb", "nn", "en")}
    return SearchIndex(
        [str(name) for name in names] if isinstance(names, list) else [],
        groups,
        str(entry.get("code", "")),
        str(entry.get("sort", "")),
        titles,
    )


def find_index(name: str, prefixes: Mapping[str, str]) -> SearchIndex:
    """Return the index of a name; `prefixes` are those that the query declares. Raises SruDiagnosticError."""
    table = index_table()
    prefix, dot, local = name.rpartition(".")
    if dot:
        prefix = _own_prefix(prefix.lower(), prefixes)
        name = f"{prefix}.{local}"
    index = table.by_name.get(name.lower())
    if index is None:
        raise SruDiagnosticError(16, name)
    return index


def _own_prefix(prefix: str, prefixes: Mapping[str, str]) -> str:
    """Return our prefix of a context set. Raises SruDiagnosticError where it is not known."""
    sets = index_table().sets
    if prefix in prefixes:
        prefix = next((own for own, iri in sets.items() if iri == prefixes[prefix]), "")
    if prefix not in sets:
        raise SruDiagnosticError(15, prefix)
    return prefix
