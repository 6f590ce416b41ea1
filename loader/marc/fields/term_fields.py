"""Fields of terms from vocabularies about carriers and works (340–353, 370–388), each with its property and class.

https://www.loc.gov/marc/bibliographic/bd3xx.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from loader.marc.fields.described_parts import PartKind, digest, write_note, write_source
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.term_numbers import FieldTerm, read_terms
from loader.marc.fields.terms import BF, LABEL, LOC, VALUE, A
from loader.marc.values.isbd import without_end_mark, without_end_punctuation, without_parentheses
from loader.marc.values.literals import literal


@dataclass(frozen=True)
class TermField:
    """A field of terms: its definition in MARC 21, and what each subfield is."""

    tag: str
    name: str
    definition: str
    terms: Mapping[str, PartKind]
    """By subfield with a term, its property and class."""
    subject: str = "instance"
    codes: Mapping[str, str] = field(default_factory=dict)
    """By subfield with a code, the subfield of the term that it stands for."""
    qualifiers: str = ""
    literals: Mapping[str, str] = field(default_factory=dict)
    """By subfield, a property that has its value as it is."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """By subfield, the kind of note that its value is."""
    counts: str = ""
    """The subfield that says how many there are of what the term before it names."""
    omitted: Mapping[str, str] = field(default_factory=dict)


_VOCABULARIES: Mapping[str, Mapping[str, str]] = {
    "FileType": {
        "audio file": "mfiletype/audio",
        "data file": "mfiletype/data",
        "image file": "mfiletype/image",
        "program file": "mfiletype/program",
        "text file": "mfiletype/text",
        "video file": "mfiletype/video",
    },
    "RecordingMethod": {"analog": "mrectype/analog", "digital": "mrectype/digital"},
    "RecordingMedium": {
        "magnetic": "mrecmedium/mag",
        "optical": "mrecmedium/opt",
        "magneto-optical": "mrecmedium/magopt",
    },
    "PlaybackChannels": {
        "mono": "mplayback/mon",
        "quadraphonic": "mplayback/mul",
        "surround": "mplayback/mul",
        "stereo": "mplayback/ste",
    },
    "GrooveCharacteristic": {"coarse groove": "mgroove/coarse", "microgroove": "mgroove/micro"},
    "BroadcastStandard": {
        "HDTV": "mbroadstd/hdtv",
        "NTSC": "mbroadstd/ntsc",
        "PAL": "mbroadstd/pal",
        "SECAM": "mbroadstd/secam",
    },
    "MusicFormat": {"score": "mmusicformat/score", "vocal score": "mmusicformat/vocalscore"},
}
"""By class, the terms of RDA in English that the Library of Congress has an IRI for."""


def compile_term_field(spec: TermField) -> FieldRule:
    """Return the rule of a field; subfields that it does not use are omitted."""
    used = {*spec.terms, *spec.codes, *spec.qualifiers, *spec.literals, *spec.notes, *spec.counts, *"0123"}
    codes = [item[0] for item in spec.definition.split()[1:]]
    control = {"6": "control", "7": "processing", "8": "control"}
    unused = {code: control.get(code, "no-subfield-rule") for code in codes if code not in used}
    return FieldRule(spec.tag, spec.name, spec.definition, _writer(spec), {**unused, **spec.omitted})


def _writer(spec: TermField) -> Callable[[Heading, Projection], None]:
    def write(heading: Heading, into: Projection) -> None:
        subject: str = getattr(into.identity, spec.subject)
        terms = read_terms(heading, spec.terms, spec.codes, into)
        nodes = [(term.code, _write_term(subject, spec, term, into)) for term in terms]
        _write_codes(nodes, spec, heading, into)
        for node in dict.fromkeys(node for _code, node in nodes):
            _describe(node, spec, heading, into)
        if not nodes:
            _omit_scope(spec, heading, into)
        _write_other(subject, nodes, spec, heading, into)

    return write


def _write_codes(nodes: list[tuple[str, str]], spec: TermField, heading: Heading, into: Projection) -> None:
    """Write the codes that stand for terms of the field; one belongs to the only term of its kind."""
    if nodes and nodes[0][0] in spec.codes:
        return
    for code, value in heading.subfields:
        if code in spec.codes:
            _write_code(code, value, [node for of, node in nodes if of == spec.codes[code]], heading.tag, into)


def _write_code(code: str, value: str, nodes: list[str], tag: str, into: Projection) -> None:
    if len(nodes) == 1:
        into.triples.append(f"{nodes[0]} {BF}code> {literal(value)}")
    else:
        into.omit(tag, code, "several-terms", value)


def _write_other(
    subject: str, nodes: list[tuple[str, str]], spec: TermField, heading: Heading, into: Projection
) -> None:
    """Write what a field has beside its terms: values as they are, notes, and how many there are of each."""
    for code in spec.literals:
        _write_literals(subject, code, spec, heading, into)
    for code, kind in spec.notes.items():
        for value in heading.all(code):
            write_note(subject, kind, without_end_mark(value), into)
    if spec.counts:
        _write_counts(nodes, spec, heading, into)


def _write_counts(nodes: list[tuple[str, str]], spec: TermField, heading: Heading, into: Projection) -> None:
    """Write how many there are of what the term before the number names."""
    before, rest = "", iter(nodes)
    for code, value in heading.subfields:
        if code in spec.terms:
            before = next(rest)[1]
        elif code == spec.counts:
            _write_count(before, heading.tag, code, value, into)


def _write_count(node: str, tag: str, code: str, value: str, into: Projection) -> None:
    if node:
        into.triples.append(f"{node} {BF}count> {literal(without_parentheses(without_end_punctuation(value)))}")
    else:
        into.omit(tag, code, "no-words", value)


def _describe(node: str, spec: TermField, heading: Heading, into: Projection) -> None:
    """Write the scope, source and qualifiers of a term."""
    into.triples += (f"{node} {BF}part> {into.text(scope)}" for scope in heading.all("3"))
    for source in heading.all("2"):
        write_source(node, source, into)
    if spec.qualifiers:
        into.triples += (f"{node} {BF}qualifier> {into.text(each)}" for each in heading.all(spec.qualifiers))


def _omit_scope(spec: TermField, heading: Heading, into: Projection) -> None:
    for code, value in heading.subfields:
        if code in "23" or code in spec.qualifiers:
            into.omit(heading.tag, code, "no-words", value)


def _write_literals(subject: str, code: str, spec: TermField, heading: Heading, into: Projection) -> None:
    for value in heading.all(code):
        into.triples.append(f"{subject} {BF}{spec.literals[code]}> {into.text(without_end_punctuation(value))}")


def _write_term(subject: str, spec: TermField, term: FieldTerm, into: Projection) -> str:
    """Write a term by its IRI, or as a part with its label or code; return its node."""
    kind, value = spec.terms[spec.codes.get(term.code, term.code)], without_end_punctuation(term.value)
    known = _VOCABULARIES.get(kind.kind, {}).get(value)
    usual = f"{LOC}{known}>" if known else part(subject, f"{kind.kind.lower()}-{digest(value)}")
    node = term.iris[0] if term.iris else usual
    add = into.triples.append
    add(f"{subject} {BF}{kind.relation}> {node}")
    add(f"{node} {A} {BF}{kind.kind}>")
    add(f"{node} {BF}code> {literal(value)}" if term.code in spec.codes else f"{node} {LABEL} {into.text(value)}")
    into.triples += (f"{node} {VALUE} {iri}" for iri in term.iris[1:])
    return node
