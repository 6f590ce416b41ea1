"""A second strategy with measures and numbers of its own stands beside the first; its report is invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from loader.build.pipeline import build
from loader.namespaces import NBKG, SKOS
from loader.sources.project import ProjectData
from loader.status_report.report_kind import NAME, StatusReports, file_source

BASE = "https://w3id.org/nbkg/id/"
REPORT = Path(__file__).parent / "reports" / "ny-strategi-2026-10-01.txt"
CURATED = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/nbkg/id/strategy/2026-2030> a nbkg:Strategy ;
    skos:prefLabel "Oppdiktet strategi 2026–2030"@nb , "Oppdikta strategi 2026–2030"@nn ,
        "Invented strategy 2026–2030"@en ;
    dcterms:source <https://example.org/strategy> .
<https://w3id.org/nbkg/id/measure/2026-2030/1> nbkg:continues <https://w3id.org/nbkg/id/measure/2020-2025/18> .
<https://w3id.org/nbkg/id/measure/2026-2030/2> nbkg:continues <https://w3id.org/nbkg/id/measure/2020-2025/14> .
"""


@pytest.fixture(scope="module")
def graphs(project: ProjectData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graphs of the committed reports and of the invented one."""
    out = tmp_path_factory.mktemp("two-strategies") / "graphs"
    both = replace(project, curated=project.curated + Graph().parse(data=CURATED))
    build(both, [StatusReports([*both.sources_of(NAME), file_source(REPORT)], both)], out)
    return out


@pytest.fixture(scope="module")
def current(graphs: Path) -> Graph:
    return Graph().parse(graphs / "current.ttl")


def test_measures_have_addresses_with_the_key_of_their_strategy(current: Graph) -> None:
    of = {s: str(strategy).rpartition("/")[2] for s, strategy in current.subject_objects(NBKG.partOfStrategy)}
    assert all(f"/measure/{strategy}/" in str(measure) for measure, strategy in of.items())
    assert {strategy: list(of.values()).count(strategy) for strategy in of.values()} == {
        "2020-2025": 32,
        "2026-2030": 2,
    }


def test_a_number_means_another_measure_in_another_strategy(current: Graph) -> None:
    texts = {
        key: str(current.value(URIRef(f"{BASE}measure/{key}"), NBKG.text)) for key in ("2020-2025/1", "2026-2030/1")
    }
    assert texts["2020-2025/1"].startswith("Nasjonalbiblioteket skal årlig lyse ut midler")
    assert texts["2026-2030/1"] == "Nasjonalbiblioteket skal videreutvikle Bibliotekkortet"


def test_a_measure_continues_one_of_the_earlier_strategy(graphs: Path) -> None:
    dataset = (graphs / "nbkg.nq").read_text(encoding="utf-8")
    assert f"<{BASE}measure/2026-2030/1> <{NBKG.continues}> <{BASE}measure/2020-2025/18> " in dataset


def test_roles_are_read_in_it(current: Graph) -> None:
    involved = {str(s).partition("/measure/")[2]: str(o) for s, o in current.subject_objects(NBKG.involves)}
    assert involved["2026-2030/1"] == f"{BASE}organisation/sikt"
    assert involved["2026-2030/2"] == f"{BASE}organisation/biblioteksentralen"


def test_a_unit_has_the_name_of_the_newer_report(current: Graph) -> None:
    name = Literal("Tilvekst og kunnskapsorganisering og metadata", lang="nb")
    assert list(current.objects(URIRef(f"{BASE}unit/tk"), SKOS.prefLabel)) == [name]
    assert (URIRef(f"{BASE}unit/df"), SKOS.prefLabel, None) in current
