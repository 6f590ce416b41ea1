"""Forms of music (047), the instruments and voices that it is for (048, 382), and its numbers (383).

https://www.loc.gov/marc/bibliographic/bd382.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from loader.marc.fields.described_parts import NOTE, digest, write_part, write_scope, write_source
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.minor_number_fields import write_named_assigner
from loader.marc.fields.number_fields import write_number
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, ID, LABEL, LOC, A
from loader.marc.values.isbd import without_end_mark, without_end_punctuation
from loader.marc.values.literals import literal, path_segment

_CODE: Final = re.compile(r"[a-z]{2,3}")
_MEDIUM: Final = re.compile(r"([a-z]{2})(\d\d)?")


def _write_composition(heading: Heading, into: Projection) -> None:
    """Write 047: forms of music, by the list of MARC or another one."""
    for value in heading.all("a"):
        if heading.ind2 != "7" and _CODE.fullmatch(value):
            node = f"{LOC}marcmuscomp/{value}>"
        else:
            node = (
                f"{ID}concept/music-form/{path_segment(heading.first('2').lower() or 'local')}/{path_segment(value)}>"
            )
        into.triples += (f"{into.identity.work} {BF}genreForm> {node}", f"{node} {A} {BF}GenreForm>")
        for source in heading.all("2"):
            write_source(node, source, into)


def _write_media(heading: Heading, into: Projection) -> None:
    """Write 048: instruments and voices by their codes, and how many."""
    for code, value in heading.subfields:
        match = _MEDIUM.fullmatch(value)
        if code in "ab" and match is None:
            into.omit("048", code, "invalid-number", value)
        elif code in "ab" and match:
            node = part(into.identity.work, f"medium-{code}-{value}")
            into.triples += (
                f"{into.identity.work} {BF}musicMedium> {node}",
                f"{node} {A} {BF}MusicMedium>",
                f"{node} {BF}code> {literal(match[1])}",
            )
            if match[2]:
                into.triples.append(f'{node} {BF}count> "{int(match[2])}"')
            if code == "b":
                into.triples.append(f'{node} {BF}qualifier> "soloist"')
            for source in heading.all("2"):
                write_source(node, source, into)


def _write_performance(heading: Heading, into: Projection) -> None:
    """Write 382: each instrument, voice or ensemble with its number, and how many perform in all ($s)."""
    work, add = into.identity.work, into.triples.append
    texts = [f"{code}{value}" for code, value in heading.subfields]
    node = part(work, f"performance-{digest(*texts)}")
    add(f"{work} {BF}mediumOfPerformance> {node}")
    add(f"{node} {A} {BF}MediumOfPerformance>")
    component = node
    for index, (code, value) in enumerate(heading.subfields):
        text = without_end_punctuation(value)
        if code in "abdp":
            component = part(node, f"component-{digest(*texts[: index + 1])}")
            add(f"{node} {BF}mediumComponent> {component}")
            add(f"{component} {A} {BF}MediumComponent>")
            add(f"{component} {LABEL} {into.text(text)}")
            if code != "a":
                add(f"{component} {BF}qualifier> {literal(_PARTS[code])}")
        elif code in "ens":
            add(f"{node if code == 's' else component} {BF}count> {literal(text)}")
        elif code == "v":
            write_part(component, NOTE, text, into)
    write_scope(node, "382", [each for each in heading.subfields if each[0] in "23"], into)


def _write_designations(heading: Heading, into: Projection) -> None:
    """Write 383: numbers of a musical work, the opus with who published it, the thematic one with its index."""
    for code, value in heading.subfields:
        if code not in DESIGNATIONS:
            continue
        node = write_number(into.identity.work, DESIGNATIONS[code], without_end_mark(value), "", into)
        if code == "b" and (publisher := heading.first("e")):
            write_named_assigner(node, publisher, into)
        if code == "c" and (index := heading.first("d")):
            into.triples.append(f"{node} {BF}qualifier> {into.text(index)}")
        write_scope(node, "383", [each for each in heading.subfields if each[0] in "23"], into)


DESIGNATIONS: Final = {"a": "SerialNumber", "b": "OpusNumber", "c": "ThematicCatalogNumber"}
"""By subfield of 383, the class of a number."""
_PARTS: Final = {"b": "soloist", "d": "doubling", "p": "alternative"}


_CONTROL: Final = {"6": "control", "7": "processing", "8": "control"}


def _rule(definition: str, write: Callable[[Heading, Projection], None], unused: str = "") -> FieldRule:
    tag, name, codes = definition.split("|")
    return FieldRule(tag, name, codes, write, {**_CONTROL, **dict.fromkeys(unused, "no-subfield-rule")})


RULES: tuple[FieldRule, ...] = (
    _rule("047|Form of Musical Composition Code|R 2 8* a*", _write_composition),
    _rule("048|Number of Musical Instruments or Voices Codes|R 2 8* a* b*", _write_media),
    _rule("382|Medium of Performance|R 0* 1* 2 3 6 7* 8* a* b* d* e* n* p* r s t v*", _write_performance, "01rt"),
    _rule("383|Numeric Designation of Musical Work or Expression|R 2 3 6 7* 8* a* b* c* d e", _write_designations),
)
