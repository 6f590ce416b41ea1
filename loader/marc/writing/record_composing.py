"""Makes MARC 21 records of a graph: the fields of all composers, in the order of their tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.writing.authority_subfields import NumberForms
from loader.marc.writing.catalogue_graph import CatalogueGraph
from loader.marc.writing.composer import RecordComposing
from loader.marc.writing.composer_table import COMPOSERS
from loader.marc.writing.fixed_composers import leader
from loader.marc.writing.record_nodes import RecordNodes, iter_records, require
from loader.marc.writing.script_fields import with_scripts
from nbkg.records.record import MarcRecord

Composed = MarcRecord | Exception


def make_composing(profile: MarcProfile) -> Callable[[RecordNodes], MarcRecord]:
    """Return the function that makes a record of the nodes of one, as the source of a profile writes it.

    It raises ComposingError, which names the resource, where there is no work or no title.
    """
    forms = NumberForms(profile)

    def compose(nodes: RecordNodes) -> MarcRecord:
        require(nodes)
        composing = RecordComposing(nodes, forms)
        fields = with_scripts(COMPOSERS, composing)
        unique = dict.fromkeys(sorted(fields, key=lambda field: field.tag))
        return MarcRecord(leader(nodes), list(unique))

    return compose


def compose_records(graph: CatalogueGraph, profile: MarcProfile) -> Iterator[MarcRecord]:
    """Yield the records of a graph, in the order of the IRIs of their instances."""
    compose = make_composing(profile)
    for nodes in iter_records(graph, profile):
        yield compose(nodes)
