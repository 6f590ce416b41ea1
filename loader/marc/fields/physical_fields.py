"""Extent, playing time, content, media and carrier (300–306, 336–338).

https://www.loc.gov/marc/bibliographic/bd3xx.html
"""

from __future__ import annotations

import re

from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.terms import BF, ID, LABEL, LOC, A
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark, without_end_punctuation
from loader.marc.values.literals import address, literal, path_segment

_CODE = re.compile(r"[a-z0-9]{1,4}")
_PLAYING_TIME = re.compile(r"(\d\d)(\d\d)(\d\d)")
_CODES_OF_TERMS = {
    ("336", "text"): "txt", ("336", "still image"): "sti", ("336", "performed music"): "prm",
    ("336", "spoken word"): "spw", ("336", "two-dimensional moving image"): "tdi", ("336", "notated music"): "ntm",
    ("336", "cartographic image"): "cri", ("337", "unmediated"): "n", ("337", "computer"): "c",
    ("337", "audio"): "s", ("337", "video"): "v", ("337", "microform"): "h", ("338", "volume"): "nc",
    ("338", "online resource"): "cr", ("338", "audio disc"): "sd", ("338", "videodisc"): "vd",
    ("338", "sheet"): "nb", ("338", "microfiche"): "he", ("338", "computer disc"): "cd",
}  # fmt: skip
"""Terms of RDA in English, and their codes: a term with its scheme says as much as the code."""
_TYPES = {
    "336": ("content", "Content", "contentTypes", "rdacontent"),
    "337": ("media", "Media", "mediaTypes", "rdamedia"),
    "338": ("carrier", "Carrier", "carriers", "rdacarrier"),
}
"""By tag: the property, the class, and the vocabulary of the Library of Congress for the codes of RDA."""


def _write_description(heading: Heading, into: Projection) -> None:
    """Write 300: extent, other physical details, dimensions and accompanying material."""
    extent = " ".join(value for code, value in heading.subfields if code in "afg")
    node = part(into.identity.instance, f"extent-{hashed(heading_key(extent))}")

    def write(subfields: Subfields) -> None:
        instance, add = into.identity.instance, into.triples.append
        words = " ".join(value for code, value in subfields if code in "afg")
        if words:
            add(f"{instance} {BF}extent> {node}")
            add(f"{node} {A} {BF}Extent>")
            add(f"{node} {LABEL} {into.text(without_end_mark(words))}")
            into.triples += (f"{node} {BF}part> {into.text(value)}" for code, value in subfields if code == "3")
        for code, value in subfields:
            if code == "b":
                _write_labelled(instance, "note", "Note", without_end_punctuation(value), into)
            elif code == "c":
                add(f"{instance} {BF}dimensions> {into.text(without_end_punctuation(value))}")
            elif code == "e":
                _write_labelled(instance, "note", "Note", without_end_punctuation(value), into)

    write(heading.subfields)
    into.in_script(heading.field, write)


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
        else:
            into.omit("306", "a", "date-not-read", value)


def _write_type(heading: Heading, into: Projection) -> None:
    """Write 336–338: the term of the Library of Congress by its code, IRIs as they are, and the words as labels."""
    name, kind, vocabulary, scheme = _TYPES[heading.tag]
    subject = into.identity.work if heading.tag == "336" else into.identity.instance
    is_rda = heading.first("2").startswith(scheme)
    nodes = [f"{LOC}{vocabulary}/{code}>" for code in heading.all("b") if is_rda and _CODE.fullmatch(code)]
    nodes += filter(None, map(_iri, heading.all("01")))
    labels = heading.all("a")
    if not nodes and is_rda:
        codes = [_CODES_OF_TERMS.get((heading.tag, label.lower()), "") for label in labels]
        nodes = [f"{LOC}{vocabulary}/{code}>" for code in codes] if all(codes) else []
    terms = [] if nodes else labels or heading.all("b")
    for value in terms:
        _write_labelled(subject, name, kind, value, into)
    described = nodes or [part(subject, f"{name}-{hashed(heading_key(value))}") for value in terms]
    _write_vocabulary(heading, described, into)
    for node in dict.fromkeys(nodes):
        _write_term(subject, name, kind, node, into)
        if len(labels) == 1:
            into.triples.append(f"{node} {LABEL} {into.text(labels[0])}")
    _omit_unused(heading, nodes, labels, is_rda, into)


def _write_vocabulary(heading: Heading, nodes: list[str], into: Projection) -> None:
    """Write the vocabulary in $2 on terms that are not known by its codes, whose IRIs say it."""
    add = into.triples.append
    for value in heading.all("2"):
        source = f"{ID}concept/vocabulary/{path_segment(value.lower())}>"
        for node in nodes:
            if not node.startswith(LOC):
                add(f"{node} {BF}source> {source}")
                add(f"{source} {A} {BF}Source>")
                add(f"{source} {BF}code> {literal(value)}")
        if not nodes:
            into.omit(heading.tag, "2", "no-subfield-rule", value)


def _write_term(subject: str, name: str, kind: str, node: str, into: Projection) -> None:
    into.triples.append(f"{subject} {BF}{name}> {node}")
    into.triples.append(f"{node} {A} {BF}{kind}>")


def _omit_unused(heading: Heading, nodes: list[str], labels: list[str], is_rda: bool, into: Projection) -> None:
    """Note which subfields of 336–338 reached no statement."""
    codes = [value for value in heading.all("b") if is_rda and _CODE.fullmatch(value)]
    unused = {
        "a": labels if nodes and len(labels) > 1 else [],
        "b": [value for value in heading.all("b") if value not in codes] if nodes or labels else [],
    }
    for code, values in unused.items():
        for value in values:
            into.omit(heading.tag, code, "no-subfield-rule", value)
    for code in "01":
        for value in heading.all(code):
            if not _iri(value):
                into.omit(heading.tag, code, "iri", value)


def _iri(value: str) -> str:
    return address(value.removeprefix("(uri)"))


_CONTROL = {"8": "control", "7": "processing"}
_TERMS = {"8": "control", "7": "processing", "3": "no-subfield-rule", "6": "control"}
RULES = (
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
