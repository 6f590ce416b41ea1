"""Identifiers of curated entities in other registers: their check digits and forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pyoxigraph as ox
from stdnum.no import orgnr

from loader.errors import CuratedError
from loader.namespaces import BASE
from loader.queries import rows, store_of
from nbkg.rdf.solutions import text

_CHECKS: dict[str, Callable[[str], bool]] = {
    "lovdata": lambda act: re.fullmatch(r"(?:lov|forskrift)/\d{4}-\d\d-\d\d-\d+", act) is not None,
    "orgnr": orgnr.is_valid,
    "wikidata": lambda item: re.fullmatch(r"Q[1-9]\d*", item) is not None,
}
"""Key of the register (`id/concept/identifier-scheme/`) to the check of its identifiers."""


def check_identifiers(curated: Iterable[ox.Triple]) -> None:
    """Check each identifier. Raises CuratedError for a wrong check digit, or where no source is stated."""
    for row in rows(store_of(curated), "build/identifiers", BASE):
        node, number, register = row["node"], text(row, "number"), text(row, "register")
        if "source" not in row:
            raise CuratedError(f"{node} does not tell where it was seen; add dcterms:source")
        if register in _CHECKS and not _CHECKS[register](number):
            raise CuratedError(f"{node}: “{number}” is no valid {register}; look it up again")
