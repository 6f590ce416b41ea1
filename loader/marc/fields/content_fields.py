"""What a work is about, for whom and how it came to be: 502, 505, 518, 520, 521, 546.

https://www.loc.gov/marc/bibliographic/bd5xx.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from loader.marc.fields.described_parts import (
    NOTE,
    PartKind,
    digest,
    words_of,
    write_named_source,
    write_note,
    write_part,
    write_scope,
)
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.number_fields import write_number
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.terms import BF, LABEL, LOC, A
from loader.marc.fields.worded_field import omit_wordless
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark, without_end_punctuation, without_parentheses
from loader.marc.values.literals import literal

_CONTENTS = PartKind("tableOfContents", "TableOfContents")
_CONTENTS_STATUS: Final = {"1": "incmp", "2": "part"}
"""Contents are incomplete or partial by the first indicator of 505; in the list of the Library of Congress."""
_SUMMARY = PartKind("summary", "Summary")
_SUMMARY_KINDS: Final = {"1": PartKind("review", "Review")}
_AUDIENCE = PartKind("intendedAudience", "IntendedAudience")
AUDIENCE_KINDS: Final = {
    "0": "reading grade level",
    "1": "interest age level",
    "2": "interest grade level",
    "3": "special audience characteristics",
    "4": "motivation or interest level",
}


def _write_dissertation(heading: Heading, into: Projection) -> None:
    """Write 502: the note in one piece ($a), or degree, institution, year, notes and number."""
    work, add = into.identity.work, into.triples.append
    node = part(work, f"dissertation-{digest(*(f'{code}{value}' for code, value in heading.subfields))}")
    add(f"{work} {BF}dissertation> {node}")
    add(f"{node} {A} {BF}Dissertation>")

    def write(subfields: Subfields) -> None:
        for code, value in subfields:
            text = without_end_punctuation(value)
            if code == "a":
                add(f"{node} {LABEL} {into.text(without_end_mark(value))}")
            elif code == "b":
                add(f"{node} {BF}degree> {into.text(without_end_mark(value))}")
            elif code == "c":
                _write_institution(node, text, into)
            elif code == "d":
                add(f"{node} {BF}date> {literal(text)}")
            elif code == "g":
                write_part(node, NOTE, text, into)
            elif code == "o":
                write_number(node, "DissertationIdentifier", text, "", into)

    write(heading.subfields)
    into.in_script(heading.field, write)


def _write_institution(node: str, name: str, into: Projection) -> None:
    agent = into.scoped("agent", hashed("provision", heading_key(name)))
    into.triples += (
        f"{node} {BF}grantingInstitution> {agent}",
        f"{agent} {A} {BF}Agent>",
        f"{agent} {LABEL} {into.text(name)}",
    )


def _write_contents(heading: Heading, into: Projection) -> None:
    """Write 505: contents as one text, and the titles of enhanced contents ($t) as titles of parts of the work."""
    subfields, work = heading.subfields, into.identity.work
    text = words_of(subfields, "agrt") or heading.first("u")
    if not text:
        omit_wordless(heading, into)
        return
    node = write_part(work, _CONTENTS, text, into)
    if status := _CONTENTS_STATUS.get(heading.ind1):
        into.triples.append(f"{node} {BF}status> {LOC}mstatus/{status}>")
    if len(subfields) > 1:
        write_scope(node, "505", subfields, into)
        for value in heading.all("t"):
            text = without_end_punctuation(without_end_mark(value.rstrip(" -—")))
            into.parts.setdefault(heading_key(text), text)

    def write(linked: Subfields) -> None:
        into.triples.append(f"{node} {LABEL} {into.text(words_of(linked, 'agrt'))}")

    into.in_script(heading.field, write)


def write_titles_of_parts(into: Projection) -> None:
    """Write the parts that contents name ($t of 505), but for those that an added entry names too."""
    for text in into.parts.values():
        if text:
            _write_title_of_part(into.identity.work, text, into)


def _write_title_of_part(work: str, text: str, into: Projection) -> None:
    key = digest(text)
    node, title = part(work, f"part-{key}"), part(work, f"part-{key}-title")
    into.triples += (
        f"{work} {BF}hasPart> {node}",
        f"{node} {A} {BF}Work>",
        f"{node} {LABEL} {into.text(text)}",
        f"{node} {BF}title> {title}",
        f"{title} {A} {BF}Title>",
        f"{title} {BF}mainTitle> {into.text(text)}",
    )


def _write_capture(heading: Heading, into: Projection) -> None:
    """Write 518: the note in one piece ($a), or date, place and words of an event."""
    work, add = into.identity.work, into.triples.append
    node = part(work, f"capture-{digest(*(f'{code}{value}' for code, value in heading.subfields))}")
    add(f"{work} {BF}capture> {node}")
    add(f"{node} {A} {BF}Capture>")

    def write(subfields: Subfields) -> None:
        for code, value in subfields:
            text = without_end_punctuation(value)
            if code == "a":
                add(f"{node} {LABEL} {into.text(without_end_mark(value))}")
            elif code == "d":
                add(f"{node} {BF}date> {literal(text)}")
            elif code == "o":
                write_part(node, NOTE, text, into)
            elif code == "p":
                write_place(node, "place", text, into)
        write_scope(node, "518", [each for each in subfields if each[0] in "23"], into)

    write(heading.subfields)
    into.in_script(heading.field, write)


def write_place(node: str, relation: str, name: str, into: Projection) -> None:
    """Write a place by its name, which is known within the source."""
    target = into.scoped("place", hashed("provision", heading_key(name)))
    into.triples += (
        f"{node} {BF}{relation}> {target}",
        f"{target} {A} {BF}Place>",
        f"{target} {LABEL} {into.text(name)}",
    )


def _write_summary(heading: Heading, into: Projection) -> None:
    """Write 520 by its first indicator: a review (1), advice about the content (4), else a summary."""
    subfields = heading.subfields
    text = words_of(subfields, "ab") or heading.first("u")
    if not text:
        omit_wordless(heading, into)
        return
    if heading.ind1 == "4":
        node = write_note(into.identity.work, "=content advice", text, into)
    else:
        node = write_part(into.identity.work, _SUMMARY_KINDS.get(heading.ind1, _SUMMARY), text, into)
    if len(subfields) > 1:
        write_scope(node, "520", subfields, into)
        for value in heading.all("cz"):
            write_named_source(node, without_parentheses(without_end_punctuation(value)), into)

    def write(linked: Subfields) -> None:
        into.triples.append(f"{node} {LABEL} {into.text(words_of(linked, 'ab'))}")

    into.in_script(heading.field, write)


def _write_audience(heading: Heading, into: Projection) -> None:
    """Write 521: each audience with what kind of level it is by the first indicator, and who says so."""
    texts = [without_end_mark(value) for value in heading.all("a")]
    if not texts:
        omit_wordless(heading, into)
    for text in texts:
        node = write_part(into.identity.work, _AUDIENCE, text, into)
        if kind := AUDIENCE_KINDS.get(heading.ind1):
            into.triples.append(f"{node} {BF}qualifier> {literal(kind)}")
        write_scope(node, "521", heading.subfields, into)
        for value in heading.all("b"):
            write_named_source(node, without_end_mark(value), into)


def _write_language_note(heading: Heading, into: Projection) -> None:
    """Write 546: a note about languages ($a), and scripts and notations ($b)."""

    def write(subfields: Subfields) -> None:
        nodes = []
        if text := words_of(subfields, "az"):
            nodes.append(write_note(into.identity.work, "lang", text, into))
        for code, value in subfields:
            if code == "b" and (notation := without_parentheses(without_end_punctuation(value))):
                nodes.append(write_part(into.identity.work, PartKind("notation", "Notation"), notation, into))
        for node in nodes:
            write_scope(node, "546", subfields, into)
        if not nodes:
            omit_wordless(heading, into)

    write(heading.subfields)
    into.in_script(heading.field, write)


_CONTROL: Final = {"6": "control", "7": "processing", "8": "control"}
_UNUSED: Final = dict.fromkeys("01", "no-subfield-rule")


def _rule(
    tag: str, name: str, definition: str, write: Callable[[Heading, Projection], None], **omitted: Mapping[str, str]
) -> FieldRule:
    return FieldRule(tag, name, definition, write, {**_CONTROL, **omitted.get("omitted", {})}, is_paired=tag != "521")


RULES: tuple[FieldRule, ...] = (
    _rule("502", "Dissertation Note", "R 6 7* 8* a b c d g* o*", _write_dissertation),
    _rule("505", "Formatted Contents Note", "R 6 7* 8* a g* r* t* u*", _write_contents),
    _rule(
        "518",
        "Date/Time and Place of an Event Note",
        "R 0* 1* 2* 3 6 7* 8* a d* o* p*",
        _write_capture,
        omitted=_UNUSED,
    ),
    _rule("520", "Summary, etc.", "R 2 3 6 7* 8* a b c u* z", _write_summary),
    _rule("521", "Target Audience Note", "R 3 6 8* a* b", _write_audience),
    _rule("546", "Language Note", "R 3 6 7* 8* a b* z", _write_language_note),
)
