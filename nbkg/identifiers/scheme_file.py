"""Reads the registers of identifiers from `data/curated/identifier-schemes.ttl`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from nbkg.grouping import group_values
from nbkg.identifiers.scheme import IdentifierScheme
from nbkg.rdf import solutions
from nbkg.rdf.solutions import text

_AFTER_ADDRESS = r"/*(?:[?#].*)?"


@cache
def read_schemes() -> Mapping[str, IdentifierScheme]:
    """Return the registers by their keys, in the order of their ranks; they are read at the first call."""
    store = ox.Store()
    store.load(files("data").joinpath("curated", "identifier-schemes.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    query = files(__package__).joinpath("schemes.rq").read_text(encoding="utf-8")
    rows = group_values(
        (text(row, "key"), (text(row, "property"), text(row, "value"))) for row in solutions.rows(store.query(query))
    )
    schemes = sorted((_scheme(key, pairs) for key, pairs in rows.items()), key=lambda each: (each.rank, each.key))
    return {scheme.key: scheme for scheme in schemes}


def _scheme(key: str, pairs: Sequence[tuple[str, str]]) -> IdentifierScheme:
    values = group_values(pairs)
    first = {name: each[0] for name, each in values.items()}
    return IdentifierScheme(
        key,
        tuple(sorted({key, *(code.lower() for code in values.get("code", ()))}, key=lambda code: (-len(code), code))),
        _pattern(_named(first["pattern"])),
        tuple(_pattern(address + _AFTER_ADDRESS) for address in values.get("address", ())),
        first.get("template", ""),
        first.get("normal form", ""),
        first.get("names thing") == "true",
        tuple(map(_pattern, values.get("stands alone", ()))),
        int(first.get("rank", 100)),
    )


def _named(pattern: str) -> str:
    return pattern if "(?P<number>" in pattern else f"(?P<number>{pattern})"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def codes_of(schemes: Iterable[IdentifierScheme]) -> Mapping[str, tuple[IdentifierScheme, ...]]:
    """Return the registers by each of their codes: `no-trbib` is one of several."""
    by_code = group_values((code, scheme) for scheme in schemes for code in scheme.codes)
    return {code: tuple(each) for code, each in by_code.items()}
