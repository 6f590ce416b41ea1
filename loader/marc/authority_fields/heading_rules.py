"""The rules for headings and tracings (1XX, 4XX, 5XX, 7XX), with the definitions of their fields.

The fields of a kind of name differ by block in their control subfields only, so that a definition is made of two parts.
https://www.loc.gov/marc/authority/ecadlist.html
"""

from __future__ import annotations

from typing import NamedTuple

from loader.marc.authority_fields.heading_fields import write_heading, write_see_from
from loader.marc.authority_fields.relation_fields import write_linking_entry, write_see_also
from loader.marc.fields.field_rule import FieldRule, Write

_NAMES = {
    "00": ("Personal Name", "a b c* d e* f g* h j* k* l m* n* o p* q r s* t v* x* y* z*"),
    "10": ("Corporate Name", "a b* c* d* e* f g* h k* l m* n* o p* r s* t v* x* y* z*"),
    "11": ("Meeting Name", "a c* d* e* f g* h j* k* l n* p* q s* t v* x* y* z*"),
    "30": ("Uniform Title", "a d* f g* h k* l m* n* o p* r s* t v* x* y* z*"),
    "47": ("Named Event", "a c* d g* v* x* y* z*"),
    "48": ("Chronological Term", "a v* x* y* z*"),
    "50": ("Topical Term", "a b g* v* x* y* z*"),
    "51": ("Geographic Name", "a g* v* x* y* z*"),
    "55": ("Genre/Form Term", "a v* x* y* z*"),
    "62": ("Medium of Performance Term", "a"),
    "80": ("General Subdivision", "v* x* y* z*"),
    "81": ("Geographic Subdivision", "v* x* y* z*"),
    "82": ("Chronological Subdivision", "v* x* y* z*"),
    "85": ("Form Subdivision", "v* x* y* z*"),
}
"""By the last two digits of a tag: the kind of name, and its subfields."""


class _Block(NamedTuple):
    name: str
    control: str
    """R or NR, and the control subfields."""
    write: Write


_BLOCKS = {
    "1": _Block("Heading", "NR 6 7* 8*", write_heading),
    "4": _Block("See From Tracing", "R 4* 5* 6 7* 8* i* w", write_see_from),
    "5": _Block("See Also From Tracing", "R 0* 1* 4* 5* 6 7* 8* i* w", write_see_also),
    "7": _Block("Established Heading Linking Entry", "R 0* 1* 2 4* 5* 6 7* 8* i* w", write_linking_entry),
}
_SUBDIVISION_LINK = "Subdivision Linking Entry"
_OMITTED = {**dict.fromkeys("68", "control"), **dict.fromkeys("57", "processing")}


def _rule(block: str, last: str) -> FieldRule:
    name, codes = _NAMES[last]
    title, control, write = _BLOCKS[block]
    title = _SUBDIVISION_LINK if block == "7" and last[0] == "8" else title
    omitted = {**_OMITTED, "w": "control"} if block == "7" else _OMITTED
    return FieldRule(
        f"{block}{last}", f"{title}--{name}", f"{control} {codes}", write, omitted, is_paired=block in "14"
    )


RULES: tuple[FieldRule, ...] = tuple(_rule(block, last) for block in _BLOCKS for last in _NAMES)
