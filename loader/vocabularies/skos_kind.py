"""The kind `skos`: a vocabulary of others, cleaned and checked, becomes `graph/authority/{source}`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from loader.sources.graph_stream import GraphStream, Record
from loader.sources.openers import open_source
from loader.sources.project import ProjectData
from loader.sources.source import Document, Source
from loader.vocabularies.concept_cleaning import clean_subject
from loader.vocabularies.fault_counts import FaultCounts
from loader.vocabularies.marc_concepts import marc_concepts
from loader.vocabularies.vocabulary_checks import VocabularyChecks
from nbkg.errors import RdfFileError
from nbkg.grouping import batched
from nbkg.rdf.external_sort import sort_lines
from nbkg.rdf.formats import find_format
from nbkg.rdf.rdf_file import parse_document

NAME = "skos"
_BATCH = 10_000
_HEAD = 4096


class Vocabularies:
    """Reads vocabularies in RDF or in MARC 21, of any size: their statements are sorted on disk."""

    def __init__(self, sources: Sequence[Source], project: ProjectData) -> None:  # noqa: ARG002  # as all kinds
        self._sources = sources
        self._concepts = 0
        self._warnings: list[str] = []

    def graphs(self) -> Iterator[GraphStream]:
        """Yield the graph of each source. Raises DataError for a document that does not parse."""
        for source in self._sources:
            name = f"authority/{source.key}"
            yield GraphStream(name, self._records(source), source=source.iri, used=(source.iri,))

    def warnings(self) -> Sequence[str]:
        """Return how often each fault was met, with the first concepts that have it."""
        return self._warnings

    def summary(self) -> str:
        """Return how many subjects were read."""
        number = len(self._sources)
        return f"{self._concepts:,} concepts and schemes of {number} {'vocabulary' if number == 1 else 'vocabularies'}"

    def register(self, curated: Path) -> Path | None:  # noqa: ARG002  # nothing has to be remembered
        """Return None: concepts have IRIs of their own."""
        return None

    def _records(self, source: Source) -> Iterator[Record]:
        counts, checks = FaultCounts(source.key), VocabularyChecks()
        with tempfile.TemporaryDirectory(prefix="nbkg-skos-") as folder:
            file = sort_lines(self._lines(source), Path(folder))
            with file.open("rb") as lines:
                triples = (quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES))
                for _, same in groupby(triples, key=lambda triple: triple.subject):
                    record = clean_subject(list(same), counts.add)
                    checks.add(record)
                    self._concepts += 1
                    yield record
        for fault, iri in checks.faults():
            counts.add(fault, iri)
        self._warnings += counts.lines()

    def _lines(self, source: Source) -> Iterator[bytes]:
        for document in open_source(source):
            for batch in batched(self._triples(document), _BATCH):
                yield from (ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)

    def _triples(self, document: Document) -> Iterator[ox.Triple]:
        """Yield the statements of a document: MARC records where its suffix is of no RDF format or XML without RDF."""
        syntax = _rdf_syntax(document)
        if syntax is None:
            yield from marc_concepts(document, self._warnings)
            return
        try:
            yield from (quad.triple for quad in parse_document(document.stream, syntax, rename_blank_nodes=True))
        except (SyntaxError, ValueError) as error:
            line = error.lineno if isinstance(error, SyntaxError) else None
            raise RdfFileError(f"does not parse: {error}", file=document.name, line=line) from error


def _rdf_syntax(document: Document) -> ox.RdfFormat | None:
    """Return the RDF format of a document; None for MARC records."""
    suffix = Path(document.name).suffix.lower()
    if suffix == ".xml":
        return ox.RdfFormat.RDF_XML if b"rdf:RDF" in _head(document) else None
    return None if suffix in {".mrc", ".marc"} else find_format(Path(document.name)).syntax


def _head(document: Document) -> bytes:
    head = document.stream.read(_HEAD)
    document.stream.seek(0)
    return head
