"""Fields of terms from vocabularies about carriers and works (340–353, 370–388), each with its property and class.

https://www.loc.gov/marc/bibliographic/bd3xx.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from loader.marc.fields.described_parts import PartKind, digest, write_source
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, LABEL, LOC, VALUE, A
from loader.marc.values.isbd import without_end_punctuation
from loader.marc.values.literals import address, literal


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
    used = {*spec.terms, *spec.codes, *spec.qualifiers, *spec.literals, *"0123"}
    codes = [item[0] for item in spec.definition.split()[1:]]
    control = {"6": "control", "7": "processing", "8": "control"}
    unused = {code: control.get(code, "no-subfield-rule") for code in codes if code not in used}
    return FieldRule(spec.tag, spec.name, spec.definition, _writer(spec), {**unused, **spec.omitted})


def _writer(spec: TermField) -> Callable[[Heading, Projection], None]:
    def write(heading: Heading, into: Projection) -> None:
        subject: str = getattr(into.identity, spec.subject)
        nodes = []
        for code, value, iris in _terms(heading, spec, into):
            kind = spec.terms[spec.codes.get(code, code)]
            nodes.append(_write_term(subject, kind, (code in spec.codes, value, *iris), into))
        if len(nodes) == 1 and spec.codes and heading.subfields[0][0] not in spec.codes:
            into.triples += (f"{nodes[0]} {BF}code> {literal(each)}" for each in heading.all("".join(spec.codes)))
        for node in dict.fromkeys(nodes):
            _describe(node, spec, heading, into)
        if not nodes:
            _omit_scope(spec, heading, into)
        for code in spec.literals:
            _write_literals(subject, code, spec, heading, into)

    return write


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


def _terms(heading: Heading, spec: TermField, into: Projection) -> list[tuple[str, str, list[str]]]:
    """Return the terms of a field with their IRIs ($0, $1): those of the only term, or those that follow each term."""
    terms = _with_iris(heading, spec)
    if len(terms) > 1:
        _omit(heading.tag, [each for each in heading.subfields if each[0] in spec.codes], "several-terms", into)
    numbers = [each for each in heading.subfields if each[0] in "01"]
    if len(terms) < 2 or all(iris for _code, _value, iris in terms):
        _omit(heading.tag, [each for each in numbers if not terms or not _iri(each[1])], "iri", into)
        return terms
    _omit(heading.tag, numbers, "several-terms", into)
    return [(code, value, []) for code, value, _iris in terms]


def _with_iris(heading: Heading, spec: TermField) -> list[tuple[str, str, list[str]]]:
    """Return the terms of a field, each with the IRIs that stand after it and before the next one."""
    terms: list[tuple[str, str, list[str]]] = []
    has_terms = any(code in spec.terms for code, _value in heading.subfields)
    for code, value in heading.subfields:
        if code in (spec.terms if has_terms else spec.codes):
            terms.append((code, value, []))
        elif code in "01" and terms and (iri := _iri(value)):
            terms[-1][2].append(iri)
    return terms


def _iri(value: str) -> str:
    return address(value.removeprefix("(uri)"))


def _omit(tag: str, subfields: list[tuple[str, str]], reason: str, into: Projection) -> None:
    for code, value in subfields:
        into.omit(tag, code, reason, value)


def _write_term(subject: str, kind: PartKind, term: tuple[bool | str, ...], into: Projection) -> str:
    """Write a term by its IRI, or as a part with its label or code; return its node."""
    is_code, text, *iris = term
    value = without_end_punctuation(str(text))
    known = _VOCABULARIES.get(kind.kind, {}).get(value)
    node = (
        str(iris[0]) if iris else f"{LOC}{known}>" if known else part(subject, f"{kind.kind.lower()}-{digest(value)}")
    )
    add = into.triples.append
    add(f"{subject} {BF}{kind.relation}> {node}")
    add(f"{node} {A} {BF}{kind.kind}>")
    add(f"{node} {BF}code> {literal(value)}" if is_code else f"{node} {LABEL} {into.text(value)}")
    for iri in iris[1:]:
        add(f"{node} {VALUE} {iri}")
    return node
