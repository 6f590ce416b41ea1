"""Numbers of records and of what they describe (010–037): valid ones identify, others are marked and never a key.

https://www.loc.gov/marc/bibliographic/bd01x09x.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from loader.marc.fields.control_fields import agency
from loader.marc.fields.field_rule import Heading
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, ID, LABEL, LOC, SAME_AS, VALUE, A
from loader.marc.identity.linked_records import read_record_number
from loader.marc.values.heading_keys import hashed
from loader.marc.values.isbd import without_end_mark, without_end_punctuation, without_parentheses
from loader.marc.values.literals import address, literal, path_segment
from loader.marc.values.standard_numbers import (
    StandardNumber,
    read_doi,
    read_handle,
    read_isbns,
    read_ismn,
    read_issn,
    read_lccn,
    read_norwegian_urn,
)

OCLC_NUMBER: Final = re.compile(r"^(?:ocm|ocn|on)?0*(\d+)\s*$", re.IGNORECASE)
_STATUS: Final = {"z": "cancinv", "y": "incorrect", "m": "cancinv"}
ISSN_CENTER: Final = "issn-"
"""What stands before the code of an ISSN centre, which is none of MARC."""
KINDS: Final = {"0": "Isrc", "1": "Upc", "2": "Ismn", "3": "Ean", "4": "Sici"}
SCHEMES: Final = {
    "doi": "Doi",
    "urn": "Urn",
    "hdl": "Hdl",
    "isni": "Isni",
    "ismn": "Ismn",
    "isrc": "Isrc",
    "istc": "Istc",
    "iswc": "Iswc",
    "isan": "Isan",
    "eidr": "Eidr",
    "gtin-14": "Gtin14Number",
    "nbn": "Nbn",
    "fingerprint": "Fingerprint",
}
PUBLISHER_KINDS: Final = {
    "0": "AudioIssueNumber",
    "1": "MatrixNumber",
    "2": "MusicPlate",
    "3": "MusicPublisherNumber",
    "4": "VideoRecordingNumber",
    "6": "MusicDistributorNumber",
}


def write_number(subject: str, kind: str, number: str, status: str, into: Projection) -> str:
    """Write an identifier of a thing and return its node; `status` is empty for a valid one."""
    node = part(subject, f"number-{hashed(kind, status, number)}")
    add = into.triples.append
    add(f"{subject} {BF}identifiedBy> {node}")
    add(f"{node} {A} {BF}{kind}>")
    add(f"{node} {VALUE} {literal(number)}")
    if status:
        add(f"{node} {BF}status> {LOC}mstatus/{status}>")
    return node


def _qualify(node: str, heading: Heading, qualifiers: tuple[str, ...], into: Projection) -> None:
    """Write qualifiers and terms of availability beside a number."""
    for text in dict.fromkeys([*qualifiers, *(without_parentheses(without_end_mark(q)) for q in heading.all("q"))]):
        if text:
            into.triples.append(f"{node} {BF}qualifier> {literal(text)}")
    for text in heading.all("c"):
        into.triples.append(f"{node} {BF}acquisitionTerms> {literal(text)}")


def write_lccn(heading: Heading, into: Projection) -> None:
    """Write the numbers of the field."""
    for code, value in heading.subfields:
        number = read_lccn(value)
        if code != "b":
            status = "" if number.is_valid and code == "a" else "cancinv"
            write_number(into.identity.instance, "Lccn", number.number, status, into)


def write_isbn(heading: Heading, into: Projection) -> None:
    """Write 020: ISBNs as ISBN-13, with the number as written where it differs."""
    nodes = []
    for code, value in heading.subfields:
        if code not in "az":
            continue
        isbns = read_isbns(value)
        if len(isbns.numbers) > 1:
            into.doubt("020", code, "two-numbers", value)
        if not isbns.numbers:
            into.omit("020", code, "invalid-number", value)
        for number in isbns.numbers:
            nodes.append(_isbn_node(code, number, value, into))
            _qualify(nodes[-1], heading, isbns.qualifiers, into)
    if not nodes:
        _write_terms(heading, into)


def _isbn_node(code: str, number: StandardNumber, value: str, into: Projection) -> str:
    if not number.is_valid and code == "a":
        into.doubt("020", code, "invalid-number", value)
    node = write_number(into.identity.instance, "Isbn", number.number, _status(code, number), into)
    write_written(node, number, into)
    return node


def write_written(node: str, number: StandardNumber, into: Projection) -> None:
    """Write beside a number in its one form how a record has it, where that is another one."""
    if number.written and number.written != number.number:
        note = f"{node[:-1]}-written>"
        into.triples.append(f"{node} {BF}note> {note}")
        into.triples.append(f"{note} {A} {BF}Note>")
        into.triples.append(f"{note} {VALUE} {literal(number.written)}")


def _write_terms(heading: Heading, into: Projection) -> None:
    """Write the terms of availability of a field without a number, of the instance or of what is qualified ($q)."""
    subject, add = into.identity.instance, into.triples.append
    qualifiers = list(filter(None, (without_parentheses(without_end_mark(text)) for text in heading.all("q"))))
    if qualifiers:
        node = part(subject, f"acquisition-{hashed(*qualifiers, '', *heading.all('c'))}")
        add(f"{subject} {BF}acquisitionSource> {node}")
        add(f"{node} {A} {BF}AcquisitionSource>")
        for text in qualifiers:
            add(f"{node} {BF}qualifier> {literal(text)}")
        subject = node
    for text in heading.all("c"):
        add(f"{subject} {BF}acquisitionTerms> {literal(text)}")


def _status(code: str, number: StandardNumber) -> str:
    return _STATUS.get(code, "") or ("" if number.is_valid else "cancinv")


def write_issn(heading: Heading, into: Projection) -> None:
    """Write 022: the ISSN of this form on the instance, the linking one on the work."""
    for code, value in heading.subfields:
        if code not in "almyz":
            continue
        number = read_issn(without_end_punctuation(value))
        if not number.is_valid:
            into.doubt("022", code, "invalid-number", value)
        _write_issn_node(code, number, heading.first("2"), into)


def _write_issn_node(code: str, number: StandardNumber, center: str, into: Projection) -> None:
    is_linking = code in "lm"
    subject = into.identity.work if is_linking else into.identity.instance
    node = write_number(subject, "IssnL" if is_linking else "Issn", number.number, _status(code, number), into)
    if code in "al" and number.is_valid:
        name = "ISSN-L" if is_linking else "ISSN"
        into.triples.append(f"{node} {SAME_AS} <https://portal.issn.org/resource/{name}/{number.number}>")
    if code == "a" and center:
        into.triples.append(f"{node} {BF}assigner> {agency(ISSN_CENTER + center, into)}")


def write_other_standard(heading: Heading, into: Projection) -> None:
    """Write 024 by its first indicator, or by $2 where that is 7."""
    scheme = heading.first("2").lower()
    kind = KINDS.get(heading.ind1, "Identifier") if heading.ind1 != "7" else SCHEMES.get(scheme, "Identifier")
    if not heading.all("az"):
        for code, value in heading.subfields:
            into.omit("024", code, "no-number", value)
    elif heading.ind1 == "7" and not scheme:
        into.doubt("024", "a", "no-source", heading.first("a"))
    for code, value in heading.subfields:
        if code in "az":
            _write_standard(heading, code, kind, value, into)


def _write_standard(heading: Heading, code: str, kind: str, value: str, into: Projection) -> None:
    kind, number, link = _standard(kind, without_end_mark(value))
    node = write_number(into.identity.instance, kind, number.number, _status(code, number), into)
    if not number.is_valid:
        into.doubt("024", code, "invalid-number", value)
    if link and code == "a" and number.is_valid:
        into.triples.append(f"{node} {SAME_AS} {link}")
    if heading.ind1 == "7" and kind == "Identifier" and (scheme := heading.first("2")):
        source = f"{ID}concept/number-scheme/{path_segment(scheme.lower())}>"
        into.triples.append(f"{node} {BF}source> {source}")
        into.triples.append(f"{source} {A} {BF}Source>")
        into.triples.append(f"{source} {BF}code> {literal(scheme)}")
    _qualify(node, heading, (), into)


def _standard(kind: str, value: str) -> tuple[str, StandardNumber, str]:
    """Return the kind, the number in its one form, and its IRI; an EAN may be an ISBN or an ISMN."""
    if urn := read_norwegian_urn(value):
        return "Urn", StandardNumber(urn, True), address(f"https://urn.nb.no/{urn}")
    compact = re.sub(r"[\s-]", "", value)
    if kind == "Ean" and re.fullmatch(r"97[89]\d{10}", compact):
        if compact.startswith("9790"):
            return "Ismn", read_ismn(compact), ""
        isbns = read_isbns(compact).numbers
        return ("Isbn", isbns[0], "") if isbns else (kind, StandardNumber(value, True), "")
    readers: dict[str, tuple[Callable[[str], StandardNumber], str]] = {
        "Ismn": (read_ismn, ""),
        "Doi": (read_doi, "https://doi.org/"),
        "Hdl": (read_handle, "https://hdl.handle.net/"),
    }
    if kind in readers:
        reader, resolver = readers[kind]
        number = reader(value)
        return kind, number, address(resolver + number.number) if resolver and number.is_valid else ""
    return kind, StandardNumber(value, True), ""


def write_publisher_number(heading: Heading, into: Projection) -> None:
    """Write the numbers of the field."""
    kind = PUBLISHER_KINDS.get(heading.ind1, "PublisherNumber")
    for value in heading.all("a"):
        node = write_number(into.identity.instance, kind, without_end_mark(value), "", into)
        for source in heading.all("b"):
            agent = into.scoped("agent", hashed("provision", source.casefold()))
            into.triples.append(f"{node} {BF}assigner> {agent}")
            into.triples.append(f"{agent} {A} {BF}Agent>")
            into.triples.append(f"{agent} {LABEL} {literal(source)}")
        _qualify(node, heading, (), into)


def write_system_number(heading: Heading, into: Projection) -> None:
    """Write 035: a number with the code of its system on the record, an OCLC number in one form."""
    for code, value in heading.subfields:
        system, number = read_record_number(value, into.profile.systems)
        if not system:
            into.omit("035", code, "number-without-source", value)
            continue
        oclc = OCLC_NUMBER.match(number) if system.lower() == "ocolc" else None
        kind, number = ("OclcNumber", oclc[1]) if oclc else ("Local", number)
        node = write_number(into.identity.record, kind, number, _STATUS.get(code, ""), into)
        into.triples.append(f"{node} {BF}assigner> {agency(system, into)}")
