"""The crosswalk: the identifiers of an entity of an authority file, each with the record and the field that has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from rdflib import Literal, URIRef

from loader.identifiers import concept, resource
from loader.namespaces import ADMS, BASE, BF, DCTERMS, LOC, NBKG, RDF, RDFS, SKOS, XSD
from loader.sources.graph_stream import Record, to_triples
from nbkg.identifiers.identifier_reading import read_as, read_identifiers
from nbkg.identifiers.scheme import IdentifierReading
from nbkg.records.record import MarcField, MarcRecord

_CODES_OF_LINKS = "01"


class IdentifierEvidence(NamedTuple):
    """Where an identifier was seen."""

    record: str
    """The IRI of the record."""
    date: str = ""
    """When the record was changed last, as YYYY-MM-DD."""


def identifiers_of(record: MarcRecord) -> Iterator[tuple[str, IdentifierReading]]:
    """Yield the identifiers that a record gives for what it describes, each with the tag of its field.

    These are 010 $a, 024 $a with its source, and $0 and $1 of linking entries (7XX). Cancelled numbers ($z), numbers
    without a source and those that are not valid are left out.
    """
    for field in record.fields:
        for reading in _of_field(field):
            if not reading.fault:
                yield field.tag, reading


def _of_field(field: MarcField) -> Iterable[IdentifierReading]:
    if field.tag == "024" and field.ind1 == "7":
        scheme = next(iter(field.values("2")), "").strip()
        return [read_as(scheme, value) for value in field.values("a") if scheme and value.strip()]
    if field.tag == "010":
        return [read_as("lcnaf", value) for value in field.values("a")]
    if field.tag[0] == "7":
        return [each for code, value in field.subfields if code in _CODES_OF_LINKS for each in _certain(value)]
    return ()


def _certain(value: str) -> Iterable[IdentifierReading]:
    readings = [each for each in read_identifiers(value) if each.is_certain]
    return readings if len(readings) == 1 else ()


def crosswalk_record(
    entity: str, seen: Iterable[tuple[str, IdentifierReading]], evidence: IdentifierEvidence, *, is_former: bool = False
) -> Record:
    """Return the statements of identifiers of an entity; `is_former` marks those that were its own once."""
    triples = []
    for tag, reading in seen:
        node = _node(entity, reading)
        triples += [
            (URIRef(entity), ADMS.identifier, node),
            (node, RDF.type, NBKG.Identifier),
            (node, NBKG.scheme, concept("identifier-scheme", reading.scheme)),
            (node, SKOS.notation, Literal(reading.number)),
            (node, DCTERMS.source, URIRef(evidence.record)),
            (node, NBKG.fieldTag, Literal(tag)),
        ]
        if reading.iri:
            triples.append((node, RDFS.seeAlso, URIRef(reading.iri)))
        if evidence.date:
            triples.append((node, DCTERMS.date, Literal(evidence.date, datatype=XSD.date)))
        if is_former:
            triples.append((node, BF.status, URIRef(f"{LOC}mstatus/cancinv")))
    return to_triples(triples)


def _node(entity: str, reading: IdentifierReading) -> URIRef:
    key = entity.removeprefix(f"{BASE}id/")
    return resource("identifier", key, reading.scheme, quote(reading.number.replace("/", "_"), safe=":-._~"))
