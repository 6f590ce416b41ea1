"""Makes MARC 21 records of a graph: the fields of all composers, in the order of their tags."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.writing.authority_composers import AUTHORITY_COMPOSERS, authority_leader, require_heading
from loader.marc.writing.authority_subfields import NumberForms
from loader.marc.writing.composer import RecordComposing
from loader.marc.writing.composer_table import COMPOSERS
from loader.marc.writing.fixed_composers import leader
from loader.marc.writing.record_nodes import RecordNodes, require
from loader.marc.writing.script_fields import with_scripts
from nbkg.records.record import MarcRecord


def make_composing(profile: MarcProfile, entered: str = "") -> Callable[[RecordNodes], MarcRecord]:
    """Return the function that makes a record of the nodes of one, as the source of a profile writes it.

    `entered` is the date on which records were made that do not say it themselves. The function raises ComposingError,
    which names the resource, where there is no work, no title or no date.
    """

    @lru_cache
    def forms(source: str) -> NumberForms:
        return NumberForms(profile, source)

    def compose(nodes: RecordNodes) -> MarcRecord:
        require(nodes)
        composing = RecordComposing(nodes, forms(nodes.source), entered)
        fields = with_scripts(COMPOSERS, composing)
        unique = dict.fromkeys(sorted(fields, key=lambda field: field.tag))
        return MarcRecord(leader(nodes), list(unique))

    return compose


def make_authority_composing(profile: MarcProfile, entered: str = "") -> Callable[[RecordNodes], MarcRecord]:
    """Return the function that makes an authority record of the nodes of one.

    It raises ComposingError, which names the thing, where there is no heading, no class or no date.
    """

    @lru_cache
    def forms(source: str) -> NumberForms:
        return NumberForms(profile, source)

    def compose(nodes: RecordNodes) -> MarcRecord:
        composing = RecordComposing(nodes, forms(nodes.source), entered)
        require_heading(composing)
        fields = [field for composer in AUTHORITY_COMPOSERS for field in composer.compose(composing)]
        unique = dict.fromkeys(sorted(fields, key=lambda field: field.tag))
        return MarcRecord(authority_leader(nodes), list(unique))

    return compose
