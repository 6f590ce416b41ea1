"""What libraries have (850–868): an item for each library and instance, with its enumeration; nothing about copies.

https://www.loc.gov/marc/holdings/hd841865.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from loader.marc.fields.control_fields import agency
from loader.marc.fields.described_parts import NOTE, PartKind, write_note, write_part, write_source
from loader.marc.fields.field_rule import FieldRule, Heading, omit_all
from loader.marc.fields.library_items import library_item, named_library_item
from loader.marc.fields.projection import Projection, Subfields
from loader.marc.fields.terms import BF, SCHEMA, A
from loader.marc.values.literals import literal

_STATEMENT = PartKind("enumerationAndChronology", "EnumerationAndChronology")
_LIBRARY_NUMBER: Final = re.compile(r"[0-9]{7}")
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9:/-]{1,15}")
_ENUMERATION, _CHRONOLOGY = "abcdef", "ijklm"
_OTHER_ENUMERATION: Final = "gh"
"""An alternative numbering scheme."""
_PATTERN: Final = "=captions and pattern"
_CONTINUITY: Final = {"c": "continuous numbering", "r": "numbering restarts"}
"""853 $v: whether numbers begin again with each unit of the next higher level."""


def library_code(text: str) -> str:
    """Return the code of a library, that of a Norwegian library number (`0030100` is `NO-0030100`); else nothing."""
    if _LIBRARY_NUMBER.fullmatch(text):
        return f"NO-{text}"
    return text if _CODE.fullmatch(text) else ""


def write_location(heading: Heading, into: Projection) -> str:
    """Write 852: that the library in $a, by its code or name, has the instance; return the item or an empty text.

    A Norwegian library may also stand by its number in $b.
    """
    number = next(filter(_LIBRARY_NUMBER.fullmatch, heading.all("b")), "")
    name = heading.first("a")
    code = library_code(name) or library_code(number)
    item = _write_library(code, name, heading, into) if code or name else into.seen.get(ITEM_OF_FIELD, "")
    if not item:
        omit_all(heading, "no-library", into)
        return ""
    for note in heading.all("z"):
        write_note(item, "", note, into)
    _omit_sublocations(heading, code, into)
    return item


def _omit_sublocations(heading: Heading, code: str, into: Projection) -> None:
    for value in heading.all("b"):
        if f"NO-{value}" != code:
            into.omit("852", "b", "item-data", value)


def _write_library(code: str, name: str, heading: Heading, into: Projection) -> str:
    """Write the library with its address, and its item; return the item."""
    item, library = (library_item(code, into), agency(code, into)) if code else named_library_item(name, into)
    into.triples += (f"{library} {SCHEMA}address> {into.text(address)}" for address in heading.all("e"))
    return name_item(item, into)


def name_item(item: str, into: Projection) -> str:
    """Note the item to which statements that follow belong, and return it; a holdings record describes it."""
    into.seen["item"] = item if into.seen.get("item", item) == item else _SEVERAL
    if not into.identity.work:
        into.triples += (
            f"{item} {BF}adminMetadata> {into.identity.record}",
            f"{into.identity.instance} {A} {BF}Instance>",
        )
    return item


ITEM_OF_FIELD: Final = "item of field"
"""What the profile read out of the field that is being mapped."""
_SEVERAL: Final = "several"
"""Stands for the items of several libraries, of which a statement that follows names none."""


def write_holding_institutions(heading: Heading, into: Projection) -> None:
    """Write 850: the libraries that have the instance."""
    for value in heading.all("a"):
        if code := library_code(value):
            library_item(code, into)
        else:
            named_library_item(value, into)


def certain_item(into: Projection) -> str:
    """Return the item that statements are about, or an empty text where no library or several are named."""
    item = into.seen.get("item", "")
    return "" if item == _SEVERAL else item


def _write_statement(heading: Heading, into: Projection) -> None:
    """Write 866–868: what the library has, in words."""
    item = certain_item(into)
    if not item:
        omit_all(heading, "no-library", into)
        return
    for text in heading.all("a"):
        node = write_part(item, _STATEMENT, text, into)
        for source in heading.all("2"):
            write_source(node, source, into)
    for note in heading.all("z"):
        write_note(item, "", note, into)


def _write_captions(heading: Heading, into: Projection) -> None:
    """Write 853–855: how the library numbers what it has; the captions stand before the numbers of 863–865."""
    item = certain_item(into)
    captions = [each for each in heading.subfields if each[0] in f"{_ENUMERATION}{_OTHER_ENUMERATION}{_CHRONOLOGY}"]
    if not item or not captions:
        omit_all(heading, "no-words" if item else "no-library", into)
        return
    into.captions[f"{heading.tag[2]}{_link(heading)}"] = captions
    _write_pattern(item, " ".join(value for _code, value in captions), heading, into)


def _write_pattern(item: str, words: str, heading: Heading, into: Projection) -> None:
    """Write the captions as a note with the units of the next higher level, and what else the field says in words."""
    note = write_note(item, _PATTERN, words, into)
    into.triples += (f"{note} {BF}count> {literal(value)}" for value in heading.all("u"))
    into.triples += (f"{note} {BF}qualifier> {literal(_CONTINUITY.get(value, value))}" for value in heading.all("v"))
    for text in heading.all("no"):
        write_note(item, _PATTERN, text, into)


def _link(heading: Heading) -> str:
    """Return the number that joins captions (`1`) and numbers (`1.2`)."""
    return heading.first("8").partition(".")[0]


def _write_numbers(heading: Heading, into: Projection) -> None:
    """Write 863–865 as one text: `v.9:no.1 (2006)`."""
    item = certain_item(into)
    captions = dict(into.captions.get(f"{heading.tag[2]}{_link(heading)}", []))
    text = enumeration_text(heading.subfields, captions)
    if not item or not text:
        omit_all(heading, "no-words" if item else "no-library", into)
        return
    node = write_part(item, _STATEMENT, text, into)
    for note in heading.all("nopz"):
        write_part(node, NOTE, note, into)


def enumeration_text(subfields: Subfields, captions: dict[str, str]) -> str:
    """Return numbers with their captions, chronology in parentheses; captions in parentheses are not shown.

    That is how ANSI/NISO Z39.71 displays them.
    """
    parts = {group: _joined(subfields, group, captions) for group in (_ENUMERATION, _OTHER_ENUMERATION, _CHRONOLOGY)}
    numbers = "=".join(filter(None, (parts[_ENUMERATION], parts[_OTHER_ENUMERATION])))
    dates = parts[_CHRONOLOGY]
    return f"{numbers} ({dates})" if numbers and dates else numbers or dates


def _joined(subfields: Subfields, codes: str, captions: dict[str, str]) -> str:
    return ":".join(
        f"{'' if captions.get(code, '').startswith('(') else captions.get(code, '')}{value}"
        for code, value in subfields
        if code in codes
    )


def _omit_coded(heading: Heading, into: Projection) -> None:
    omit_all(heading, "fixed-code", into)


_CONTROL: Final = {"6": "control", "8": "control"}
_TEXT: Final = {"x": "private", **_CONTROL}
_OF_COPIES: Final = {**dict.fromkeys("2cdfghijklmnpqstu3", "item-data"), **_TEXT}
_OF_CAPTIONS: Final = {**dict.fromkeys("23ptwxyz", "fixed-code"), "6": "control"}
_OF_NUMBERS: Final = {**dict.fromkeys("qstvw", "item-data"), "x": "private", "6": "control"}
_LEVELS: Final = "a b c d e f g h i j k l m n"


def _captions(tag: str, name: str) -> FieldRule:
    source = "2*" if tag != "855" else "2"
    definition = f"R {source} 3 6 8 {_LEVELS} o* p t u* v* w x y* z*"
    return FieldRule(tag, f"Captions and Pattern--{name}", definition, _write_captions, _OF_CAPTIONS)


def _numbers(tag: str, name: str) -> FieldRule:
    rest = "o* p q s* t v* w x* z*" if tag == "865" else "o* p q s* t w x* z*"
    return FieldRule(tag, f"Enumeration and Chronology--{name}", f"R 6 8 {_LEVELS} {rest}", _write_numbers, _OF_NUMBERS)


def _statement(tag: str, name: str) -> FieldRule:
    return FieldRule(tag, f"Textual Holdings--{name}", "R 2 6 8* a x* z*", _write_statement, _TEXT)


def location_rule(write: Callable[[Heading, Projection], object], link: str = "8") -> FieldRule:
    """Return the rule of 852; its $8 may be repeated in bibliographic records only (`8*`)."""
    codes = "a b* c* d* e* f* g* h i* j k* l m*"
    more = "n p q s* t u* x* z*"

    def write_field(heading: Heading, into: Projection) -> None:
        write(heading, into)

    return FieldRule("852", "Location", f"R 2 3 6 {link} {codes} {more}", write_field, _OF_COPIES)


_UNITS: Final = {"3": "Basic Bibliographic Unit", "4": "Supplementary Material", "5": "Indexes"}
CAPTION_RULES = (
    *(_captions(f"85{digit}", name) for digit, name in _UNITS.items()),
    *(_numbers(f"86{digit}", name) for digit, name in _UNITS.items()),
)
STATEMENT_RULES = tuple(_statement(f"86{int(digit) + 3}", name) for digit, name in _UNITS.items())
HOLDINGS_RULES: tuple[FieldRule, ...] = (*CAPTION_RULES, *STATEMENT_RULES)
"""Of fields that MARC 21 defines for holdings, and catalogues have in bibliographic records too (and 866)."""
RULES: tuple[FieldRule, ...] = (
    FieldRule("841", "Holdings Coded Data Values", "NR a b e", _omit_coded),
    FieldRule(
        "850",
        "Holding Institution",
        "R 8* a* b d e",
        write_holding_institutions,
        {"8": "control", **dict.fromkeys("bde", "obsolete")},
    ),
    location_rule(write_location, "8*"),
)
