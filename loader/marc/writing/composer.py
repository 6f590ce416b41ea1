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


class Composer(NamedTuple):
    """What makes the fields of some tags."""

    compose: Callable[[RecordComposing], Iterable[MarcField]]
    is_paired: bool = False
    """Whether its fields may stand in another script too (880)."""
