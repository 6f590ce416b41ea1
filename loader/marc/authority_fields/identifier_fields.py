"""Numbers of what an authority record describes (010–035), and its classes (05X–08X).

A number that is valid and of a file that the profile knows is a link to that file in one form, however it was written.
https://www.loc.gov/marc/authority/ad01x09x.html
"""

from __future__ import annotations

import re

from loader.marc.authority_fields.coded_nodes import write_code
from loader.marc.authority_fields.left_fields import omit_all
from loader.marc.fields import name_headings
from loader.marc.fields.field_rule import Heading
from loader.marc.fields.number_fields import write_number
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, SKOS, A
from loader.marc.identity.authority_numbers import AuthorityNumber
from loader.marc.values.heading_keys import hashed
from loader.marc.values.literals import address, literal
from loader.marc.values.standard_numbers import read_doi, read_handle

_KINDS = {"isni": "Isni", "hdl": "Hdl", "doi": "Doi"}
_EXPLICIT = re.compile(r"^(?:https?://|\()", re.IGNORECASE)
"""A value that says itself what it identifies: an address, or a number with the code of its file."""
_RESOLVERS = {"hdl": (read_handle, "https://hdl.handle.net/"), "doi": (read_doi, "https://doi.org/")}
_PREFIX = re.compile(r"^(?:isni|orcid|viaf|gnd)[:\s]*(?=[0-9])", re.IGNORECASE)
_CLASSES = {"053": "ClassificationLcc", "083": "ClassificationDdc"}
_LAST = {"053": "b", "065": "c", "083": "c", "087": "c"}
"""The subfields in which a range of class numbers ends."""


def write_identifier(heading: Heading, into: Projection) -> None:
    """Write 024: identifiers, each as a node with its value; valid ones of known files are links too."""
    scheme = heading.first("2") if heading.ind1 == "7" else ""
    if heading.ind1 == "7" and not scheme:
        into.doubt("024", "a", "no-source", heading.first("a"))
    for code, value in heading.subfields:
        if code in "az":
            _write_one(heading, scheme, code, value, into)


def _write_one(heading: Heading, scheme: str, code: str, value: str, into: Projection) -> None:
    number = read_identifier(scheme, value, into)
    if number.fault:
        into.doubt("024", code, "invalid-number", value)
    is_valid = code == "a" and not number.fault
    name = number.scheme or scheme.lower()
    node = _write_node(name, _text(number, value), "" if is_valid else "cancinv", into)
    for qualifier in heading.all("q"):
        into.triples.append(f"{node} {BF}qualifier> {literal(qualifier.strip('() '))}")
    if is_valid and number.iri:
        _write_link(number, value, into)


def _write_node(name: str, text: str, status: str, into: Projection) -> str:
    """Write an identifier with the key of its file, and return its node."""
    node = write_number(into.identity.instance, _KINDS.get(name, "Identifier"), text, status, into)
    if name and name not in _KINDS:
        write_code(f"{node} {BF}source>", "Source", ("number-scheme", name), into)
    return node


def _write_link(number: AuthorityNumber, value: str, into: Projection) -> None:
    subject = into.identity.instance
    if into.described.is_undifferentiated or into.described.is_shared:
        into.doubt("024", "a", "undifferentiated", value)
    elif into.described.kind == "concept":
        into.triples.append(f"{subject} {SKOS}exactMatch> {number.iri}")
    else:
        name_headings.write_number(subject, number, into)


def _text(number: AuthorityNumber, value: str) -> str:
    """Return the number as its file writes it, which is how its IRI ends: `Q4115189`."""
    if number.scheme in _RESOLVERS or not (number.scheme and number.iri):
        return number.number or value
    return number.iri.rstrip(">").rpartition("/")[2]


def read_identifier(scheme: str, value: str, into: Projection) -> AuthorityNumber:
    """Return what a value of field 024 identifies, by the code of $2; the number has the one form of its file."""
    code = scheme.lower()
    if not code:
        return AuthorityNumber(number=value)
    if code in _RESOLVERS:
        return _resolved(code, value)
    if not _EXPLICIT.match(value):
        value = f"({_code_of_file(code, into)}){_PREFIX.sub('', value)}"
    number = into.numbers.read(value)
    return number if number.scheme or number.iri or number.fault else AuthorityNumber(number=number.number)


def _resolved(code: str, value: str) -> AuthorityNumber:
    """Return a handle or a DOI, which has the address of its resolver."""
    reader, resolver = _RESOLVERS[code]
    number = reader(value)
    if not number.is_valid:
        return AuthorityNumber(code, number.number, fault="invalid-number")
    return AuthorityNumber(code, number.number, address(resolver + number.number))


def _code_of_file(code: str, into: Projection) -> str:
    """Return the code of an authority file by the code of $2, which may be another: `gnd` for `DE-588`."""
    key = into.profile.schemes.get(code, code)
    if code in into.profile.numbers:
        return code
    return next(
        (other for other, rules in into.profile.numbers.items() if other and any(r.scheme == key for r in rules)), code
    )


def write_class(heading: Heading, into: Projection) -> None:
    """Write 053, 055, 065, 083–087: the number, or the range of numbers, under which the thing is classed."""
    ends = [heading.first(code) for code in ("a", _LAST.get(heading.tag, "")) if heading.first(code)]
    if not heading.first("a"):
        omit_all(heading, "no-name", into)
        return
    subject, source, portion = into.identity.instance, heading.first("2"), "-".join(ends)
    node = part(subject, f"class-{hashed(heading.tag, portion, source)}")
    add = into.triples.append
    add(f"{subject} {BF}classification> {node}")
    add(f"{node} {A} {BF}{_CLASSES.get(heading.tag, 'Classification')}>")
    add(f"{node} {BF}classificationPortion> {literal(portion)}")
    if source and heading.tag == "083":
        add(f"{node} {BF}edition> {literal(source)}")
    elif source:
        write_code(f"{node} {BF}source>", "Source", ("classification-scheme", source), into)
