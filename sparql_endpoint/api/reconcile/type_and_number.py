"""Names that consist of a type and a number of it, as people write them: “tiltak 14”, “measure 14”."""

from __future__ import annotations

import re

from nbkg.matching import MatchQuery
from sparql_endpoint.api.reconcile.term_ids import type_ids

_NUMBERED = re.compile(r"(\D*?[^\W\d_])[\s.:#]+(?:nr\.? ?)?(\d\S*)", re.IGNORECASE)
_FEW = 2
"""Entities with the number: of more than one, none is the match."""


def read_type_and_number(text: str) -> MatchQuery | None:
    """Return what to match for a text that names a type of the data and a number; None for any other text."""
    match = _NUMBERED.fullmatch(text)
    types = type_ids().find(match[1]) if match else ()
    return MatchQuery(match[2], tuple(types), limit=_FEW) if match and types else None
