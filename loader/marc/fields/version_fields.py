"""Reproductions (533) and originals (534): instances of their own beside the one that a record describes.

With 533 the record describes the original, and the note the copy; with 534 it is the other way round. Neither shares
numbers, dates or addresses with the instance of the record.
https://www.loc.gov/marc/bibliographic/bd533.html, https://www.loc.gov/marc/bibliographic/bd534.html
"""

from __future__ import annotations

import re
from typing import Final

from loader.marc.fields.described_parts import digest, words_of, write_note
from loader.marc.fields.field_rule import FieldRule, Heading, clean
from loader.marc.fields.library_items import library_item
from loader.marc.fields.number_fields import write_number
from loader.marc.fields.projection import Activity, Copies, Projection, part
from loader.marc.fields.provision_activities import write_activity
from loader.marc.fields.terms import BF, LABEL, RDA, A
from loader.marc.fields.title_nodes import write_title
from loader.marc.values.imprint_dates import read_imprint_date
from loader.marc.values.isbd import without_brackets, without_end_mark, without_end_punctuation, without_parentheses
from loader.marc.values.standard_numbers import StandardNumber, read_isbns, read_issn
from nbkg.records.record import MarcField

_ELECTRONIC: Final = re.compile(r"ele[ck]tr|digital|online|nettressurs|internett?\b|urn:nbn:", re.IGNORECASE)
_MICROFORM: Final = re.compile(r"mi[ck]ro", re.IGNORECASE)
_URN: Final = re.compile(r"urn:[a-z0-9-]+:\S+[^\s.,;]", re.IGNORECASE)
_COPY_CODES: Final = "abcdefn"
_DESCRIBING: Final = "tcbexz"
"""Subfields of which 534 has at least one where it describes an original, and is not only a note."""


def find_copies(fields: list[MarcField], into: Projection) -> None:
    """Note the reproductions of a record before its fields are mapped: others may be about them."""
    digital: dict[str, None] = {}
    dates = set[str]()
    for field in fields:
        if field.tag == "533" and field.subfields:
            if _ELECTRONIC.search(" ".join(value for code, value in field.subfields if code in "aen")):
                digital[_copy_node(field, into)] = None
            dates.update(filter(None, (_date(clean(value)) for value in field.values("d"))))
    into.seen["reproduction"] = "533"
    into.copies = Copies(next(iter(digital)) if len(digital) == 1 else "", len(digital) > 1, frozenset(dates))


def _copy_node(field: MarcField, into: Projection) -> str:
    texts = [f"{code}{clean(value)}" for code, value in field.subfields if code in _COPY_CODES]
    return part(into.identity.instance, f"reproduction-{digest(*texts)}")


def _date(text: str) -> str:
    return read_imprint_date(text).date


def _write_reproduction(heading: Heading, into: Projection) -> None:
    """Write the copy that 533 describes: it is another instance of the same work."""
    node, instance, add = _copy_node(heading.field, into), into.identity.instance, into.triples.append
    _write_instance(node, into)
    add(f"{instance} {BF}hasReproduction> {node}")
    add(f"{node} {BF}reproductionOf> {instance}")
    add(f"{node} {BF}instanceOf> {into.identity.work}")
    words = " ".join(heading.all("aen"))
    if _ELECTRONIC.search(words):
        add(f"{node} {A} {BF}Electronic>")
    if _MICROFORM.search(words):
        add(f"{node} {A} {BF}Microform>")
    _write_making(node, heading, into)
    for code, value in heading.subfields:
        text = without_end_punctuation(value)
        if code == "a":
            add(f"{node} {LABEL} {into.text(text)}")
        elif code == "e":
            _write_extent(node, text, into)
        elif code == "f":
            add(f"{node} {BF}seriesStatement> {into.text(without_parentheses(text))}")
        elif code in "m3":
            add(f"{node} {BF}part> {into.text(text)}")
        elif code == "n":
            _write_copy_note(node, value, into)
        elif code == "5":
            library_item(value, into, node)


def _write_instance(node: str, into: Projection) -> None:
    into.triples += (f"{node} {A} {BF}Instance>", f"{node} {A} {RDA}C10007>")


def _write_making(node: str, heading: Heading, into: Projection) -> None:
    """Write where, by whom and when a copy was made; whether it was published is not certain."""
    places = (without_brackets(without_end_mark(value)) for value in heading.all("b"))
    agents = (without_brackets(without_end_mark(value)) for value in heading.all("c"))
    times = [without_end_punctuation(value) for value in heading.all("d")]
    activity = Activity(
        "ProvisionActivity",
        tuple(filter(None, places)),
        tuple(filter(None, agents)),
        tuple(filter(None, map(_date, times))),
        tuple(times),
    )
    if any(activity[1:]):
        write_activity(node, activity, into)
        words = without_end_punctuation(words_of(heading.subfields, "bcd"))
        into.triples.append(f"{node} {BF}provisionActivityStatement> {into.text(words)}")


def _write_extent(node: str, text: str, into: Projection) -> None:
    extent = part(node, f"extent-{digest(text)}")
    into.triples += (
        f"{node} {BF}extent> {extent}",
        f"{extent} {A} {BF}Extent>",
        f"{extent} {LABEL} {into.text(text)}",
    )


def _write_copy_note(node: str, text: str, into: Projection) -> None:
    if urn := _URN.fullmatch(text.strip(" .")):
        write_number(node, "Urn", urn.group(), "", into)
    else:
        write_note(node, "", without_end_mark(text), into)


def _write_original(heading: Heading, into: Projection) -> None:
    """Write the original that 534 describes; words alone are a note, and whether its text is the same is not said."""
    if not any(code in _DESCRIBING for code, _value in heading.subfields):
        if words := words_of(heading.subfields, "paklmnof3"):
            write_note(into.identity.instance, "orig", words, into)
        return
    texts = [f"{code}{value}" for code, value in heading.subfields if code not in "3"]
    node = part(into.identity.instance, f"original-{digest(*texts)}")
    _write_instance(node, into)
    into.triples.append(f"{into.identity.instance} {BF}originalVersion> {node}")
    for code, value in heading.subfields:
        _write_of_original(node, code, value, into)
    _write_original_title(node, heading, into)


def _write_of_original(node: str, code: str, value: str, into: Projection) -> None:
    add, text = into.triples.append, without_end_punctuation(value)
    if code in _LITERALS:
        add(f"{node} {BF}{_LITERALS[code]}> {into.text(text)}")
    if code == "c" and (date := _date(text)):
        write_activity(node, Activity("Publication", dates=(date,)), into)
    elif code == "e":
        _write_extent(node, text, into)
    elif code in "lmn":
        write_note(node, "", text, into)
    elif code == "p":
        write_note(node, "orig", without_end_mark(value), into)
    elif code == "o":
        write_number(node, "Identifier", text, "", into)
    elif code in "xz":
        _write_standard_numbers(node, code, value, into)


_LITERALS: Final = {
    "a": "responsibilityStatement",
    "b": "editionStatement",
    "c": "publicationStatement",
    "f": "seriesStatement",
    "3": "part",
}


def _write_original_title(node: str, heading: Heading, into: Projection) -> None:
    for code, kind in (("t", "Title"), ("k", "KeyTitle")):
        for value in heading.all(code):
            title = part(node, f"title-{digest(kind, value)}")
            write_title(node, title, kind, [("t", value)], into)
            if code == "t":
                into.triples.append(f"{node} {LABEL} {into.text(without_end_punctuation(value))}")


def _write_standard_numbers(node: str, code: str, value: str, into: Projection) -> None:
    """Write the ISSN or ISBN of an original, which are not numbers of the record's own instance."""
    numbers: list[StandardNumber] = [read_issn(value)] if code == "x" else list(read_isbns(value).numbers)
    if not numbers:
        into.omit("534", code, "invalid-number", value)
    for number in numbers:
        status = "" if number.is_valid else "cancinv"
        write_number(node, "Issn" if code == "x" else "Isbn", number.number, status, into)


_CONTROL: Final = {"6": "control", "8": "control"}
RULES: tuple[FieldRule, ...] = (
    FieldRule(
        "533",
        "Reproduction Note",
        "R 3 5 6 7 8* a b* c* d e f* m* n* y*",
        _write_reproduction,
        {"7": "fixed-code", "y": "processing", **_CONTROL},
    ),
    FieldRule(
        "534",
        "Original Version Note",
        "R 3 6 8* a b c e f* k* l m n* o* p t x* z*",
        _write_original,
        _CONTROL,
    ),
)
