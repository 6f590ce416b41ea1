"""What a file's ending is in the words of catalogues.

The EU's file types: http://publications.europa.eu/resource/authority/file-type. Media types as DCAT-AP-NO 3 writes
them, which has none of text/*: Turtle and CSV have their file type only.
"""

from __future__ import annotations

from rdflib import URIRef

from loader.namespaces import EU, FORMATS, IANA

_TYPES = {
    "csv": ("CSV", None, None),
    "jsonld": ("JSON_LD", "application/ld+json", "JSON-LD"),
    "nq": ("RDF_N_QUADS", "application/n-quads", "N-Quads"),
    "nt": ("RDF_N_TRIPLES", "application/n-triples", "N-Triples"),
    "rdf": ("RDF_XML", "application/rdf+xml", "RDF_XML"),
    "trig": ("RDF_TRIG", "application/trig", "TriG"),
    "ttl": ("RDF_TURTLE", None, "Turtle"),
}
"""Ending to the EU's file type, media type, and name at http://www.w3.org/ns/formats/."""
ALWAYS = ("jsonld", "nq", "nt", "trig", "ttl")
"""Formats that every release has of every data set: they can say all that RDF can."""
COMPRESSIONS = {"gz": "application/gzip", "zst": "application/zstd"}


def file_type(ending: str) -> URIRef | None:
    """The EU's file type; None for an ending that is not known here."""
    return URIRef(f"{EU}file-type/{_TYPES[ending][0]}") if ending in _TYPES else None


def media_type(ending: str) -> URIRef | None:
    """The media type of the file without its compression."""
    return _media_type(_TYPES[ending][1]) if ending in _TYPES else None


def compression(ending: str) -> URIRef | None:
    """The media type of a compression."""
    return _media_type(COMPRESSIONS.get(ending))


def feature(ending: str) -> URIRef | None:
    """The format's own address at W3C, which VoID uses (https://www.w3.org/TR/void/#features)."""
    name = _TYPES[ending][2] if ending in _TYPES else None
    return URIRef(f"{FORMATS}{name}") if name else None


def _media_type(name: str | None) -> URIRef | None:
    return URIRef(f"{IANA}{name}#Resource") if name else None
