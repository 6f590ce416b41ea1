"""Reproductions (533): the instances that are copies of the instance of a record.

https://www.loc.gov/marc/bibliographic/bd533.html
"""

from __future__ import annotations

from collections.abc import Iterator

from loader.marc.writing.composed_fields import make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.part_composers import paths_parts
from loader.marc.writing.provision_composers import statements_of
from nbkg.records.record import MarcField

_MAKING = {"a": "b", "b": "c", "c": "d"}
"""The subfields of 533 for places, makers and dates."""
_BEFORE = {"3": "part", "a": "rdfs:label"}
_AFTER = {"e": "extent/rdfs:label", "f": "seriesStatement", "n": "note/rdfs:label", "5": "hasItem/heldBy/code"}


def compose_copies(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 533: what kind of copy it is, where, by whom and when it was made, its extent, series and notes."""
    for copy in composing.nodes.instance.nodes("hasReproduction"):
        making = [(_MAKING[code], text) for parts in statements_of("ProvisionActivity", copy) for code, text in parts]
        yield from make_fields("533", "  ", [*paths_parts(copy, _BEFORE), *making, *paths_parts(copy, _AFTER)])


COMPOSERS = (Composer(compose_copies),)
