"""Identifiers of curated entities in other registers: their check digits and forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pyoxigraph as ox
from stdnum import isil, isni
from stdnum.no import orgnr

from loader.errors import CuratedError
from loader.namespaces import BASE
from loader.queries import rows, store_of
from nbkg.rdf.solutions import text


def _written_as(pattern: str) -> Callable[[str], bool]:
    return lambda identifier: re.fullmatch(pattern, identifier) is not None


_CHECKS: dict[str, Callable[[str], bool]] = {
    "eli": _written_as(r"https://lovdata\.no/eli/(?:lov|forskrift)/\d{4}/\d\d/\d\d/\d+/nor"),
    "isil": isil.is_valid,
    "isni": isni.is_valid,
    "lovdata": _written_as(r"(?:lov|forskrift)/\d{4}-\d\d-\d\d-\d+"),
    "orgnr": orgnr.is_valid,
    "ror": _written_as(r"https://ror\.org/0[a-hj-km-np-tv-z0-9]{6}\d\d"),
    "viaf": _written_as(r"[1-9]\d*"),
    "wikidata": _written_as(r"Q[1-9]\d*"),
}
"""Key of the register (`id/concept/identifier-scheme/`) to the check of its identifiers."""


def check_identifiers(curated: Iterable[ox.Triple]) -> None:
    """Check each identifier. Raises CuratedError for a wrong check digit, or where no source is stated."""
    for row in rows(store_of(curated), "build/identifiers", BASE):
        node, number, register = row["node"], text(row, "number"), text(row, "register")
        if "source" not in row:
            raise CuratedError(f"{node} does not say where it was seen; add dcterms:source")
        if register in _CHECKS and not _CHECKS[register](number):
            raise CuratedError(f"{node}: “{number}” is not a valid {register}; look it up again")
