"""Titles as nodes: bf:Title with its parts, and the labels and keys of works that are made of titles."""

from __future__ import annotations

import re
from typing import Final

from loader.marc.fields.field_rule import Heading
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.terms import BF, LABEL, A
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark, without_end_punctuation, without_parentheses
from loader.marc.values.literals import literal

KEY_CODES: Final = "atnpk"
"""The subfields that tell one work from another of the same author."""
_PROPERTIES: Final = {"a": "mainTitle", "t": "mainTitle", "n": "partNumber", "p": "partName"}
_QUALIFIED: Final = frozenset({"130", "630", "730"})
_LABEL_CODES: Final = "atnpkflmors"
_PART: Final = re.compile(r"(?<=[^.])\s*$")


def title_parts(subfields: Subfields, codes: str) -> list[tuple[str, str]]:
    """Return the parts of a title without the punctuation that leads from one to the next."""
    return [(code, without_end_punctuation(value)) for code, value in subfields if code in codes]


def title_key(subfields: Subfields) -> str:
    """Return the normal form of the title of a work."""
    return heading_key(" ".join(value for code, value in subfields if code in KEY_CODES))


def title_label(subfields: Subfields, codes: str = _LABEL_CODES) -> str:
    """Return a title as one text: `Samlede dramaer. Bind 1, Ungdomsarbeider`."""
    label, before = "", ""
    for code, value in title_parts(subfields, codes):
        mark = "" if not label else ", " if code == "p" and before == "n" else " : " if code == "b" else ". "
        label, before = f"{label}{mark}{value}", code
    return label


def qualifiers(subfields: Subfields) -> list[str]:
    """Return what tells a work that has no author from others of its title: `film`, or the date of a treaty."""
    return [without_parentheses(without_end_punctuation(value)) for code, value in subfields if code in "dg"]


def write_title(node: str, title: str, kind: str, subfields: Subfields, into: Projection) -> None:
    """Write a title node with its parts, in the language that the projection is in."""
    add = into.triples.append
    add(f"{node} {BF}title> {title}")
    add(f"{title} {A} {BF}{kind}>")
    for code, value in title_parts(subfields, "atbnp"):
        if code == "b":
            add(f"{title} {BF}subtitle> {into.text(without_end_mark(value))}")
        else:
            add(f"{title} {BF}{_PROPERTIES[code]}> {into.text(value)}")


def write_hub_title(hub: str, heading: Heading, subfields: Subfields, into: Projection) -> None:
    """Write the title and the label of a hub; its parts for a form, key or arrangement are in the label."""
    label = title_label(subfields, "atnpk")
    title = part(hub, f"title-{hashed(heading_key(label))}")
    write_title(hub, title, "Title", subfields, into)
    if heading.tag in _QUALIFIED and (words := qualifiers(heading.subfields)):
        label = f"{label} ({', '.join(words)})"
        into.triples += [f"{title} {BF}qualifier> {into.text(word)}" for word in words]
    into.triples.append(f"{hub} {LABEL} {literal(label)}{into.language}")
    if (linked := into.linked.get(id(heading.field))) is not None:
        into.language = f"@{linked.language}"
        write_title(hub, title, "Title", [each for each in linked.subfields if each[0] in "atnpk"], into)
        into.language = ""
