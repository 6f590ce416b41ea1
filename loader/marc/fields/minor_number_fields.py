"""Numbers that few records have (013–038, 074, 088, and 014), each in a class of its own where there is one.

https://www.loc.gov/marc/bibliographic/bd01x09x.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from loader.marc.fields.control_fields import agency
from loader.marc.fields.described_parts import NOTE, digest, write_part, write_source
from loader.marc.fields.field_rule import FieldRule, Heading, omit_all
from loader.marc.fields.library_items import library_item
from loader.marc.fields.number_fields import write_number
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, LABEL, LOC, VALUE, A
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark, without_parentheses
from loader.marc.values.literals import literal
from loader.marc.values.standard_numbers import read_issn


class MinorNumber(NamedTuple):
    """What the subfields of a field with a number mean."""

    kind: str
    """The class of the number."""
    assigner: str = ""
    """The subfield with the name of who gave it."""
    qualifiers: str = ""
    source: str = ""
    """What kind of number it is, where its class does not say it."""
    date: str = ""


LINKAGE: Final = "linkage number"
"""What says that a number joins a record to one of another system (014)."""
NUMBERS: Final = {
    "013": MinorNumber("Identifier", qualifiers="bcef", source="patent", date="d"),
    "017": MinorNumber("CopyrightNumber", assigner="b", qualifiers="i", date="d"),
    "018": MinorNumber("Identifier", source="copyright article-fee code"),
    "025": MinorNumber("LcOverseasAcq"),
    "032": MinorNumber("PostalRegistration", assigner="b"),
    "036": MinorNumber("StudyNumber", assigner="b"),
    "074": MinorNumber("Identifier", source="GPO item number"),
    "088": MinorNumber("ReportNumber"),
}


def _write_numbers(heading: Heading, into: Projection) -> None:
    """Write each number ($a), and cancelled ones ($z), with what the field says of them."""
    number = NUMBERS[heading.tag]
    values = [each for each in heading.subfields if each[0] in "az"]
    if not values:
        omit_all(heading, "no-words", into)
    for code, value in values:
        status = "cancinv" if code == "z" else ""
        node = write_number(into.identity.instance, number.kind, without_end_mark(value), status, into)
        _qualify(node, number, heading, into)


def _qualify(node: str, number: MinorNumber, heading: Heading, into: Projection) -> None:
    add = into.triples.append
    if number.source:
        write_source(node, number.source, into)
    for code, value in heading.subfields:
        if code == number.assigner:
            write_named_assigner(node, value, into)
        elif number.qualifiers and code in number.qualifiers:
            add(f"{node} {BF}qualifier> {literal(without_end_mark(value))}")
        elif code == number.date:
            add(f"{node} {BF}date> {literal(value)}")
        elif code == "2":
            write_source(node, value, into)


def write_named_assigner(node: str, name: str, into: Projection) -> None:
    """Write who gave a number, by a name that is not the heading of an authority file."""
    name = without_end_mark(name)
    agent = into.scoped("agent", hashed("provision", heading_key(name)))
    into.triples += (f"{node} {BF}assigner> {agent}", f"{agent} {A} {BF}Agent>", f"{agent} {LABEL} {literal(name)}")


def _write_cluster_issn(heading: Heading, into: Projection) -> None:
    """Write 023: the ISSN of a cluster, which is one of works: ISSN-L (0) or ISSN-H (1)."""
    kind = "IssnL" if heading.ind1 == "0" else "Identifier"
    for code, value in heading.subfields:
        if code in "ayz":
            number = read_issn(value)
            status = {"y": "incorrect", "z": "cancinv"}.get(code, "") or ("" if number.is_valid else "cancinv")
            node = write_number(into.identity.work, kind, number.number, status, into)
            if kind == "Identifier":
                write_source(node, "issn-h", into)


def _write_fingerprint(heading: Heading, into: Projection) -> None:
    """Write 026: the groups of characters of a fingerprint as one number, or the unparsed one ($e)."""
    codes = "e" if heading.first("e") else "abcd"
    text = " ".join(heading.all(codes))
    if not text:
        omit_all(heading, "no-words", into)
        return
    node = write_number(_subject(heading, into), "Fingerprint", text, "", into)
    for value in heading.all("2"):
        write_source(node, value, into)
    _omit_groups(codes, heading, into)


def _omit_groups(codes: str, heading: Heading, into: Projection) -> None:
    for code, value in heading.subfields:
        if code in "abcd" and code not in codes:
            into.omit("026", code, "no-subfield-rule", value)


def _subject(heading: Heading, into: Projection) -> str:
    """Return what a field is about: the item of the library that $5 names, or the instance."""
    holder = heading.first("5")
    return library_item(holder, into) if holder else into.identity.instance


def _write_acquisition_source(heading: Heading, into: Projection) -> None:
    """Write 037: from whom something can be had, under which number and on which terms."""
    texts = [f"{code}{value}" for code, value in heading.subfields if code in _OF_SOURCE]
    if not texts:
        omit_all(heading, "no-words", into)
        return
    subject = _subject(heading, into)
    node = part(subject, f"acquisition-{digest(*texts)}")
    into.triples += (f"{subject} {BF}acquisitionSource> {node}", f"{node} {A} {BF}AcquisitionSource>")
    for code, value in heading.subfields:
        if code in _OF_SOURCE:
            _OF_SOURCE[code](node, without_end_mark(value), into)


def _write_stock_number(node: str, text: str, into: Projection) -> None:
    write_number(node, "StockNumber", text, "", into)


def _write_source_name(node: str, text: str, into: Projection) -> None:
    into.triples.append(f"{node} {LABEL} {into.text(text)}")


def _write_terms(node: str, text: str, into: Projection) -> None:
    into.triples.append(f"{node} {BF}acquisitionTerms> {into.text(text)}")


def _write_source_note(node: str, text: str, into: Projection) -> None:
    write_part(node, NOTE, text, into)


def _write_materials(node: str, text: str, into: Projection) -> None:
    into.triples.append(f"{node} {BF}part> {into.text(text)}")


_OF_SOURCE: dict[str, Callable[[str, str, Projection], None]] = {
    "3": _write_materials,
    "a": _write_stock_number,
    "b": _write_source_name,
    "c": _write_terms,
    **dict.fromkeys("fgn", _write_source_note),
}


def _write_linkage(heading: Heading, into: Projection) -> None:
    """Write 014: the number of the same record in another system, with the code of who gave it."""
    codes = heading.all("b")
    for code, value in heading.subfields:
        if code in "az" and not codes:
            into.omit("014", code, "number-without-source", value)
        elif code in "az":
            _write_linkage_number(value, "cancinv" if code == "z" else "", without_parentheses(codes[0]), into)


def _write_linkage_number(value: str, status: str, system: str, into: Projection) -> None:
    """Write a number by which another system joins the record to its own; it may be one of the numbers in 035."""
    record = into.identity.record
    node = part(record, f"linkage-{hashed(status, system, value)}")
    add = into.triples.append
    add(f"{record} {BF}identifiedBy> {node}")
    add(f"{node} {A} {BF}Local>")
    add(f"{node} {VALUE} {literal(value)}")
    add(f"{node} {BF}qualifier> {literal(LINKAGE)}")
    add(f"{node} {BF}assigner> {agency(system, into)}")
    if status:
        add(f"{node} {BF}status> {LOC}mstatus/{status}>")


def _write_licensor(heading: Heading, into: Projection) -> None:
    """Write 038: who licenses the content of the record."""
    for value in heading.all("a"):
        node = part(into.identity.record, f"licence-{digest(value)}")
        into.triples += (
            f"{into.identity.record} {BF}usageAndAccessPolicy> {node}",
            f"{node} {A} {BF}UsePolicy>",
            f"{node} {BF}assigner> {agency(value, into)}",
        )


_CONTROL: Final = {"6": "control", "8": "control"}


def _rule(
    tag: str, name: str, definition: str, write: Callable[[Heading, Projection], None] = _write_numbers
) -> FieldRule:
    return FieldRule(tag, name, definition, write, _CONTROL)


RULES: tuple[FieldRule, ...] = (
    _rule("013", "Patent Control Information", "R 6 8* a b c d* e* f*"),
    _rule("017", "Copyright or Legal Deposit Number", "R 2 6 8* a* b d i z*"),
    _rule("018", "Copyright Article-Fee Code", "NR 6 8* a"),
    FieldRule(
        "023",
        "Cluster ISSN",
        "R 0 1* 2 6 8* a y* z*",
        _write_cluster_issn,
        {**dict.fromkeys("012", "no-subfield-rule"), **_CONTROL},
    ),
    _rule("025", "Overseas Acquisition Number", "R 8* a*"),
    _rule("026", "Fingerprint Identifier", "R 2 5* 6 8* a b c d* e", _write_fingerprint),
    _rule("032", "Postal Registration Number", "R 6 8* a b"),
    _rule("036", "Original Study Number for Computer Data Files", "R 6 8* a b"),
    _rule("037", "Source of Acquisition", "R 3 5* 6 8* a b c* f* g* n*", _write_acquisition_source),
    _rule("038", "Record Content Licensor", "NR 6 8* a", _write_licensor),
    _rule("074", "GPO Item Number", "R 8* a z*"),
    _rule("088", "Report Number", "R 6 8* a z*"),
)
HOLDINGS_RULES: tuple[FieldRule, ...] = (FieldRule("014", "Linkage Number", "R 6 8* a b z*", _write_linkage, _CONTROL),)
"""Of fields that MARC 21 defines for holdings, and catalogues have in bibliographic records too.

https://www.loc.gov/marc/holdings/hd014.html
"""
