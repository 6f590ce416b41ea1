"""Identifiers of curated entities in other registers: their check digits and forms."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from loader.errors import CuratedError
from loader.namespaces import BASE
from loader.queries import rows, store_of
from nbkg.identifiers.identifier_reading import known_schemes
from nbkg.rdf.solutions import text


def check_identifiers(curated: Iterable[ox.Triple]) -> None:
    """Check each identifier. Raises CuratedError for a wrong check digit, or where no source is stated."""
    for row in rows(store_of(curated), "build/identifiers", BASE):
        node, number, register = row["node"], text(row, "number"), text(row, "register")
        if "source" not in row:
            raise CuratedError(f"{node} does not say where it was seen; add dcterms:source")
        if not _is_normal(register, number):
            raise CuratedError(f"{node}: “{number}” is not a valid {register}; look it up again")


def _is_normal(register: str, number: str) -> bool:
    """Return whether a number is written as its register writes it; those of unknown registers are not checked."""
    scheme = known_schemes().get(register)
    if scheme is None:
        return True
    read = scheme.read_number(number)
    return read.number == number and not read.fault
