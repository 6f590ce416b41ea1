"""The graphs that authority files and a catalogue become, without a build around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from loader.authorities.authority_kind import AuthorityRecords
from loader.marc.marc_kind import MarcRecords
from loader.sources.descriptions import read_descriptions
from loader.sources.project import ProjectData, read_project
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import MarcRecord
from tests.loader.marc.mapped import long, short

DESCRIPTION = """
<https://example.org/source/{key}> a nbkg:DataSource ; dcterms:identifier "{key}" ; dcterms:title "{key}"@nb ;
    nbkg:kind "{kind}" ; nbkg:file "{file}" ; dcterms:conformsTo <https://w3id.org/nbkg/id/marc-profile/{profile}> ;
    dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> ; dcat:contactPoint <mailto:kari@example.org> .
"""
PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
"""


@cache
def _project() -> ProjectData:
    return read_project()


class AuthorityGraphs:
    """The statements of sources that are described in a folder, by graph."""

    def __init__(self, folder: Path, sources: Sequence[tuple[str, str, Path, str]]) -> None:
        """Read sources: key, kind, file and profile of each."""
        texts = [DESCRIPTION.format(key=k, kind=kind, file=file, profile=p) for k, kind, file, p in sources]
        (folder / "sources.ttl").write_text(PREFIXES + "".join(texts), encoding="utf-8")
        described = read_descriptions([folder / "sources.ttl"])
        project = replace(_project(), described=described.graph, sources=described.sources)
        self.triples: dict[str, set[ox.Triple]] = {}
        self.warnings: list[str] = []
        for name, kind in (("authority", AuthorityRecords), ("marc", MarcRecords)):
            records = kind(project.sources_of(name), project)
            for graph in records.graphs():
                self.triples[graph.name] = {triple for record in graph.records for triple in record}
            self.warnings += records.warnings()

    def objects(self, graph: str, subject: str, predicate: str) -> list[str]:
        """Return the objects of a property, as compact IRIs and texts, in order."""
        node, name = ox.NamedNode(long(subject)), ox.NamedNode(long(predicate))
        values = {t.object for t in self.triples[graph] if t.subject == node and t.predicate == name}
        return sorted(map(short, values))

    def identifiers(self, graph: str, thing: str) -> set[str]:
        """Return the identifiers of a thing in a crosswalk, as `scheme number`."""
        nodes = self.objects(graph, thing, "http://www.w3.org/ns/adms#identifier")
        scheme = "https://w3id.org/nbkg/ns#scheme"
        return {
            " ".join(each[0].rpartition("/")[2] for each in (self.objects(graph, node, scheme), numbers))
            if "hdl" not in node
            else f"hdl {numbers[0]}"
            for node in nodes
            for numbers in [self.objects(graph, node, "skos:notation")]
        }

    def values(self, graph: str, property_end: str) -> set[str]:
        """Return the values of properties whose IRI ends in a text."""
        triples = (t for t in self.triples[graph] if t.predicate.value.endswith(property_end))
        return {t.object.value for t in triples if isinstance(t.object, ox.NamedNode | ox.Literal)}


def write_records(folder: Path, name: str, records: Sequence[MarcRecord]) -> Path:
    """Write records as a file, and return it."""
    path = folder / name
    path.write_bytes(b"".join(map(write_record, records)))
    return path
