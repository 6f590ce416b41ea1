"""What a file's ending is in the words of catalogues.

The EU's file types: http://publications.europa.eu/resource/authority/file-type. Media types as DCAT-AP-NO 3 writes
them, which has none of text/*: Turtle and CSV have their file type only.
"""

from __future__ import annotations

from rdflib import URIRef

from loader.namespaces import EU, IANA
from nbkg.rdf.compression import MEDIA_TYPES
from nbkg.rdf.formats import BY_SUFFIX

_FILE_TYPES = {
    "csv": "CSV",
    "jsonld": "JSON_LD",
    "nq": "RDF_N_QUADS",
    "nt": "RDF_N_TRIPLES",
    "rdf": "RDF_XML",
    "trig": "RDF_TRIG",
    "ttl": "RDF_TURTLE",
}
"""Suffix to the EU's file type."""
ALWAYS = ("jsonld", "nq", "nt", "trig", "ttl")
"""Formats that every release has of every data set: they can say all that RDF can."""
COMPRESSIONS = {suffix.removeprefix("."): name for suffix, name in MEDIA_TYPES.items()}


def file_type(suffix: str) -> URIRef | None:
    """Return the EU's file type; None for a suffix that is not known here."""
    return URIRef(f"{EU}file-type/{_FILE_TYPES[suffix]}") if suffix in _FILE_TYPES else None


def media_type(suffix: str) -> URIRef | None:
    """Return the media type of the file without its compression, as DCAT-AP-NO has it."""
    form = BY_SUFFIX.get(f".{suffix}")
    return None if form is None or form.media_type.startswith("text/") else _media_type(form.media_type)


def compression(suffix: str) -> URIRef | None:
    """Return the media type of a compression."""
    return _media_type(COMPRESSIONS.get(suffix))


def feature(suffix: str) -> URIRef | None:
    """Return the format's own IRI at W3C, which VoID uses (https://www.w3.org/TR/void/#features)."""
    form = BY_SUFFIX.get(f".{suffix}")
    return URIRef(form.iri) if form else None


def _media_type(name: str | None) -> URIRef | None:
    return URIRef(f"{IANA}{name}#Resource") if name else None
