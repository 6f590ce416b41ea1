"""Extent, playing time, content, media and carrier (300–306, 336–338).

https://www.loc.gov/marc/bibliographic/bd3xx.html
"""

from __future__ import annotations

import re
from typing import Final

from loader.marc.fields.described_parts import iris_of, write_note, write_source
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.terms import BF, LABEL, LOC, A
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark, without_end_punctuation

_NOTES: Final = {"b": "physical", "e": "accmat"}
"""The subfields of 300 that are notes, and their kinds (https://id.loc.gov/vocabulary/mnotetype)."""
_CODE: Final = re.compile(r"[a-z0-9]{1,4}")
_PLAYING_TIME: Final = re.compile(r"(\d\d)(\d\d)(\d\d)")
_CODES_OF_TERMS: Final = {
    ("336", "text"): "txt", ("336", "still image"): "sti", ("336", "performed music"): "prm",
    ("336", "spoken word"): "spw", ("336", "two-dimensional moving image"): "tdi", ("336", "notated music"): "ntm",
    ("336", "cartographic image"): "cri", ("337", "unmediated"): "n", ("337", "computer"): "c",
    ("337", "audio"): "s", ("337", "video"): "v", ("337", "microform"): "h", ("338", "volume"): "nc",
    ("338", "online resource"): "cr", ("338", "audio disc"): "sd", ("338", "videodisc"): "vd",
    ("338", "sheet"): "nb", ("338", "microfiche"): "he", ("338", "computer disc"): "cd",
}  # fmt: skip
"""Terms of RDA in English, and their codes: a term with its scheme says as much as the code."""
TYPES: Final = {
    "336": ("content", "Content", "contentTypes", "rdacontent"),
    "337": ("media", "Media", "mediaTypes", "rdamedia"),
    "338": ("carrier", "Carrier", "carriers", "rdacarrier"),
}
"""By tag: the property, the class, and the vocabulary of the Library of Congress for the codes of RDA."""


def _write_description(heading: Heading, into: Projection) -> None:
    """Write 300: extent, other physical details, dimensions and accompanying material."""
    extent = " ".join([value for code, value in heading.subfields if code in "afg"])
    into.seen["extent"] = f"{into.seen['extent']} {extent}" if "extent" in into.seen else extent
    node = part(into.identity.instance, f"extent-{hashed(heading_key(extent))}")
    _write_words(node, heading.subfields, into)
    if into.linked:
        into.in_script(heading.field, lambda linked: _write_words(node, linked, into))


def _write_words(node: str, subfields: Subfields, into: Projection) -> None:
    """Write the words of 300 in one script; `node` is the extent."""
    instance, add = into.identity.instance, into.triples.append
    words = " ".join([value for code, value in subfields if code in "afg"])
    if words:
        add(f"{instance} {BF}extent> {node}")
        add(f"{node} {A} {BF}Extent>")
        add(f"{node} {LABEL} {into.text(without_end_mark(words))}")
    for code, value in subfields:
        if code == "c":
            add(f"{instance} {BF}dimensions> {into.text(without_end_punctuation(value))}")
        elif code in _NOTES and (text := without_end_punctuation(value)):
            write_note(instance, _NOTES[code], text, into)
        elif code == "3" and words:
            add(f"{node} {BF}part> {into.text(value)}")


def _write_labelled(subject: str, name: str, kind: str, text: str, into: Projection) -> None:
    if not text:
        return
    node = part(subject, f"{name}-{hashed(heading_key(text))}")
    add = into.triples.append
    add(f"{subject} {BF}{name}> {node}")
    add(f"{node} {A} {BF}{kind}>")
    add(f"{node} {LABEL} {into.text(text)}")


def _write_playing_time(heading: Heading, into: Projection) -> None:
    for value in heading.all("a"):
        if match := _PLAYING_TIME.fullmatch(value):
            duration = f"PT{int(match[1])}H{int(match[2])}M{int(match[3])}S"
            into.triples.append(f'{into.identity.work} {BF}duration> "{duration}"')
        else:  # “18 minutes” is kept as the words that it is
            into.triples.append(f"{into.identity.work} {BF}duration> {into.text(value)}")
            into.doubt("306", "a", "date-not-read", value)


def _write_type(heading: Heading, into: Projection) -> None:
    """Write 336–338: the term of the Library of Congress by its code, IRIs as they are, and the words as labels."""
    into.seen[heading.tag] = "as the record says"
    iris = iris_of(heading, into)
    codes = _codes(heading)
    nodes = [*codes, *iris] or _nodes_of_terms(heading)
    if nodes:
        _write_known(heading, nodes, into)
    else:
        _write_named(heading, into)
    _write_vocabulary(heading, nodes, into)
    _write_scope(heading, into)
    if nodes or heading.first("a"):
        _omit(heading, "b", [value for value in heading.all("b") if not _is_code(heading, value)], into)


def _write_scope(heading: Heading, into: Projection) -> None:
    """Write which part of the resource a term is about ($3) as a note, for the term itself is one of all resources."""
    label = heading.first("a") or heading.first("b")
    for value in heading.all("3"):
        kind = f"={TYPES[heading.tag][0]} of a part"
        write_note(_subject(heading, into), kind, f"{without_end_mark(value)}: {label}" if label else value, into)


def _is_rda(heading: Heading) -> bool:
    return heading.first("2").startswith(TYPES[heading.tag][3])


def _is_code(heading: Heading, value: str) -> bool:
    return _is_rda(heading) and _CODE.fullmatch(value) is not None


def _codes(heading: Heading) -> list[str]:
    """Return the terms of the Library of Congress that codes of RDA name."""
    vocabulary = TYPES[heading.tag][2]
    return [f"{LOC}{vocabulary}/{code}>" for code in heading.all("b") if _is_code(heading, code)]


def _nodes_of_terms(heading: Heading) -> list[str]:
    """Return the terms of the Library of Congress that words of RDA name, where all are known."""
    vocabulary = TYPES[heading.tag][2]
    codes = [_CODES_OF_TERMS.get((heading.tag, label.lower()), "") for label in heading.all("a")]
    return [f"{LOC}{vocabulary}/{code}>" for code in codes] if _is_rda(heading) and all(codes) else []


def _write_known(heading: Heading, nodes: list[str], into: Projection) -> None:
    """Write terms that have IRIs; a single word is the label of each, several are those of as many terms."""
    name, kind, _vocabulary, _scheme = TYPES[heading.tag]
    for node in dict.fromkeys(nodes):
        _write_term(_subject(heading, into), name, kind, node, into)
    labels = heading.all("a")
    if len(labels) == 1:
        labels = labels * len(nodes)
    if len(labels) == len(nodes):
        into.triples += (f"{node} {LABEL} {into.text(label)}" for node, label in zip(nodes, labels, strict=True))
    else:
        _omit(heading, "a", labels, into)


def _write_named(heading: Heading, into: Projection) -> None:
    """Write terms that have words or codes only."""
    name, kind, _vocabulary, _scheme = TYPES[heading.tag]
    for value in _terms(heading):
        _write_labelled(_subject(heading, into), name, kind, value, into)


def _terms(heading: Heading) -> list[str]:
    return heading.all("a") or heading.all("b")


def _subject(heading: Heading, into: Projection) -> str:
    return into.identity.work if heading.tag == "336" else into.identity.instance


def _write_vocabulary(heading: Heading, known: list[str], into: Projection) -> None:
    """Write the vocabulary in $2 on terms that are not known by its codes, whose IRIs say it."""
    name = TYPES[heading.tag][0]
    subject = _subject(heading, into)
    nodes = known or [part(subject, f"{name}-{hashed(heading_key(value))}") for value in _terms(heading)]
    for value in heading.all("2"):
        _write_sources([node for node in nodes if not node.startswith(LOC)], value, into)
        if not nodes:
            into.omit(heading.tag, "2", "no-subfield-rule", value)


def _write_sources(nodes: list[str], value: str, into: Projection) -> None:
    for node in nodes:
        write_source(node, value, into)


def _write_term(subject: str, name: str, kind: str, node: str, into: Projection) -> None:
    into.triples += (f"{subject} {BF}{name}> {node}", f"{node} {A} {BF}{kind}>")


def _omit(heading: Heading, code: str, values: list[str], into: Projection) -> None:
    for value in values:
        into.omit(heading.tag, code, "no-subfield-rule", value)


_CONTROL: Final = {"8": "control", "7": "processing"}
_TERMS: Final = {"8": "control", "7": "processing", "6": "control"}
RULES: tuple[FieldRule, ...] = (
    FieldRule(
        "300",
        "Physical Description",
        "R 3 6 7* 8* a* b c* d e f* g* m n",
        _write_description,
        {**dict.fromkeys("dmn", "no-subfield-rule"), **_CONTROL},
        is_paired=True,
    ),
    FieldRule("306", "Playing Time", "NR 6 8* a*", _write_playing_time, {"8": "control", "6": "control"}),
    FieldRule("336", "Content Type", "R 0* 1* 2 3 6 7* 8* a* b*", _write_type, _TERMS),
    FieldRule("337", "Media Type", "R 0* 1* 2 3 6 8* a* b*", _write_type, _TERMS),
    FieldRule("338", "Carrier Type", "R 0* 1* 2 3 6 8* a* b*", _write_type, _TERMS),
)
