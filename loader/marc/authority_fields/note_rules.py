"""The rules for notes and the last blocks of authority records (260, 360, 64X–68X, 788–88X), with their definitions.

https://www.loc.gov/marc/authority/ecadlist.html
"""

from __future__ import annotations

from loader.marc.authority_fields.authority_notes import (
    write_location,
    write_note,
    write_source_found,
    write_sources_not_found,
)
from loader.marc.authority_fields.left_fields import CONTROL, left_in_record, omitted
from loader.marc.authority_fields.relation_fields import write_deletion
from loader.marc.fields.field_rule import FieldRule


def _note(tag: str, name: str, definition: str) -> FieldRule:
    """Return the rule of a note, whose numbers are not mapped."""
    return FieldRule(tag, name, definition, write_note, omitted("0124w"))


RULES: tuple[FieldRule, ...] = (
    _note("260", "Complex See Reference--Subject", "R 0* 1* 6 7* 8* a* i*"),
    _note("360", "Complex See Also Reference--Subject", "R 0* 1* 6 7* 8* a* i*"),
    _note("640", "Series Dates of Publication and/or Sequential Designation", "R 6 8* a z"),
    _note("641", "Series Numbering Peculiarities", "R 6 8* a z"),
    left_in_record("642", "Series Numbering Example", "R 5* 6 8* a d", "processing"),
    _note("643", "Series Place and Publisher/Issuing Body", "R 6 8* a* b* d"),
    left_in_record("644", "Series Analysis Practice", "R 5* 6 8* a b d", "processing"),
    left_in_record("645", "Series Tracing Practice", "R 5* 6 8* a d", "processing"),
    left_in_record("646", "Series Classification Practice", "R 5* 6 8* a d", "processing"),
    _note("663", "Complex See Also Reference--Name", "NR 6 8* a* b* t*"),
    _note("664", "Complex See Reference--Name", "NR 6 8* a* b* t*"),
    _note("665", "History Reference", "NR 6 8* a*"),
    _note("666", "General Explanatory Reference--Name", "NR 6 8* a*"),
    _note("667", "Nonpublic General Note", "R 5* 6 8* a"),
    FieldRule("670", "Source Data Found", "R 6 7* 8* a b u* w*", write_source_found, omitted("w")),
    _note("672", "Title Related to the Entity", "R 0* 1* 4* 6 7* 8* a b f i* w*"),
    _note("673", "Title Not Related to the Entity", "R 0* 1* 6 8* a b f w*"),
    FieldRule("675", "Source Data Not Found", "NR 6 7* 8* a*", write_sources_not_found, CONTROL),
    _note("677", "Definition", "R 5* 7* a* u* v"),
    _note("678", "Biographical or Historical Data", "R 6 7* 8* a* b u*"),
    _note("680", "Public General Note", "R 5* 6 7* 8* a* i*"),
    _note("681", "Subject Example Tracing Note", "R 6 8* a* i*"),
    FieldRule("682", "Deleted Heading Information", "NR 0* 6 8* a* i*", write_deletion, CONTROL),
    _note("688", "Application History Note", "R 5* 6 8* a"),
    _note("788", "Complex Linking Entry Data", "NR 2 4* 5* 6 7* 8* a* i*"),
    FieldRule(
        "856",
        "Electronic Location and Access",
        "R 2 3 6 7 8* a* c* d* e* f* g* h* l* m* n* o p q* r* s* t* u* v* w* x* y* z*",
        write_location,
        omitted("2acdefghlmnopqrstvwx"),
    ),
    left_in_record(
        "857",
        "Electronic Archive Location and Access",
        "R 2 3 5 6 7 8* b c d e* f g* h* l* m* n* q* r* s* t* u* x* y* z*",
        "no-rule",
    ),
    left_in_record("883", "Metadata Provenance", "R 0* 1* 8* a c d q u w* x", "processing"),
    left_in_record("884", "Description Conversion Information", "R a g k q u*", "processing"),
    left_in_record("885", "Matching Information", "R 0* 1* 2 5 a b c d w* x* z*", "processing"),
)
