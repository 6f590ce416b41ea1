"""The data sets of a release and their terms of use, as the data says."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from loader.release.dataset_layout import StoreDescription, TermsOfUse, read_description
from loader.release.licence_files import citation, licence_file, shared_licence

BASE = "https://w3id.org/nbkg/"
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"


def _graph(name: str) -> str:
    return f"{BASE}graph/{name}"


GRAPHS = [
    _graph(name)
    for name in ("curated", "current", "meta", "report/2025-10-14", "report/2026-03-02", "source/2025-10-14")
]


@pytest.fixture(scope="module")
def description() -> StoreDescription:
    return read_description(ox.Store())


def test_data_sets_are_told_by_data(description: StoreDescription) -> None:
    found = {plan.name: [*plan.graphs] for plan in description.data_sets(GRAPHS)}
    assert found == {
        "curated": [_graph("curated")],
        "everything": GRAPHS,
        "report-2025-10-14": [_graph("report/2025-10-14"), _graph("source/2025-10-14")],
        "report-2026-03-02": [_graph("report/2026-03-02")],
        "strategy": [_graph("current"), _graph("report/2025-10-14"), _graph("report/2026-03-02")],
    }


def test_each_catalogue_is_a_data_set_without_any_code(description: StoreDescription) -> None:
    found = description.data_sets([_graph("catalogue/alma"), _graph("authority/noraf"), _graph("links")])
    assert [plan.name for plan in found] == ["authority-noraf", "catalogue-alma", "everything", "links"]
    assert found[1].iri == f"{BASE}dataset/catalogues/alma"
    assert found[1].title["en"] == "One catalogue, alma"


def test_a_store_of_anything_is_everything(description: StoreDescription) -> None:
    (plan,) = description.data_sets([None, "https://library.example/graph/works"])
    assert (plan.name, plan.graphs) == ("everything", [None, "https://library.example/graph/works"])


def test_a_new_data_set_is_a_statement_in_the_store() -> None:
    store = ox.Store()
    store.load(
        f"""GRAPH <https://a.example/graph/meta> {{
            <https://a.example/dataset/mine> <http://purl.org/dc/terms/hasPart> <https://a.example/graph/mine> .
            <https://a.example/graph/mine> <http://purl.org/dc/terms/license> <{CC0}> ;
              <http://purl.org/dc/terms/modified>
                "2026-01-02"^^<http://www.w3.org/2001/XMLSchema#date> . }}""".encode(),
        ox.RdfFormat.TRIG,
    )
    own = read_description(store)
    mine = "https://a.example/graph/mine"
    assert [plan.name for plan in own.data_sets([mine])] == ["everything", "mine"]
    assert own.terms(mine) == TermsOfUse(CC0, {})
    assert own.last_change([mine, None]) == "2026-01-02"


def test_terms_are_those_of_each_graph(description: StoreDescription) -> None:
    assert description.terms(_graph("curated")).licence == CC0
    assert description.terms(_graph("report/2025-10-14")).licence is None
    assert "report's own terms" in description.terms(_graph("report/2025-10-14")).rights["en"]
    assert description.terms("https://library.example/graph/works") == TermsOfUse(None, {})
    assert shared_licence([_graph("curated"), _graph("ontology")], description) == CC0
    assert shared_licence([_graph("curated"), _graph("current")], description) is None


def test_the_licence_of_a_data_set_tells_the_terms_of_its_graphs(description: StoreDescription) -> None:
    files = {plan.name: licence_file(plan, description).decode() for plan in description.data_sets(GRAPHS)}
    assert "CC0 1.0 Universal" in files["curated"]
    assert "Statement of Purpose" in files["curated"]
    assert "no licence is stated" in files["report-2025-10-14"]
    assert "under the report's own terms" in files["report-2025-10-14"]
    assert "section 14" in files["report-2025-10-14"]
    assert "Statement of Purpose" not in files["report-2025-10-14"]
    assert {"CC0 1.0 Universal", "no licence is stated"} <= {
        text for text in ("CC0 1.0 Universal", "no licence is stated") if text in files["everything"]
    }


def test_the_citation_names_what_is_cited(description: StoreDescription) -> None:
    told = citation(description, "2026-03-02", "2026-03-02", [CC0]).decode()
    assert 'version: "2026-03-02"' in told
    assert f'license-url: "{CC0}"' in told
    assert "license-url" not in citation(description, "2026-03-02", "2026-03-02", []).decode()
