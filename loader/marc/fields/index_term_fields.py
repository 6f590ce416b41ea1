"""Subjects of rarer kinds (647, 654–688): events, faceted terms, occupations, functions, curricula and places.

https://www.loc.gov/marc/bibliographic/bd6xx.html
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields.field_rule import FieldRule
from loader.marc.fields.subject_fields import write_subject

_OMITTED: Final = {**dict.fromkeys("78", "processing"), "6": "control", "3": "no-subfield-rule"}


def _rule(tag: str, name: str, definition: str, unmapped: str = "") -> FieldRule:
    return FieldRule(tag, name, definition, write_subject, {**_OMITTED, **dict.fromkeys(unmapped, "no-subfield-rule")})


RULES: tuple[FieldRule, ...] = (
    _rule("647", "Subject Added Entry - Named Event", "R 0* 1* 2 3 4* 6 8* a c* d e* g* v* x* y* z*"),
    _rule("654", "Subject Added Entry - Faceted Topical Terms", "R 0* 1* 2 3 4* 6 8* a* b* c* e* v* y* z*", "c"),
    _rule("656", "Index Term - Occupation", "R 0* 1* 2 3 6 8* a k v* x* y* z*"),
    _rule("657", "Index Term - Function", "R 0* 1* 2 3 6 8* a v* x* y* z*"),
    _rule("658", "Index Term - Curriculum Objective", "R 0* 1* 2 6 8* a b* c d", "cd"),
    _rule("662", "Subject Added Entry - Hierarchical Place Name", "R 0* 1* 2 4* 6 8* a* b c* d e* f* g* h*"),
    _rule("688", "Subject Added Entry - Type of Entity Unspecified", "R 0* 1* 2 3 4* 6 8* a e* g*"),
)
