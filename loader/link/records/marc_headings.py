"""The headings of a bibliographic MARC record that may be linked, and the subfields that a link becomes."""

from __future__ import annotations

from collections.abc import Iterator

from loader.link.records.heading import RecordHeading
from loader.link.records.heading_kinds import HeadingKind, number_codes
from loader.link.records.heading_properties import scheme_properties
from loader.link.records.link_job import LinkJob
from loader.marc.fields.name_headings import NAME_CODES, read_name
from loader.marc.fields.title_nodes import title_label
from loader.marc.identity.record_keys import record_key
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_punctuation
from nbkg.identifiers.identifier_reading import read_identifiers
from nbkg.records.record import MarcField, MarcRecord

_BIBLIOGRAPHIC = "bibliographic"


def marc_headings(record: MarcRecord, job: LinkJob) -> Iterator[RecordHeading]:
    """Yield the headings of a record in the order of its fields; none of a record that is not bibliographic."""
    if record.kind != _BIBLIOGRAPHIC:
        return
    key = record_key(record)
    for position, field in enumerate(record.fields):
        if _is_sought(field, job.kind):
            yield _heading(field, position, key, job)


def link_subfields(field: MarcField, iri: str) -> list[tuple[str, str]]:
    """Return the subfields that a field lacks: $0 with the number of an authority file, and $1 with the IRI.

    A $0 that is there stays the only one, whatever it says (https://www.loc.gov/marc/bibliographic/ecbdcntf.html).
    """
    number = "" if field.values("0") else _coded_number(iri)
    return [*([("0", number)] if number else []), ("1", iri)]


def _is_sought(field: MarcField, kind: HeadingKind) -> bool:
    return field.tag in kind.tags and bool(field.subfields) and not field.values(kind.other_codes)


def _heading(field: MarcField, position: int, record: str, job: LinkJob) -> RecordHeading:
    """Return the heading of a field: the same one in all records of the catalogue, as a cataloguer means it."""
    name = _name(field)
    identifiers = tuple(text for text in field.values("0") if text.strip())
    key = f"{job.source}/heading/{field.tag[1:]}-{hashed(heading_key(name or '|'.join(identifiers)))}"
    is_linked = any(value.strip() for value in field.values("1"))
    properties = scheme_properties(job.scheme)
    return RecordHeading(key, name, identifiers, properties, is_linked, position, f"{job.source}/{record}")


def _name(field: MarcField) -> str:
    """Return the name of a heading as the data has it."""
    subfields = [*field.subfields]
    if field.tag[1:] in NAME_CODES:
        return read_name(field.tag, field.ind1, subfields).label
    if field.tag[1:] == "30":
        return title_label(subfields)
    return " ".join(map(without_end_punctuation, field.values("a"))).strip()


def _coded_number(iri: str) -> str:
    """Return the number of an authority file by which an entity is known, with its code: `(NO-TrBIB)90052340`."""
    codes = number_codes()
    for reading in read_identifiers(iri.rstrip("/").rpartition("/")[2]):
        if reading.is_certain and reading.scheme in codes:
            return f"({codes[reading.scheme]}){reading.number}"
    return ""
