"""Parts of a description that have a class and words: notes, policies, summaries, with their link, source and scope."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final, NamedTuple

from loader.marc.fields.field_rule import Heading
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.terms import BF, ID, LABEL, A
from loader.marc.values.isbd import without_end_mark
from loader.marc.values.literals import address, literal, path_segment

_URN: Final = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:[^\s<>\"{}|\\^`\[\]]+", re.IGNORECASE)
_NORWEGIAN_URN: Final = "urn:nbn:no"


class PartKind(NamedTuple):
    """How a part of a description is joined to what it describes, and what it is."""

    relation: str
    """A property of BIBFRAME."""
    kind: str
    """A class of BIBFRAME."""


NOTE = PartKind("note", "Note")


def digest(*texts: str) -> str:
    """Return twenty hexadecimal digits that stand for texts in an IRI, which may be long and are not remembered."""
    return blake2b("\x1f".join(texts).encode(), digest_size=10).hexdigest()


def web_address(text: str) -> str:
    """Return an address or a URN as an IRI in N-Triples, a Norwegian URN:NBN as its address; empty for what is none."""
    iri = address(text)
    if iri or not _URN.fullmatch(urn := text.strip(" <>")):
        return iri
    return address(f"https://urn.nb.no/{urn}") if urn.lower().startswith(_NORWEGIAN_URN) else f"<{urn}>"


def write_part(subject: str, part_kind: PartKind, text: str, into: Projection) -> str:
    """Write a part of a description with its words, and return its node; the same words are one node."""
    relation, kind = part_kind
    node = part(subject, f"{kind.lower()}-{digest(text)}")
    into.triples += (
        f"{subject} {BF}{relation}> {node}",
        f"{node} {A} {BF}{kind}>",
        f"{node} {LABEL} {into.text(text)}",
    )
    return node


def write_note(subject: str, kind: str, text: str, into: Projection) -> str:
    """Write a note and return its node; `kind` is its class in the list of the Library of Congress, `=` a name of ours.

    See https://id.loc.gov/vocabulary/mnotetype.
    """
    node = part(subject, f"note-{digest(kind, text) if kind else digest(text)}")
    into.triples += (f"{subject} {BF}note> {node}", f"{node} {A} {BF}Note>", f"{node} {LABEL} {into.text(text)}")
    if kind:
        write_note_type(node, kind, into)
    return node


def write_note_type(node: str, kind: str, into: Projection) -> None:
    """Write what kind of note a node is."""
    if kind[0] == "=":
        into.triples.append(f"{node} {BF}noteType> {literal(kind[1:])}")
    else:
        into.triples.append(f"{node} {A} <http://id.loc.gov/vocabulary/mnotetype/{kind}>")


def write_scope(node: str, tag: str, subfields: Subfields, into: Projection) -> None:
    """Write the addresses ($u) of a part, its source ($2), and of what part of a resource it is about ($3)."""
    for code, value in subfields:
        if code == "u":
            write_locator(node, tag, value, into)
        elif code == "3":
            into.triples.append(f"{node} {BF}part> {into.text(without_end_mark(value))}")
        elif code == "2":
            write_source(node, value, into)


def write_locator(node: str, tag: str, value: str, into: Projection) -> None:
    """Write where a part can be read; what is no address is omitted."""
    if iri := web_address(value):
        into.triples.append(f"{node} {BF}electronicLocator> {iri}")
    else:
        into.omit(tag, "u", "iri", value)


def iris_of(heading: Heading, into: Projection) -> list[str]:
    """Return the IRIs of a term ($0, $1); what is none is omitted."""
    iris = {value: address(value.removeprefix("(uri)")) for value in heading.all("01")}
    for code, value in heading.subfields:
        if code in "01" and not iris[value]:
            into.omit(heading.tag, code, "iri", value)
    return [iri for iri in iris.values() if iri]


def write_source(node: str, code: str, into: Projection) -> None:
    """Write the source of a term or code, by its code in the lists of MARC."""
    source = f"{ID}concept/vocabulary/{path_segment(code.lower())}>"
    into.triples += (
        f"{node} {BF}source> {source}",
        f"{source} {A} {BF}Source>",
        f"{source} {BF}code> {literal(code)}",
    )


def write_named_source(node: str, name: str, into: Projection) -> None:
    """Write the source of a text by its name."""
    source = part(node, f"source-{digest(name)}")
    into.triples += (
        f"{node} {BF}source> {source}",
        f"{source} {A} {BF}Source>",
        f"{source} {LABEL} {into.text(name)}",
    )


def words_of(subfields: Subfields, codes: str, marks: dict[str, str] | None = None) -> str:
    """Return the values of subfields as one text without its end mark; `marks` stand before those of a code."""
    if len(subfields) == 1 and not marks:
        code, value = subfields[0]
        return without_end_mark(value) if code in codes else ""
    values = [marks[code] + value if marks and code in marks else value for code, value in subfields if code in codes]
    return without_end_mark(" ".join(values))
