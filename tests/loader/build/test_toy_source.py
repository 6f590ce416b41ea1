"""A source of a new kind, opened in a new way: one module, and one line in each table."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from rdflib import RDFS, Literal, URIRef

from loader.build import graph_files
from loader.build.kinds import KINDS
from loader.changes.data_versions import find_version
from loader.commands.build_command import build_graphs
from loader.errors import CuratedError
from loader.namespaces import BASE
from loader.sources.graph_stream import GraphStream, Record, to_triples
from loader.sources.openers import OPENERS, Opener, open_source
from loader.sources.project import ProjectData
from loader.sources.source import Document, Source
from loader.store.load import load
from nbkg.rdf.compression import open_decompressed
from nbkg.storage.locations import built_files

DESCRIPTION = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .

<https://example.org/toys> a nbkg:DataSource ; dcterms:identifier "toys" ; dcterms:title "Toys"@en ;
    nbkg:kind "toy" ; nbkg:opener "toy" ; dcat:accessURL <toy:3> ;
    dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .
"""
GRAPH = ox.NamedNode(f"{BASE}graph/catalogue/toys")


class Toys:
    """The kind `toy`: each line of a document is the label of something."""

    def __init__(self, sources: Sequence[Source], project: ProjectData) -> None:
        self.sources, self.project = sources, project

    def graphs(self) -> Iterator[GraphStream]:
        for source in self.sources:
            yield GraphStream(f"catalogue/{source.key}", self._records(source), source=source.iri, used=(source.iri,))

    def _records(self, source: Source) -> Iterator[Record]:
        for document in open_source(source):
            for line in document.stream.read().decode().split():
                yield to_triples([(URIRef(f"https://example.org/{line}"), RDFS.label, Literal(line))])

    def warnings(self) -> Sequence[str]:
        return []

    def summary(self) -> str:
        return f"toys from {len(self.sources)} source"

    def register(self, curated: Path) -> Path | None:
        return None if curated.is_dir() else curated


def open_toys(source: Source) -> Iterator[Document]:
    count = int(source.address.partition(":")[2])
    yield Document(source.address, io.BytesIO(" ".join(f"toy-{n}" for n in range(count)).encode()))


@pytest.fixture(autouse=True)
def lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two lines."""

    def opener() -> Opener:
        return open_toys

    monkeypatch.setitem(KINDS, "toy", lambda: Toys)
    monkeypatch.setitem(OPENERS, "toy", opener)


def _build(folder: Path, data: Path, description: str = DESCRIPTION, **env: str) -> Result:
    file = folder / "toys.ttl"
    file.write_text(description, encoding="utf-8")
    arguments = [] if env else ["--sources", str(file)]
    arguments += ["--data", str(data), "--out", str(folder / "out")]
    return CliRunner().invoke(build_graphs, arguments, env=env)


def _quads(file: Path) -> list[ox.Quad]:
    with open_decompressed(file) as stream:
        return list(ox.parse(stream, ox.RdfFormat.N_QUADS))


def test_its_graph_is_built_and_described(bare_data: Path, tmp_path: Path) -> None:
    result = _build(tmp_path, bare_data)
    assert result.exit_code == 0, result.output
    assert "toys from 1 source" in result.output
    quads = _quads(tmp_path / "out" / "nbkg.nq")
    assert len([quad for quad in quads if quad.graph_name == GRAPH]) == 3
    meta = {(quad.predicate.value, str(quad.object)) for quad in quads if quad.subject == GRAPH}
    assert ("http://purl.org/dc/terms/title", '"Toys"@en') in meta
    assert ("http://purl.org/dc/terms/license", "<http://creativecommons.org/publicdomain/zero/1.0/>") in meta
    assert ("http://rdfs.org/ns/void#triples", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>') in meta


def test_the_environment_names_descriptions_too(bare_data: Path, tmp_path: Path) -> None:
    result = _build(tmp_path, bare_data, NBKG_SOURCES=str(tmp_path / "toys.ttl"))
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "catalogue-toys.ttl").is_file()


def test_a_large_graph_is_the_same_in_sorted_compressed_lines(
    bare_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "large").mkdir()
    assert _build(tmp_path / "small", bare_data).exit_code == 0
    monkeypatch.setattr(graph_files, "LARGE", 2)
    assert _build(tmp_path / "large", bare_data).exit_code == 0
    small, large = tmp_path / "small" / "out", tmp_path / "large" / "out"
    assert not (large / "catalogue-toys.ttl").exists()
    quads = _quads(large / "catalogue-toys.nq.zst")
    assert quads == sorted(quads, key=str)
    assert set(quads) == {quad for quad in _quads(small / "nbkg.nq") if quad.graph_name == GRAPH}
    sha256 = ox.NamedNode(f"{BASE}ns#sha256")
    hashes = [
        [quad.object for quad in _quads(out / "nbkg.nq") if quad.subject == GRAPH and quad.predicate == sha256]
        for out in (small, large)
    ]
    assert hashes[0] == hashes[1]
    versions = [find_version(out, tmp_path / "scratch" / out.parent.name) for out in (small, large)]
    assert versions[0].data.canonical_hash() == versions[1].data.canonical_hash()
    assert [load(tmp_path / "store" / out.parent.name, built_files(out)).quads for out in (small, large)] == [
        len(_quads(small / "nbkg.nq"))
    ] * 2


def test_a_disabled_source_is_left_out_and_named(bare_data: Path, tmp_path: Path) -> None:
    result = _build(tmp_path, bare_data, DESCRIPTION.replace("nbkg:kind", "nbkg:enabled false ; nbkg:kind"))
    assert result.exit_code == 0, result.output
    assert "toys.ttl: <https://example.org/toys> is not enabled and was left out" in result.output
    assert not (tmp_path / "out" / "catalogue-toys.ttl").exists()


def test_a_kind_that_is_not_there(bare_data: Path, tmp_path: Path) -> None:
    result = _build(tmp_path, bare_data, DESCRIPTION.replace('nbkg:kind "toy"', 'nbkg:kind "mods"'))
    assert isinstance(result.exception, CuratedError)
    assert "toys.ttl: <https://example.org/toys>: there is no kind of source “mods”" in str(result.exception)
    assert "status_report" in str(result.exception)
    assert not (tmp_path / "out").exists()
