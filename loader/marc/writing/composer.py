"""A composer makes the fields of some tags; it has the nodes of a record and how its source writes numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from loader.marc.writing.authority_subfields import NumberForms
from loader.marc.writing.record_nodes import RecordNodes
from nbkg.records.record import MarcField


@dataclass(frozen=True)
class RecordComposing:
    """What a composer reads."""

    nodes: RecordNodes
    forms: NumberForms
    entered: str = ""
    """The date on which the record was made where it does not say it itself; an ISO date or an empty text."""


class Composer(NamedTuple):
    """What makes the fields of some tags."""

    compose: Callable[[RecordComposing], Iterable[MarcField]]
    is_paired: bool = False
    """Whether its fields may stand in another script too (880)."""
