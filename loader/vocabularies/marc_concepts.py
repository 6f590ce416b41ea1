"""Concepts out of MARC 21 authority records (https://www.loc.gov/marc/authority/): labels, relations, mappings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.marc_file import read_marc_stream
from loader.marc.reading.refused_records import refuse_personal_data
from loader.namespaces import RDF, SKOS
from loader.sources.source import Document
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord

_HEADING = re.compile(r"1[045][0-9]|18[0-9]")
_SEE = re.compile(r"4[045][0-9]|48[0-9]")
_SEE_ALSO = re.compile(r"5[045][0-9]|58[0-9]")
_CONTROL = "025689w"
"""Subfields of a heading that are no words."""
_RELATIONS: Mapping[str, str] = {"g": "broader", "h": "narrower"}
"""The first code of $w to the relation; all others are `related`."""
_NOTES: Mapping[str, str] = {"680": "scopeNote", "670": "note", "688": "historyNote", "678": "definition"}
_LANGUAGES: Mapping[str, str] = {"nob": "nb", "nno": "nn", "nor": "nb", "eng": "en"}


def marc_concepts(document: Document, damages: list[str]) -> Iterator[ox.Triple]:
    """Yield the statements of the concepts in a document; a damaged record is named.

    A record whose 024 has an address (second indicator blank, $2 uri) is the concept with that address; other records
    are found by their control number. The records are read into memory for their numbers: some 2 kB each.
    """
    records = list(_records(document, damages))
    iris = {number: iri for record in records if (iri := _address(record)) for number in _numbers(record)}
    for record in records:
        if iri := _address(record):
            yield from _concept(record, ox.NamedNode(iri), iris)
        else:
            damages.append(f"{document.name}: record {_numbers(record)[-1:]} has no address (024 $2 uri); left out")


def _records(document: Document, damages: list[str]) -> Iterator[MarcRecord]:
    for delivery in refuse_personal_data(read_marc_stream(document.stream, document.name)):
        if isinstance(delivery, DeliveredRecord):
            yield delivery.record
        elif isinstance(delivery, DamagedRecord):
            damages.append(f"{document.name}: byte {delivery.offset}: {delivery.reason}")


def _address(record: MarcRecord) -> str:
    fields = (field for field in record.fields if field.tag == "024" and "uri" in field.values("2"))
    return next((value for field in fields for value in field.values("a")), "")


def _numbers(record: MarcRecord) -> list[str]:
    """Return the control number as $0 of other records has it: alone, and with the code of the agency."""
    control = {field.tag: field.data for field in record.fields if field.tag in {"001", "003"}}
    number = control.get("001", "")
    return [number, f"({control.get('003', '')}){number}"]


def _concept(record: MarcRecord, node: ox.NamedNode, iris: Mapping[str, str]) -> Iterator[ox.Triple]:
    language = next((value for field in record.fields if field.tag == "040" for value in field.values("b")), "")
    tag = _LANGUAGES.get(language, language) or None
    yield ox.Triple(node, ox.NamedNode(str(RDF.type)), ox.NamedNode(str(SKOS.Concept)))
    for field in record.fields:
        yield from (ox.Triple(node, _skos(name), ox.Literal(text, language=tag)) for name, text in _texts(field))
        yield from (ox.Triple(node, _skos(name), ox.NamedNode(iri)) for name, iri in _related(field, iris))


def _texts(field: MarcField) -> Iterator[tuple[str, str]]:
    """Yield the properties and texts of a field."""
    if _HEADING.fullmatch(field.tag):
        yield "prefLabel", _heading(field)
    elif _SEE.fullmatch(field.tag):
        yield "altLabel", _heading(field)
    elif field.tag in _NOTES:
        yield _NOTES[field.tag], " ".join(field.values("ai"))
    elif field.tag in {"065", "083", "053"}:
        yield from (("notation", value) for value in field.values("a"))


def _related(field: MarcField, iris: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if _SEE_ALSO.fullmatch(field.tag):
        name = _RELATIONS.get("".join(field.values("w"))[:1], "related")
        yield from ((name, iris[number]) for number in field.values("0") if number in iris)


def _heading(field: MarcField) -> str:
    """Return the words of a heading; subdivisions stand after “ : ”, as the vocabularies of Oslo write them."""
    words = [(code, value.strip()) for code, value in field.subfields if code not in _CONTROL]
    main = " ".join(value for code, value in words if code not in "vxyz")
    return " : ".join([main, *(value for code, value in words if code in "vxyz")])


def _skos(name: str) -> ox.NamedNode:
    return ox.NamedNode(str(SKOS[name]))
