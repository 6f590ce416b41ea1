"""Codes about content: events (033), maps (034, 052, 255), periods (045), categories (072).

https://www.loc.gov/marc/bibliographic/bd01x09x.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from loader.marc.fields.content_fields import write_place
from loader.marc.fields.described_parts import PartKind, digest, write_part, write_scope, write_source
from loader.marc.fields.field_rule import FieldRule, Heading, omit_all
from loader.marc.fields.map_boxes import write_box
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.terms import BF, EDTF, ID, VALUE, A
from loader.marc.values.compact_dates import read_compact_date, read_formatted, read_period
from loader.marc.values.isbd import without_end_mark, without_end_punctuation, without_parentheses
from loader.marc.values.literals import literal, path_segment

_EVENTS: Final = {"0": "capture", "1": "broadcast", "2": "finding"}
_SIDES: Final = "defg"


def _write_event(heading: Heading, into: Projection) -> None:
    """Write 033: when and where something was recorded, broadcast or found."""
    texts = [f"{code}{value}" for code, value in heading.subfields]
    work, node = into.identity.work, part(into.identity.work, f"capture-{digest(*texts)}")
    into.triples += (f"{work} {BF}capture> {node}", f"{node} {A} {BF}Capture>")
    if kind := _EVENTS.get(heading.ind2):
        into.triples.append(f"{node} {BF}qualifier> {literal(kind)}")
    for value in heading.all("p"):
        write_place(node, "place", without_end_punctuation(value), into)
    for value in heading.all("bc"):
        into.triples.append(f"{node} {BF}code> {literal(value)}")
    _write_event_dates(node, heading, into)
    write_scope(node, "033", [each for each in heading.subfields if each[0] == "3"], into)


def _write_event_dates(node: str, heading: Heading, into: Projection) -> None:
    """Write the dates of an event; two may be a span (first indicator 2)."""
    dates = [(value, read_compact_date(value)) for value in heading.all("a")]
    for value, date in dates:
        if not date:
            into.omit("033", "a", "date-not-read", value)
    read = _spans([date for _value, date in dates], heading)
    into.triples += (f'{node} {BF}date> "{date}"{EDTF}' for date in read)


def _spans(dates: list[str], heading: Heading) -> list[str]:
    """Return the dates that were read, two of a span as one."""
    if heading.ind1 == "2" and len(dates) == 2 and all(dates):
        return ["/".join(dates)]
    return [date for date in dates if date]


def _write_coordinates(heading: Heading, into: Projection) -> None:
    """Write 034: scales as numbers, and the four sides of a map as one box."""
    for code, value in heading.subfields:
        if code in "bc":
            _write_scale(code, value, into)
    sides = {code: value for code, value in heading.subfields if code in _SIDES}
    if len(sides) == len(_SIDES):
        write_box([sides[code] for code in _SIDES], into)
    else:
        _omit_sides(sides, into)


def _write_scale(code: str, value: str, into: Projection) -> None:
    if not value.isdigit():
        into.omit("034", code, "invalid-number", value)
        return
    work = into.identity.work
    node = part(work, f"scale-{code}-{value}")
    into.triples += (
        f"{work} {BF}scale> {node}",
        f"{node} {A} {BF}Scale>",
        f"{node} {VALUE} {literal(value)}",
        f"{node} {BF}qualifier> {literal('vertical' if code == 'c' else 'horizontal')}",
    )


def _omit_sides(sides: dict[str, str], into: Projection) -> None:
    for code, value in sides.items():
        into.omit("034", code, "no-words", value)


def _write_mathematical(heading: Heading, into: Projection) -> None:
    """Write 255: scale, projection, coordinates and zone in words."""
    work, add = into.identity.work, into.triples.append

    def write(subfields: Subfields) -> None:
        for code, value in subfields:
            text = without_parentheses(without_end_punctuation(value)) if code in "cd" else without_end_mark(value)
            if code == "a":
                write_part(work, PartKind("scale", "Scale"), text, into)
            elif code in "bcdefg":
                node = part(work, f"cartographic-{digest(*(each for _code, each in heading.subfields))}")
                add(f"{work} {BF}cartographicAttributes> {node}")
                add(f"{node} {A} {BF}Cartographic>")
                if code == "b":
                    write_part(node, PartKind("projection", "Projection"), text, into)
                else:
                    add(f"{node} {BF}{_MATHEMATICAL[code]}> {into.text(text)}")

    write(heading.subfields)
    into.in_script(heading.field, write)


_MATHEMATICAL: Final = {
    "c": "coordinates",
    "d": "ascensionAndDeclination",
    "e": "equinox",
    "f": "outerGRing",
    "g": "exclusionGRing",
}


def _write_period(heading: Heading, into: Projection) -> None:
    """Write 045: the periods of the content, as codes ($a) or as dates ($b); two dates may be a span."""
    for date in _spans([read_formatted(value) for value in heading.all("b")], heading):
        _write_coverage(date, into)
    for code, value in heading.subfields:
        period = read_period(value) if code == "a" else ""
        if period:
            _write_coverage(period, into)
        elif code == "a" or not read_formatted(value):
            into.omit("045", code, "date-not-read", value)


def _write_coverage(date: str, into: Projection) -> None:
    into.triples.append(f'{into.identity.work} {BF}temporalCoverage> "{date}"{EDTF}')


def _write_geographic(heading: Heading, into: Projection) -> None:
    """Write 052: the area by the codes of a scheme; parts of the area stand after it."""
    source = heading.first("2") or {" ": "lcc", "1": "udc"}.get(heading.ind1, "")
    codes = heading.all("b")
    for area in heading.all("a"):
        for code in [f"{area}.{each}" for each in codes] or [area]:
            node = f"{ID}concept/area/{path_segment(source)}/{path_segment(code)}>"
            into.triples += (
                f"{into.identity.work} {BF}geographicCoverage> {node}",
                f"{node} {A} {BF}GeographicCoverage>",
                f"{node} {BF}code> {literal(code)}",
            )
            if source:
                write_source(node, source, into)
    for value in heading.all("d"):
        write_part(into.identity.work, PartKind("geographicCoverage", "GeographicCoverage"), value, into)


def _write_category(heading: Heading, into: Projection) -> None:
    """Write 072: a subject by its code in a scheme, with the codes of subdivisions."""
    source = {"0": "agricola"}.get(heading.ind2) or heading.first("2")
    code = " ".join(heading.all("ax"))
    if not code or not source:
        omit_all(heading, "number-without-source", into)
        return
    node = f"{ID}concept/{path_segment(source.lower())}/{path_segment(code)}>"
    into.triples += (
        f"{into.identity.work} {BF}subject> {node}",
        f"{node} {A} {BF}Topic>",
        f"{node} {BF}code> {literal(code)}",
    )
    write_source(node, source, into)


_CONTROL: Final = {"6": "control", "7": "processing", "8": "control"}


def _rule(definition: str, write: Callable[[Heading, Projection], None], unused: str = "") -> FieldRule:
    tag, name, codes = definition.split("|")
    return FieldRule(
        tag, name, codes, write, {**_CONTROL, **dict.fromkeys(unused, "no-subfield-rule")}, is_paired=tag == "255"
    )


RULES: tuple[FieldRule, ...] = (
    _rule("033|Date/Time and Place of an Event|R 0* 1* 2* 3 6 8* a* b* c* p*", _write_event, "012"),
    _rule(
        "034|Coded Cartographic Mathematical Data|R 0* 1* 2 3 6 8* a b* c* d e f g h* j k m n p r s* t* x y z",
        _write_coordinates,
        "0123ahjkmnprstxyz",
    ),
    _rule("045|Time Period of Content|NR 6 8* a* b* c*", _write_period, "c"),
    _rule("052|Geographic Classification|R 0* 1* 2 6 8* a b* c d*", _write_geographic, "01c"),
    _rule("072|Subject Category Code|R 2 6 8* a x*", _write_category),
    _rule("255|Cartographic Mathematical Data|R 6 7* 8* a b c d e f g", _write_mathematical),
)
