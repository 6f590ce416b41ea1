"""The formats in which records are given out. A new one is one entry in `FORMATS`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from nbkg.errors import DataError
from nbkg.records.listing.record_listing import RecordListing
from sparql_endpoint.api.oai_pmh.oai_errors import OaiPmhError
from sparql_endpoint.api.reconcile.service_manifest import service_name
from sparql_endpoint.api.record_formats.declared_format import declared_format
from sparql_endpoint.api.record_formats.graph_format import sources_in_data, write_graphs
from sparql_endpoint.api.record_formats.marcxml_format import SCHEMA, write_marcxml
from sparql_endpoint.api.record_formats.record_item import RecordItem

_LOG = logging.getLogger(__name__)
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
Page = Mapping[int, bytes]
"""Records by their numbers in the listing, each as one element in UTF-8."""


@dataclass(frozen=True)
class MetadataFormat:
    """A format: what is said of it, and how records are written in it."""

    prefix: str
    schema: str
    namespace: str
    """The namespace of the root element."""
    write_page: Callable[[Sequence[RecordItem]], Page]
    """Returns those of some records that the format can be had of."""
    required_set: str = ""
    """The set outside of which no record has the format."""
    sources: Callable[[RecordListing], frozenset[str] | None] = lambda _listing: None
    """Returns the sources whose records have the format; None for all."""


def _each(write: Callable[[RecordItem], bytes]) -> Callable[[Sequence[RecordItem]], Page]:
    """Return what writes the records of a page by themselves; one that cannot be written is logged and left out."""

    def write_page(items: Sequence[RecordItem]) -> Page:
        page = {}
        for item in items:
            try:
                page[item.listed.number] = write(item)
            except DataError as error:
                _LOG.warning("not given out: %s: %s", item.listed.name, error)
        return page

    return write_page


def _write_declared(name: str, item: RecordItem) -> bytes:
    values = {"record": item.iri, "source": item.listed.source, "provider": service_name()}
    return declared_format(name).write(item.record, values)


FORMATS: Sequence[MetadataFormat] = (
    MetadataFormat(
        "oai_dc",
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
        _each(partial(_write_declared, "oai_dc")),
    ),
    MetadataFormat("marc21", SCHEMA, "http://www.loc.gov/MARC21/slim", _each(write_marcxml)),
    MetadataFormat(
        "bibframe",
        "http://www.openarchives.org/OAI/2.0/rdf.xsd",
        _RDF,
        write_graphs,
        sources=sources_in_data,
    ),
    MetadataFormat(
        "edm",
        "http://www.europeana.eu/schemas/edm/EDM.xsd",
        _RDF,
        _each(partial(_write_declared, "edm")),
        required_set="access:digital",
    ),
)
"""The formats, in the order in which they are listed."""


def offered_formats(listing: RecordListing) -> list[MetadataFormat]:
    """Return the formats that there are records in, or may be."""
    return [each for each in FORMATS if each.sources(listing) != frozenset()]


def find_format(prefix: str, listing: RecordListing) -> MetadataFormat:
    """Return the format of a prefix. Raises OaiPmhError where there is none."""
    formats = offered_formats(listing)
    chosen = next((each for each in formats if each.prefix == prefix), None)
    if chosen is None:
        offered = ", ".join(each.prefix for each in formats)
        raise OaiPmhError("cannotDisseminateFormat", f"{prefix[:40]} is not offered; the formats are {offered}")
    return chosen
