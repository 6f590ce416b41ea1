"""The build: the same bytes again, nothing half done, bad input told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef

from loader.build.pipeline import build
from loader.errors import CuratedError, ReportError, ValidationError
from loader.namespaces import BASE, DCAT, DCTERMS, EU, NBKG, PROV, SKOS
from loader.sources.graph_stream import GraphStream
from loader.sources.project import ProjectData, read_project
from loader.status_report.corrections import correct
from loader.status_report.report_kind import NAME, ReportSeries, StatusReports, file_source
from nbkg.errors import DataError, RdfFileError
from nbkg.rdf.canonical import canonical_graph
from nbkg.storage.atomic_replace import recover_folder, replace_folder
from nbkg.storage.locations import graphs_folder

OBSERVATION = f"{BASE}id/observation/2025-10-14/16"


def _reports(project: ProjectData) -> StatusReports:
    return StatusReports(project.sources_of(NAME), project)


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_committed_graphs_are_what_a_rebuild_makes_in_any_hash_order(
    seed: str, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """Where this fails: `nbkg build`, look at the difference, commit it."""
    command = [sys.executable, "-m", "tests.loader.build.rebuild", str(tmp_path_factory.getbasetemp()), str(tmp_path)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
    committed, again = _contents(graphs_folder()), _contents(tmp_path)
    assert sorted(committed) == sorted(again)
    assert [name for name in again if committed[name] != again[name]] == []


def test_every_report_is_its_own_graph(built_twice: tuple[Path, ReportSeries]) -> None:
    out, series = built_twice
    assert {"report-2025-10-14.ttl", "report-2026-03-02.ttl", "source-2026-03-02.ttl", "decisions.ttl"} <= set(
        os.listdir(out)
    )
    assert [str(report.issued) for report in series.reports] == ["2025-10-14", "2026-03-02"]


def test_an_older_report_is_not_touched_by_a_newer(built: Path, built_twice: tuple[Path, ReportSeries]) -> None:
    for name in ("report-2025-10-14.ttl", "source-2025-10-14.ttl"):
        assert (built / name).read_bytes() == (built_twice[0] / name).read_bytes()


def test_current_is_of_the_newest(built_twice: tuple[Path, ReportSeries]) -> None:
    graph = Graph().parse(built_twice[0] / "current.ttl")
    assert graph.value(URIRef(f"{BASE}id/measure/2020-2025/5"), NBKG.statusText) == Literal("Avsluttet", lang="nb")
    assert graph.value(URIRef(f"{BASE}id/measure/2020-2025/3"), NBKG.text) is None
    assert graph.value(URIRef(f"{BASE}id/measure/2020-2025/14"), NBKG.number) == Literal(13)


def test_no_blank_nodes_in_data_graphs(built_twice: tuple[Path, ReportSeries]) -> None:
    for file in built_twice[0].glob("*.ttl"):
        if file.stem not in {"ontology", "shapes"}:
            triples = list(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
            assert not [
                t for t in triples if isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode)
            ], file


def test_quads_hold_every_graph(built: Path) -> None:
    quads = list(ox.parse(path=str(built / "nbkg.nq"), format=ox.RdfFormat.N_QUADS))
    turtle = sum(1 for file in built.glob("*.ttl") for _ in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    assert len(quads) == turtle
    lines = (built / "nbkg.nq").read_bytes().splitlines()
    assert lines == sorted(lines)


def test_the_catalogue_tells_its_standing(built: Path) -> None:
    graph = Graph().parse(built / "meta.ttl")
    catalogue = URIRef(f"{BASE}dataset/catalogue")
    told = " ".join(str(text) for text in graph.objects(catalogue, DCTERMS.description))
    assert "ikke en offisiell publikasjon" in told
    assert "not an official publication" in told
    assert len(list(graph.objects(catalogue, DCTERMS.rights))) == 3
    assert len(list(graph.objects(catalogue, DCAT.dataset))) >= 8


def test_another_base(project: ProjectData, tmp_path: Path) -> None:
    build(project, [_reports(project)], tmp_path / "out", base="https://example.org/kg/")
    assert all(BASE.encode() not in content for content in _contents(tmp_path / "out").values())


def test_two_reports_of_one_day(project: ProjectData, report_files: list[Path], tmp_path: Path) -> None:
    twin = tmp_path / "twin.txt"
    twin.write_bytes(report_files[0].read_bytes())
    reports = StatusReports([*project.sources_of(NAME), file_source(twin)], project)
    with pytest.raises(ReportError, match="same date"):
        build(project, [reports], tmp_path / "out")


BAD_CURATED = {
    "a syntax error": ("<a> <b> .", r"extra\.ttl:1: not Turtle"),
    "no label": (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <urn:a> skos:prefLabel 'x'@de .",
        "no label in nb",
    ),
    "a label of two": (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <urn:a> skos:prefLabel 'Sikt'@nb .",
        "“Sikt” is a label of both",
    ),
    "a wrong check digit": (
        "@prefix nbkg: <https://w3id.org/nbkg/ns#> ."
        " <urn:i> a nbkg:Identifier ; <http://purl.org/dc/terms/source> <urn:s> ;"
        " <http://www.w3.org/2004/02/skos/core#notation> '976029101' ;"
        " nbkg:scheme <https://w3id.org/nbkg/id/concept/identifier-scheme/orgnr> .",
        "“976029101” is not a valid orgnr",
    ),
    "an identifier seen nowhere": (
        "@prefix nbkg: <https://w3id.org/nbkg/ns#> . <urn:i> a nbkg:Identifier .",
        "does not say where it was seen",
    ),
    "another encoding": ("<urn:a> <urn:b> 'på' .", r"extra\.ttl.*UTF-8"),
}


@pytest.mark.parametrize("kind", BAD_CURATED)
def test_bad_curated_turtle(kind: str, tmp_path: Path) -> None:
    text, message = BAD_CURATED[kind]
    folder, out = tmp_path / "curated", tmp_path / "out"
    folder.mkdir()
    for file in Path(str(files("data") / "curated")).glob("*.ttl"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "extra.ttl").write_bytes(text.encode("latin-1" if kind == "another encoding" else "utf-8"))
    out.mkdir()
    (out / "old.ttl").write_text("# the last good build\n")
    with pytest.raises((CuratedError, RdfFileError), match=message):
        build(spoiled := read_project(folder), [_reports(spoiled)], out)
    assert os.listdir(out) == ["old.ttl"]


class SpoiledReports(StatusReports):
    """Reports of which one says that a measure stands in part IX."""

    def graphs(self) -> Iterator[GraphStream]:
        for stream in super().graphs():
            spoiled = ox.Triple(ox.NamedNode(OBSERVATION), ox.NamedNode(str(NBKG.part)), ox.Literal("IX"))
            yield replace(stream, records=[*stream.records, [spoiled]]) if stream.name == "current" else stream


def test_a_violation_leaves_the_old_graphs(project: ProjectData, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "old.ttl").write_text("# the last good build\n")
    with pytest.raises(ValidationError, match=OBSERVATION):
        build(project, [SpoiledReports(project.sources_of(NAME), project)], out)
    assert os.listdir(out) == ["old.ttl"]
    assert os.listdir(tmp_path) == ["out"]


def test_a_killed_replacement_is_mended(tmp_path: Path) -> None:
    folder = tmp_path / "graphs"
    replace_folder(folder, {"a.ttl": b"old"})
    folder.rename(tmp_path / ".graphs.old")  # as if killed between the two renames
    recover_folder(folder)
    assert _contents(folder) == {"a.ttl": b"old"}
    replace_folder(folder, {"b.ttl": b"new"})
    assert _contents(folder) == {"b.ttl": b"new"}
    assert os.listdir(tmp_path) == ["graphs"]


def test_blank_nodes_are_refused() -> None:
    graph = Graph().parse(data="[] <urn:a> <urn:b> .", format="turtle")
    with pytest.raises(DataError, match="blank node"):
        canonical_graph(graph)
    assert b"_:c14n0" in canonical_graph(graph, blank_nodes=True).turtle({})


CORRECTION = """
@prefix nbkg: <{base}ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:c> a nbkg:Correction ; nbkg:corrects <{observation}> ; nbkg:onProperty nbkg:comment ; {rest} .
"""


def _corrected(rest: str) -> Graph:
    graph = Graph()
    graph.add((URIRef(OBSERVATION), NBKG.comment, Literal("I samtaler", lang="nb")))
    correct(
        graph, Graph().parse(data=CORRECTION.format(base=BASE, observation=OBSERVATION, rest=rest), format="turtle")
    )
    return graph


def test_a_correction_mends_and_is_told() -> None:
    graph = _corrected(
        'nbkg:replaces "I samtaler"@nb ; nbkg:replacement "I samtaler med KS"@nb ; rdfs:comment "cut off"@en'
    )
    assert set(graph.objects(URIRef(OBSERVATION), NBKG.comment)) == {Literal("I samtaler med KS", lang="nb")}
    assert (URIRef(OBSERVATION), PROV.wasInfluencedBy, URIRef("urn:c")) in graph


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ('nbkg:replaces "Noe annet"@nb ; rdfs:comment "why"@en', "out of date"),
        ('nbkg:replaces "I samtaler"@nb', "reason"),
        ('rdfs:comment "why"@en', "needs"),
    ],
)
def test_a_bad_correction(rest: str, message: str) -> None:
    with pytest.raises(CuratedError, match=message):
        _corrected(rest)


def test_values_of_others_that_the_catalogue_names_have_their_labels(built: Path) -> None:
    """Pages write them; the lists of the EU are not otherwise in the data."""
    graph, language = Graph().parse(built / "meta.ttl"), URIRef(f"{EU}language/NNO")
    assert set(graph.objects(language, SKOS.prefLabel)) == {
        Literal("nynorsk", lang="nb"),
        Literal("nynorsk", lang="nn"),
        Literal("Norwegian Nynorsk", lang="en"),
    }
    assert graph.value(language, SKOS.inScheme) == URIRef(f"{EU}language")
    used = {*graph.objects(), *Graph().parse(built / "curated.ttl").objects()} - {*graph.objects(None, SKOS.inScheme)}
    values = [value for value in used if isinstance(value, URIRef) and value.startswith(EU)]
    assert values
    assert not [value for value in values if graph.value(value, SKOS.prefLabel) is None]
