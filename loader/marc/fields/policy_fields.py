"""Who may see and use something, and how a library got it and cares for it: 506, 540, 541, 583, and 355, 357, 361.

https://www.loc.gov/marc/bibliographic/bd5xx.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from loader.marc.fields.described_parts import (
    NOTE,
    PartKind,
    digest,
    words_of,
    write_note,
    write_part,
    write_scope,
)
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.library_items import library_item
from loader.marc.fields.number_fields import write_number
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.terms import BF, EDTF, LABEL, A
from loader.marc.fields.worded_field import (
    PRIVATE,
    WordedField,
    compile_worded_field,
    omit_private,
    omit_wordless,
)
from loader.marc.values.compact_dates import read_compact_date
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark, without_end_punctuation
from loader.marc.values.literals import literal

_PUBLIC: Final = "1"
_PERSONAL: Final = "abdfh"
"""Subfields of 541 that name who gave or owned something, where they live, what it cost and when."""


def _subject(heading: Heading, into: Projection) -> str:
    """Return what a field is about: the item of the library that $5 names, or the instance."""
    holder = heading.first("5")
    return library_item(holder, into) if holder else into.identity.instance


def _policy_writer(kind: str, words: str) -> Callable[[Heading, Projection], None]:
    """Return what writes a policy: its words, standard terms ($f), date ($g), address ($u) and scope ($3)."""
    policy = PartKind("usageAndAccessPolicy", kind)

    def write(heading: Heading, into: Projection) -> None:
        text = words_of(heading.subfields, words) or words_of(heading.subfields, "f") or heading.first("u")
        if not text:
            omit_wordless(heading, into)
            return
        node = write_part(_subject(heading, into), policy, text, into)
        write_scope(node, heading.tag, heading.subfields, into)
        for code, value in heading.subfields:
            if code == "f":
                into.triples.append(f"{node} {BF}qualifier> {into.text(without_end_mark(value))}")
            elif code == "g":
                _write_date(node, value, into)

        def write_linked(linked: Subfields) -> None:
            into.triples.append(f"{node} {LABEL} {into.text(words_of(linked, words))}")

        into.in_script(heading.field, write_linked)

    return write


def _write_date(node: str, value: str, into: Projection) -> None:
    date = read_compact_date(value)
    into.triples.append(f'{node} {BF}date> "{date}"{EDTF}' if date else f"{node} {BF}date> {literal(value)}")


def _write_acquisition(heading: Heading, into: Projection) -> None:
    """Write 541: how something was acquired; the first indicator has to say whether names and prices may be shown."""
    if heading.ind1 == PRIVATE:
        omit_private(heading, into)
        return
    visible = [each for each in heading.subfields if heading.ind1 == _PUBLIC or each[0] not in _PERSONAL]
    for code, _value in heading.subfields:
        if heading.ind1 != _PUBLIC and code in _PERSONAL:
            into.omit("541", code, "privacy-unknown")
    text = words_of(visible, "abcdefhno")
    if not text:
        for code, value in visible:
            into.omit("541", code, "no-words", value)
        return
    node = write_part(_subject(heading, into), PartKind("immediateAcquisition", "ImmediateAcquisition"), text, into)
    write_scope(node, "541", visible, into)
    for value in heading.all("e"):
        write_number(node, "AccessionNumber", without_end_punctuation(value), "", into)


def _write_action(heading: Heading, into: Projection) -> None:
    """Write 583: what was done with something, when, by whom, and its state."""
    if heading.ind1 == PRIVATE:
        omit_private(heading, into)
        return
    text = words_of(heading.subfields, "abdefhijno")
    if not text:
        omit_wordless(heading, into)
        return
    node = write_note(_subject(heading, into), "action", text, into)
    write_scope(node, "583", heading.subfields, into)
    for code, value in heading.subfields:
        if code == "c":
            _write_date(node, value, into)
        elif code == "k":
            _write_actor(node, without_end_mark(value), into)
        elif code == "l":
            status = part(node, f"status-{digest(value)}")
            into.triples += (
                f"{node} {BF}status> {status}",
                f"{status} {A} {BF}Status>",
                f"{status} {LABEL} {into.text(without_end_mark(value))}",
            )
        elif code == "z":
            write_part(node, NOTE, without_end_mark(value), into)


def _write_actor(node: str, name: str, into: Projection) -> None:
    agent = into.scoped("agent", hashed("provision", heading_key(name)))
    into.triples += (f"{node} {BF}agent> {agent}", f"{agent} {A} {BF}Agent>", f"{agent} {LABEL} {into.text(name)}")


_CONTROL: Final = {"6": "control", "7": "processing", "8": "control", "x": "private"}
_ACCESS = PartKind("usageAndAccessPolicy", "AccessPolicy")
FIELDS = (
    WordedField(
        "355", "Security Classification Control", "R 6 8* a b* c* d e f g h j*", words="abcdefghj", part=_ACCESS
    ),
    WordedField("357", "Originator Dissemination Control", "NR 6 8* a b* c* g*", words="abcg", part=_ACCESS),
    WordedField(
        "361",
        "Structured Ownership and Custodial History",
        "R 0* 1* 3 5 6 7* 8* a f* k l o* s u* x* y z*",
        words="aflkosyz",
        kind="=ownership",
        has_privacy=True,
    ),
)
RULES: tuple[FieldRule, ...] = (
    FieldRule(
        "506",
        "Restrictions on Access Note",
        "R 2 3 5 6 8* a b* c* d* e* f* g* q u*",
        _policy_writer("AccessPolicy", "abcdeq"),
        _CONTROL,
        is_paired=True,
    ),
    FieldRule(
        "540",
        "Terms Governing Use and Reproduction Note",
        "R 2 3 5 6 8* a b c d f* g* q u*",
        _policy_writer("UsePolicy", "abcdq"),
        _CONTROL,
        is_paired=True,
    ),
    FieldRule(
        "541", "Immediate Source of Acquisition Note", "R 3 5 6 8* a b c d e f h n* o*", _write_acquisition, _CONTROL
    ),
    FieldRule(
        "583",
        "Action Note",
        "R 2 3 5 6 7* 8* a b* c* d* e* f* h* i* j* k* l* n* o* u* x* z*",
        _write_action,
        _CONTROL,
    ),
    *(compile_worded_field(each) for each in FIELDS),
)
