"""Which of the terms of a field a number ($0, $1) or a code belongs to (340–353, 370–385).

MARC 21 lets numbers and codes stand beside several terms and does not say which they belong to. A number belongs to
the only term, or to the one before it where each has its own, or to the only term of the list that its IRI names.

https://www.loc.gov/marc/bibliographic/bd3xx.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from loader.marc.fields.described_parts import PartKind
from loader.marc.fields.field_rule import Heading
from loader.marc.fields.projection import Projection, Subfields
from loader.marc.values.literals import address

_LIST = re.compile(r"<https?://(?:id\.loc\.gov/vocabulary|(?:www\.)?rdaregistry\.info/termList)/([A-Za-z]+)/")
_KINDS = {
    "mfiletype": "FileType",
    "mrectype": "RecordingMethod",
    "mrecmedium": "RecordingMedium",
    "mplayback": "PlaybackChannels",
    "mspecplayback": "PlaybackCharacteristic",
    "mgroove": "GrooveCharacteristic",
    "mbroadstd": "BroadcastStandard",
    "mvidformat": "VideoFormat",
    "mpresformat": "PresentationFormat",
    "mencformat": "EncodingFormat",
    "mregencoding": "RegionalEncoding",
    "mmusicformat": "MusicFormat",
    "mmusnotation": "MusicNotation",
    "mfont": "FontSize",
    "mlayout": "Layout",
    "mpolarity": "Polarity",
    "mgeneration": "Generation",
    "fontSize": "FontSize",
    "layout": "Layout",
    "bookFormat": "BookFormat",
}
"""By the name of a list of the Library of Congress or of the RDA Registry, the class of its terms."""


class FieldTerm(NamedTuple):
    """A term of a field: its tag and subfield, its words or code, and its IRIs."""

    tag: str
    code: str
    value: str
    iris: list[str]


def read_terms(
    heading: Heading, kinds: Mapping[str, PartKind], codes: Mapping[str, str], into: Projection
) -> list[FieldTerm]:
    """Return the terms of a field with their IRIs; a number that may belong to several is omitted."""
    terms = _in_order(heading, kinds, codes, into)
    numbers = [each for each in heading.subfields if each[0] in "01"]
    if len(terms) > 1 and not all(term.iris for term in terms):
        return _by_lists(terms, numbers, {code: kinds[codes.get(code, code)].kind for code in (*kinds, *codes)}, into)
    omit_subfields("iri", heading.tag, _no_iris(numbers, into) if terms else numbers, into)
    return terms


def _no_iris(numbers: Subfields, into: Projection) -> Subfields:
    return [each for each in numbers if not number_iri(each[1], into)]


def _by_lists(
    terms: list[FieldTerm], numbers: Subfields, classes: Mapping[str, str], into: Projection
) -> list[FieldTerm]:
    """Return terms, each with the IRIs of the list that has terms of its class; the other numbers are omitted."""
    read = {value: number_iri(value, into) for _code, value in numbers}
    by_iri = {iri: _of_list(terms, classes, iri) for iri in read.values()}
    omit_subfields("several-terms", terms[0].tag, [each for each in numbers if by_iri[read[each[1]]] is None], into)
    return [term._replace(iris=[iri for iri, of in by_iri.items() if of is term]) for term in terms]


def _in_order(
    heading: Heading, kinds: Mapping[str, PartKind], codes: Mapping[str, str], into: Projection
) -> list[FieldTerm]:
    """Return the terms of a field, each with the IRIs that stand after it and before the next one."""
    terms: list[FieldTerm] = []
    has_terms = any(code in kinds for code, _value in heading.subfields)
    for code, value in heading.subfields:
        if code in (kinds if has_terms else codes):
            terms.append(FieldTerm(heading.tag, code, value, []))
        elif code in "01" and terms and (iri := number_iri(value, into)):
            terms[-1].iris.append(iri)
    return terms


def _of_list(terms: list[FieldTerm], classes: Mapping[str, str], iri: str) -> FieldTerm | None:
    """Return the only term whose class is that of the list in which an IRI stands."""
    named = _LIST.match(iri)
    kind = _KINDS.get(named[1]) if named else None
    same = [term for term in terms if classes[term.code] == kind]
    return same[0] if len(same) == 1 else None


def number_iri(value: str, into: Projection) -> str:
    """Return the IRI that a number is or stands for, or an empty text."""
    return address(value.removeprefix("(uri)")) or into.numbers.read(value).iri


def omit_subfields(reason: str, tag: str, subfields: Subfields, into: Projection) -> None:
    """Note that subfields stay in the record only."""
    for code, value in subfields:
        into.omit(tag, code, reason, value)
