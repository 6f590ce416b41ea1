"""The RDF formats: one table of names, media types, file suffixes, and what reads and writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from nbkg.errors import UsageError
from nbkg.rdf.compression import SUFFIXES, uncompressed_name
from nbkg.rdf.vocabulary import FORMATS


@dataclass(frozen=True)
class RdfFormat:
    """One RDF format."""

    suffix: str
    """The suffix of its files, without a dot."""
    name: str
    """Its local name at http://www.w3.org/ns/formats/."""
    media_type: str
    syntax: ox.RdfFormat
    """The engine's name of it."""

    @property
    def iri(self) -> str:
        """Return the IRI by which VoID and SPARQL service descriptions name it."""
        return FORMATS + self.name

    @property
    def has_graphs(self) -> bool:
        """Return whether a document in this format may hold several graphs."""
        return self.syntax.supports_datasets


N_QUADS = RdfFormat("nq", "N-Quads", "application/n-quads", ox.RdfFormat.N_QUADS)
N_TRIPLES = RdfFormat("nt", "N-Triples", "application/n-triples", ox.RdfFormat.N_TRIPLES)
TURTLE = RdfFormat("ttl", "Turtle", "text/turtle", ox.RdfFormat.TURTLE)
TRIG = RdfFormat("trig", "TriG", "application/trig", ox.RdfFormat.TRIG)
JSON_LD = RdfFormat("jsonld", "JSON-LD", "application/ld+json", ox.RdfFormat.JSON_LD)
RDF_XML = RdfFormat("rdf", "RDF_XML", "application/rdf+xml", ox.RdfFormat.RDF_XML)
N3 = RdfFormat("n3", "N3", "text/n3", ox.RdfFormat.N3)

FILE_FORMATS = (N_QUADS, N_TRIPLES, TURTLE, TRIG, JSON_LD, RDF_XML)
"""The formats of files that are read and written, in the order in which a release is written."""
BY_SUFFIX: Mapping[str, RdfFormat] = {f".{form.suffix}": form for form in FILE_FORMATS}
"""The formats of files by suffix, with its dot."""
_READ_SUFFIXES: Mapping[str, RdfFormat] = {
    **BY_SUFFIX,
    ".json": JSON_LD,
    ".n3": N3,
    ".nquads": N_QUADS,
    ".ntriples": N_TRIPLES,
    ".owl": RDF_XML,
    ".rdfs": RDF_XML,
    ".turtle": TURTLE,
    ".xml": RDF_XML,
}
"""The same with suffixes that others use."""


def is_rdf_file(file: Path) -> bool:
    """Return whether the suffix of a file, compressed or not, is that of a format."""
    return uncompressed_name(file).suffix.lower() in _READ_SUFFIXES


def find_format(file: Path) -> RdfFormat:
    """Return the format of a file, compressed or not, by its suffix.

    Raises UsageError where there is no such file, or where its suffix is unknown.
    """
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    if not is_rdf_file(file):
        known, packed = " ".join(sorted(_READ_SUFFIXES)), " ".join(SUFFIXES)
        raise UsageError(f"{file}: unknown kind of file; expected one of {known}, alone or with one of {packed}")
    return _READ_SUFFIXES[uncompressed_name(file).suffix.lower()]
