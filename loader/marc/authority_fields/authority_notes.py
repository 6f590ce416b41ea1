"""Notes of authority records (260, 360, 64X, 66X–68X, 788), sources (670, 675), and electronic locations (856).

Notes about the thing are its own; those for cataloguers are of the record.
https://www.loc.gov/marc/authority/ad66768x.html
"""

from __future__ import annotations

from loader.marc.fields.field_rule import Heading
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import LABEL, MADS, SKOS, A
from loader.marc.values.heading_keys import hashed
from loader.marc.values.literals import address, literal
from loader.namespaces import RDFS

_SEE_ALSO = f"<{RDFS.seeAlso}>"
_OF_THING = {
    **dict.fromkeys(("260", "360", "640", "641", "643", "663", "664", "666", "672", "678", "680", "788"), "note"),
    "665": "historyNote",
    "677": "definition",
    "681": "example",
    "688": "historyNote",
}
_OF_RECORD = {"667": "editorialNote", "673": "editorialNote"}
"""The kinds of notes, by tag; both have the names of SKOS."""
_JOINED = "abdfitvz"


def write_note(heading: Heading, into: Projection) -> None:
    """Write a note as one text, and the addresses that it has."""
    text = " ".join(value for code, value in heading.subfields if code in _JOINED)
    is_of_record = heading.tag in _OF_RECORD
    node = into.identity.record if is_of_record else into.identity.instance
    name = (_OF_RECORD if is_of_record else _OF_THING)[heading.tag]
    if text:
        into.triples.append(f"{node} {SKOS}{name}> {into.text(text)}")
    _write_addresses(heading, node, into)


def _write_addresses(heading: Heading, node: str, into: Projection) -> None:
    for value in heading.all("u"):
        if iri := address(value):
            into.triples.append(f"{node} {_SEE_ALSO} {iri}")
        else:
            into.omit(heading.tag, "u", "iri", value)


def write_source_found(heading: Heading, into: Projection) -> None:
    """Write 670: a source, and what was found in it."""
    _write_source(heading, heading.first("a"), "found", into)


def write_sources_not_found(heading: Heading, into: Projection) -> None:
    """Write 675: sources in which nothing was found."""
    for value in heading.all("a"):
        _write_source(heading, value, "not found", into)


def _write_source(heading: Heading, citation: str, status: str, into: Projection) -> None:
    subject, add = into.identity.instance, into.triples.append
    note, links = heading.first("b"), heading.all("u")
    node = part(subject, f"source-{hashed(status, citation, note, *links)}")
    add(f"{subject} {MADS}hasSource> {node}")
    add(f"{node} {A} {MADS}Source>")
    add(f"{node} {MADS}citationStatus> {literal(status)}")
    if citation:
        add(f"{node} {MADS}citationSource> {into.text(citation)}")
        add(f"{node} {LABEL} {into.text(citation)}")
    if note:
        add(f"{node} {MADS}citationNote> {into.text(note)}")
    _write_addresses(heading, node, into)


def write_location(heading: Heading, into: Projection) -> None:
    """Write 856: where there is more about the subject, with the words of the link."""
    words = [value for code, value in heading.subfields if code in "3yz"]
    for value in heading.all("u"):
        iri = address(value)
        if not iri:
            into.omit("856", "u", "iri", value)
            continue
        into.triples.append(f"{into.identity.instance} {_SEE_ALSO} {iri}")
        into.triples += [f"{iri} {LABEL} {into.text(word)}" for word in words]
