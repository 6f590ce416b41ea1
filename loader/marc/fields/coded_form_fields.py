"""The coded physical description (007): what kind of carrier an instance has.

https://www.loc.gov/marc/bibliographic/bd007.html
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields.control_fields import omit_fixed
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import BF, LOC, A

CARRIERS: Final = {
    "c": "abdefhkr",
    "g": "cdfst",
    "h": "abcdefghj",
    "m": "cfor",
    "s": "degiqst",
    "v": "cdfr",
}
"""007/00 and 007/01 that together are a code of RDA (https://www.loc.gov/standards/valuelist/rdacarrier.html)."""
_MEDIA: Final = {"c": "c", "g": "g", "h": "h", "m": "g", "s": "s", "v": "v"}
"""007/00 and the code of RDA's media that is the same (https://www.loc.gov/standards/valuelist/rdamedia.html)."""
_FORMS: Final = {
    "c": "Electronic",
    "h": "Microform",
    "f": "Tactile",
    "ta": "Print",
    "tb": "Print",
    "tc": "Tactile",
    "td": "Print",
}
"""The beginnings of 007 that name a class of instances."""


def _write_form(heading: Heading, into: Projection) -> None:
    """Write 007/00-01: the class, media and carrier of the instance; its technical details stay in the record.

    In a record with a reproduction an electronic form is that of the only electronic copy.
    """
    kind, form = heading.field.data[:1], heading.field.data[1:2]
    name = _FORMS.get(kind + form) or _FORMS.get(kind, "")
    instance = _instance_of_form(kind, into)
    if not instance or not (name or kind in _MEDIA):
        omit_fixed(heading, into)
        return
    add = into.triples.append
    if name:
        add(f"{instance} {A} {BF}{name}>")
    if kind in _MEDIA:
        into.seen["337"] = "as 007 says"
        add(f"{instance} {BF}media> {LOC}mediaTypes/{_MEDIA[kind]}>")
        add(f"{LOC}mediaTypes/{_MEDIA[kind]}> {A} {BF}Media>")
    if form and form in CARRIERS.get(kind, ""):
        add(f"{instance} {BF}carrier> {LOC}carriers/{kind}{form}>")
        add(f"{LOC}carriers/{kind}{form}> {A} {BF}Carrier>")


def _instance_of_form(kind: str, into: Projection) -> str:
    """Return the instance that 007 is about: the record's own, a copy of it, or none where that is not certain."""
    has_copies = bool(into.copies.digital or into.copies.dates) or into.copies.are_several
    if not has_copies or kind not in {"c", "h"}:
        return into.identity.instance
    return into.copies.digital if kind == "c" else ""


RULES: tuple[FieldRule, ...] = (FieldRule("007", "Physical Description", "R", _write_form),)
