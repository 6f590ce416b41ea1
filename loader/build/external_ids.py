"""Identifiers of curated entities in other registers: their check digits and forms."""

from __future__ import annotations

import re
from collections.abc import Callable

from rdflib import Graph
from stdnum.no import orgnr

from loader import identifiers
from loader.errors import CuratedError
from loader.namespaces import DCTERMS, NBKG, RDF, SKOS

_CHECKS: dict[str, Callable[[str], bool]] = {
    "orgnr": orgnr.is_valid,
    "wikidata": lambda item: re.fullmatch(r"Q[1-9]\d*", item) is not None,
}
"""Key of the register (`id/concept/identifier-scheme/`) to the check of its identifiers."""


def check_identifiers(curated: Graph) -> None:
    """Raises CuratedError for an identifier whose check digit is wrong, or that does not tell where it was seen."""
    for node in sorted(curated.subjects(RDF.type, NBKG.Identifier), key=str):
        number = str(curated.value(node, SKOS.notation) or "")
        if curated.value(node, DCTERMS.source) is None:
            raise CuratedError(f"<{node}> does not tell where it was seen; add dcterms:source")
        for key, valid in _CHECKS.items():
            registered = (node, NBKG.scheme, identifiers.concept("identifier-scheme", key)) in curated
            if registered and not valid(number):
                raise CuratedError(f"<{node}>: “{number}” is no valid {key}; look it up again")
