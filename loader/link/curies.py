"""Compact IRIs of mapping files (CURIEs, https://www.w3.org/TR/curie/) and the IRIs that they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_COMPLETE = re.compile(r"(?:https?|ftp|info|tag)://?.|urn:[A-Za-z0-9]", re.IGNORECASE)
"""How a complete IRI begins."""
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|^`\\]')
"""What no IRI may hold (https://www.w3.org/TR/n-triples/#grammar-production-IRIREF)."""


class CurieError(Exception):
    """A value is no IRI; the message names the slot and says what to do."""


@dataclass(frozen=True)
class CurieExpander:
    """Makes complete IRIs by the prefixes of a file."""

    prefixes: Mapping[str, str]

    def expand(self, value: str, slot: str) -> str:
        """Return the IRI of a CURIE, or a complete IRI as it is.

        Raises CurieError for a prefix that is not declared, and for what is no IRI.
        """
        prefix, colon, local = value.partition(":")
        if colon and prefix in self.prefixes:
            return _checked(self.prefixes[prefix] + local, slot)
        if _COMPLETE.match(value):
            return _checked(value, slot)
        if colon:
            raise CurieError(f"{slot}: the prefix of “{value}” is not declared; add “{prefix}” to curie_map")
        raise CurieError(f"{slot}: “{value}” is neither a CURIE nor an IRI; write prefix:number or the complete IRI")


def _checked(iri: str, slot: str) -> str:
    if _FORBIDDEN.search(iri):
        raise CurieError(f"{slot}: <{iri}> has a character that no IRI may have; write it percent-encoded")
    return iri
