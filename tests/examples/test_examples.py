"""The example queries and their answers, which a person read from the report and the sample (expected/*.csv)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDFS, SKOS

from loader.namespaces import RDF, SCHEMA, SH
from loader.status_report.report_kind import ReportSeries
from loader.store.load import load
from nbkg.storage.served_directory import locate
from tests.shared_folders import copied_once

ROOT = Path(__file__).parent.parent.parent
TAGS = ROOT / "data" / "examples" / "tags.ttl"
FILES = sorted(set(TAGS.parent.glob("*.ttl")) - {TAGS})
EXPECTED = Path(__file__).parent / "expected"
FORMS = {
    SH.select: SH.SPARQLSelectExecutable,
    SH.ask: SH.SPARQLAskExecutable,
    SH.construct: SH.SPARQLConstructExecutable,
}


def _query(file: Path) -> str:
    graph = Graph().parse(file)
    (text,) = [str(o) for form in FORMS for o in graph.objects(None, form)]
    return text


def _answer(store: Path, query: str) -> str:
    result = ox.Store.read_only(str(locate(store).folder)).query(query)
    if isinstance(result, ox.QueryBoolean):
        return f"{str(bool(result)).lower()}\n"
    if isinstance(result, ox.QueryTriples):
        return "".join(sorted(f"{triple} .\n" for triple in result))
    out = io.StringIO()
    assert isinstance(result, ox.QuerySolutions)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([variable.value for variable in result.variables])
    for row in result:
        writer.writerow([term.value if term is not None else "" for term in row])
    return out.getvalue()


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the committed graphs, which hold the strategy and the sample of a catalogue."""
    nquads = ROOT / "data" / "graphs" / "nbkg.nq"
    return copied_once(tmp_path_factory, "committed", lambda folder: load(folder / "store", [nquads])) / "store"


def test_there_are_at_least_25_of_the_strategy_and_20_of_the_catalogue() -> None:
    of_catalogue = [file for file in FILES if '"catalogue"' in file.read_text(encoding="utf-8")]
    assert len(of_catalogue) >= 20
    assert len(FILES) - len(of_catalogue) >= 25


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_form(file: Path) -> None:
    graph = Graph().parse(file)
    (example,) = graph.subjects(RDF.type, SH.SPARQLExecutable)
    assert example == URIRef(f"https://w3id.org/nbkg/id/example/{file.stem}")
    assert {o.language for o in graph.objects(example, RDFS.comment)} == {"nb", "nn", "en"}  # type: ignore[attr-defined]  # literals
    assert list(graph.objects(example, SCHEMA.keywords))
    assert [
        kind for form, kind in FORMS.items() if (example, form, None) in graph and (example, RDF.type, kind) in graph
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_answer(file: Path, committed: Path) -> None:
    (expected,) = EXPECTED.glob(f"{file.stem}.*")
    assert _answer(committed, _query(file)) == expected.read_text(encoding="utf-8")


def test_every_tag_has_a_concept_with_names_and_none_is_unused() -> None:
    used = {str(tag) for file in FILES for tag in Graph().parse(file).objects(None, SCHEMA.keywords)}
    assert {str(key) for key in Graph().parse(TAGS).objects(None, SKOS.notation)} == used


def test_no_answer_without_a_question() -> None:
    assert {file.stem for file in EXPECTED.iterdir()} == {file.stem for file in FILES}


def test_what_changed_between_two_reports(built_twice: tuple[Path, ReportSeries], tmp_path: Path) -> None:
    load(tmp_path / "store", [built_twice[0] / "nbkg.nq"])
    query = _query(ROOT / "data" / "examples" / "status-changes.ttl")
    assert _answer(tmp_path / "store", query).splitlines()[1:] == [
        "14,2025-10-14,2026-03-02,Avsluttet,Under arbeid",
        "5,2025-10-14,2026-03-02,Løpende,Avsluttet",
    ]
