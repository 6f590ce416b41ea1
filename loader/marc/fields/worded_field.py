"""Fields that are words of one kind, such as a note: a table of them is compiled to rules.

Each becomes one part of what is described, with the words of its subfields as the label.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from loader.marc.fields.described_parts import (
    NOTE,
    PartKind,
    words_of,
    write_note,
    write_note_type,
    write_part,
    write_scope,
)
from loader.marc.fields.field_rule import FieldRule, Heading, omit_all
from loader.marc.fields.library_items import library_item
from loader.marc.fields.projection import Projection, Subfields
from loader.marc.fields.term_numbers import number_iri, omit_subfields
from loader.marc.fields.terms import BF, LABEL, VALUE
from loader.marc.values.literals import literal

PRIVATE: Final = "0"
"""The first indicator of a field that is not to be shown, where the field has such an indicator."""
_SCOPE: Final = "u23"
"""Subfields that are not words of a part, but say more about it."""


@dataclass(frozen=True)
class WordedField:
    """A field of words: its definition in MARC 21, and what it becomes."""

    tag: str
    name: str
    definition: str
    words: str = "a"
    """The subfields whose values are the words, in the order of the field."""
    kind: str = ""
    """What kind of note it is: a code of the Library of Congress, or with `=` a name of ours."""
    by_indicator: Mapping[str, str] = field(default_factory=dict)
    """The kind by the first indicator, where it tells kinds apart."""
    part: PartKind = NOTE
    literal: str = ""
    """A property that has the words as its value, instead of a part."""
    subject: str = "instance"
    """Which node of the record has it: `instance`, `work` or `record`."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """By subfield what stands before its value."""
    count_code: str = ""
    """The subfield that holds a number of units."""
    code: str = ""
    """The subfield with a code that stands for the words, of which there is one."""
    omitted: Mapping[str, str] = field(default_factory=dict)
    is_of_edition: bool = False
    """Whether the part can be of an edition only, so that of the copies of a library ($5) it is a note."""
    has_privacy: bool = False
    """Whether the first indicator 0 says that the field is private."""


def compile_worded_field(spec: WordedField) -> FieldRule:
    """Return the rule of a field; subfields that it does not use are omitted."""
    unused = {code: _CONTROL.get(code, "no-subfield-rule") for code in _unused(spec)}
    return FieldRule(spec.tag, spec.name, spec.definition, _writer(spec), {**unused, **spec.omitted}, is_paired=True)


_CONTROL = {"6": "control", "7": "processing", "8": "control", "x": "private"}


def _unused(spec: WordedField) -> list[str]:
    codes = [item[0] for item in spec.definition.split()[1:]]
    scope = "" if spec.literal else _SCOPE
    numbers = "01" if spec.code else ""
    used = f"{spec.words}5{spec.count_code}{spec.code}{numbers}{scope}"
    return [code for code in codes if code not in used]


def _writer(spec: WordedField) -> Callable[[Heading, Projection], None]:
    words, marks = spec.words, dict(spec.marks)
    write_words = _words_writer(spec)
    of_copies = replace(spec, part=NOTE, kind=f"={spec.name.lower()}") if spec.is_of_edition else spec
    write_of_copies = _words_writer(of_copies)

    def write(heading: Heading, into: Projection) -> None:
        if spec.has_privacy and heading.ind1 == PRIVATE:
            omit_private(heading, into)
            return
        subject: str = getattr(into.identity, spec.subject)
        subfields = heading.subfields
        holder = heading.first("5") if len(subfields) > 1 else ""
        if holder:
            subject = library_item(holder, into)
        text = words_of(subfields, words, marks)
        if not text and not any(code == "u" for code, _value in subfields):
            omit_wordless(heading, into)
            return
        node = (write_of_copies if holder else write_words)(subject, text or heading.first("u"), heading, into)
        if node and len(subfields) > 1:
            _write_more(node, spec, heading, into)
        if into.linked:
            into.in_script(heading.field, lambda linked: _write_linked(node or subject, spec, linked, into))

    return write


def _words_writer(spec: WordedField) -> Callable[[str, str, Heading, Projection], str]:
    """Return what writes the words of a field; it returns the node of the part, or an empty text for a literal."""
    if spec.literal:

        def write_literal(subject: str, text: str, _heading: Heading, into: Projection) -> str:
            into.triples.append(f"{subject} {BF}{spec.literal}> {into.text(text)}")
            return ""

        return write_literal
    if spec.part is NOTE:

        def write_kind(subject: str, text: str, heading: Heading, into: Projection) -> str:
            kind = spec.by_indicator.get(heading.ind1, spec.kind) if spec.by_indicator else spec.kind
            return write_note(subject, kind, text, into)

        return write_kind

    def write_other(subject: str, text: str, heading: Heading, into: Projection) -> str:
        node = write_part(subject, spec.part, text, into)
        if kind := spec.by_indicator.get(heading.ind1):
            write_note_type(node, kind, into)
        return node

    return write_other


def _write_more(node: str, spec: WordedField, heading: Heading, into: Projection) -> None:
    write_scope(node, heading.tag, heading.subfields, into)
    if spec.count_code:
        for value in heading.all(spec.count_code):
            into.triples.append(f"{node} {BF}count> {literal(value)}")
    if spec.code:
        _write_codes(node, spec, heading, into)


def _write_codes(node: str, spec: WordedField, heading: Heading, into: Projection) -> None:
    """Write the code and the IRIs of the words, where there is one term that they can stand for."""
    values = [each for each in heading.subfields if each[0] in f"{spec.code}01"]
    if len(heading.all("a")) != 1:
        omit_subfields("several-terms", heading.tag, values, into)
        return
    for code, value in values:
        _write_code(node, spec, (code, value), into)


def _write_code(node: str, spec: WordedField, subfield: tuple[str, str], into: Projection) -> None:
    code, value = subfield
    if code == spec.code:
        into.triples.append(f"{node} {BF}code> {literal(value)}")
    elif iri := number_iri(value, into):
        into.triples.append(f"{node} {VALUE} {iri}")
    else:
        into.omit(spec.tag, code, "iri", value)


def _write_linked(node: str, spec: WordedField, subfields: Subfields, into: Projection) -> None:
    """Write the words of the same field in another script as another label."""
    text = words_of(subfields, spec.words, dict(spec.marks))
    if text and spec.literal:
        into.triples.append(f"{node} {BF}{spec.literal}> {into.text(text)}")
    elif text:
        into.triples.append(f"{node} {LABEL} {into.text(text)}")
    if not spec.literal:
        write_scope(node, spec.tag, [each for each in subfields if each[0] == "3"], into)


def omit_private(heading: Heading, into: Projection) -> None:
    """Note that a field is private; its values are not repeated."""
    for code, _value in heading.subfields:
        into.omit(heading.tag, code, "private")


def omit_wordless(heading: Heading, into: Projection) -> None:
    """Note the subfields of a field that has no words to which they would belong."""
    omit_all(heading, "no-words", into)
