"""The crosswalk finds things by identifiers in any form, and what became of their numbers."""

from __future__ import annotations

import csv
import io
from typing import Any

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

AGENT = "https://w3id.org/nbkg/id/agent/noraf-"
ODA = "99900001"
FORMS = {
    ODA: [
        "0000 0008 9999 0014",
        "ISNI 0000 0008 9999 0014",
        "https://isni.org/isni/0000000899990014",
        "http://www.isni.org/0000000899990014/#a",
        "(isni)0000000899990014",
        "urn:isni:0000000899990014",
        "0000\u20130008\u20139999\u20130014",
        "https://id.bs.no/bibbi/9990001",
        "(NO-OsBA)9990001",
        "http://hdl.handle.net/11250/9990001",
        "hdl:11250/9990001",
        "info:hdl/11250/9990001",
        "99900001",
        "x99900001",
        "(NO-TrBIB) 99900001 ",
        f"{AGENT}99900001",
        "https://w3id.org/nbkg/doc/agent/noraf-99900001",
        "noraf-99900001",
        "(NO-TrBIB)99900002",  # was merged into it
        f"{AGENT}99900002",
    ],
    "90052521": ["Q40826", "https://www.wikidata.org/wiki/Q40826", "wd:q40826", "(NO-TrBIB)90052521"],
}
CASES = [(form, number) for number, forms in FORMS.items() for form in forms]


def _results(client: FlaskClient, *ids: str) -> list[dict[str, Any]]:
    answer = client.get("/crosswalk", query_string=[*(("id", each) for each in ids), ("format", "json")])
    assert answer.status_code == 200, answer.get_data(as_text=True)
    document: dict[str, Any] = answer.get_json()
    results: list[dict[str, Any]] = document["results"]
    return results


@pytest.mark.parametrize(("form", "number"), CASES, ids=range(len(CASES)))
def test_any_form_of_any_identifier_finds_the_thing(authorities: FlaskClient, form: str, number: str) -> None:
    [result] = _results(authorities, form)
    assert [thing["iri"] for thing in result["things"]] == [f"{AGENT}{number}"]


def test_a_thing_has_all_its_identifiers_with_where_they_were_seen(authorities: FlaskClient) -> None:
    [result] = _results(authorities, "Q40826")
    [thing] = result["things"]
    by_register = {one["register"]: one for one in thing["identifiers"]}
    assert by_register["wikidata"]["iri"] == "http://www.wikidata.org/entity/Q40826"
    assert by_register["wikidata"]["fields"] == ["024"]
    assert by_register["wikidata"]["sources"] == [
        "https://w3id.org/nbkg/id/record/authority-sample/90052521",
        "https://w3id.org/nbkg/graph/catalogue/marc-sample",
    ]
    assert by_register["noraf"]["date"] == "2025-10-01"


def test_a_merged_number_says_what_took_its_place(authorities: FlaskClient) -> None:
    [result] = _results(authorities, "99900002")
    assert result["things"][0]["replaces"] == f"{AGENT}99900002"
    former = [one for one in result["things"][0]["identifiers"] if one["former"]]
    assert [one["number"] for one in former] == ["99900002"]


def test_a_split_number_has_candidates_and_no_thing(authorities: FlaskClient) -> None:
    [result] = _results(authorities, "(NO-TrBIB)99900004")
    assert result["things"] == []
    assert result["gone"][0]["candidates"] == [f"{AGENT}99900005", f"{AGENT}99900006"]


def test_several_identifiers_are_answered_in_their_order_and_each_has_an_answer(authorities: FlaskClient) -> None:
    results = _results(authorities, "Q40826", "0000000899990015", "Vik, Tor\nISNI 0000 0008 9999 0014", "Q40826")
    assert [result["id"] for result in results] == [
        "Q40826",
        "0000000899990015",
        "Vik, Tor",
        "ISNI 0000 0008 9999 0014",
    ]
    assert [len(result["things"]) for result in results] == [1, 0, 0, 1]


def test_a_book_is_found_by_its_isbn_in_any_form(authorities: FlaskClient, sample_store: ox.Store) -> None:
    select = """PREFIX bf: <http://id.loc.gov/ontologies/bibframe/>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?v ?i { ?i bf:identifiedBy ?n . ?n a bf:Isbn ; rdf:value ?v FILTER NOT EXISTS { ?n bf:status ?s } }
        ORDER BY ?v LIMIT 1"""
    [row] = sample_store.query(select, use_default_graph_as_union=True)  # type: ignore[misc]  # it is a SELECT
    isbn = row["v"].value
    for form in (isbn, f"ISBN {isbn[:3]}-{isbn[3:5]}-{isbn[5:]}"):
        [result] = _results(authorities, form)
        assert row["i"].value in {thing["iri"] for thing in result["things"]}


def test_csv_has_a_row_for_each_identifier(authorities: FlaskClient) -> None:
    answer = authorities.get("/crosswalk?id=99900001&id=nobody", headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert [row["register"] for row in rows] == ["noraf", "bibbi", "isni", "hdl", "noraf", ""]
    assert rows[-1]["id"] == "nobody"


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/n-quads"])
def test_rdf_leads_from_the_thing_to_its_identifiers(authorities: FlaskClient, accept: str) -> None:
    answer = authorities.get("/crosswalk?id=99900001", headers={"Accept": accept})
    form = ox.RdfFormat.from_media_type(accept)
    assert form is not None
    quads = list(ox.parse(answer.get_data(), format=form))
    nodes = {quad.object for quad in quads if quad.predicate.value == "http://www.w3.org/ns/adms#identifier"}
    assert len(nodes) == 5
    assert nodes <= {quad.subject for quad in quads if quad.predicate.value.endswith("core#notation")}


@pytest.mark.parametrize(
    "ids", [[], [str(90000000 + number) for number in range(101)], ["x" * 2001]], ids=["none", "many", "long"]
)
def test_no_too_many_and_too_long_identifiers_are_errors(authorities: FlaskClient, ids: list[str]) -> None:
    query = [*(("id", each) for each in ids), ("format", "json")]
    assert authorities.get("/crosswalk", query_string=query).status_code == 400


@pytest.mark.parametrize(("language", "words"), [("nb", "tidligere"), ("nn", "tidlegare"), ("en", "former")])
def test_the_page_shows_where_each_identifier_was_seen(authorities: FlaskClient, language: str, words: str) -> None:
    answer = authorities.get(f"/crosswalk?id=99900001&lang={language}", headers={"Accept": "text/html"})
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    table = page.select_one("table.numbers-of")
    assert table is not None
    assert words in table.get_text()
    assert len(table.select("tbody tr")) == 5
    assert table.select("a[href*='/record/authority-sample/99900002']")


def test_without_an_identifier_the_page_is_a_form(authorities: FlaskClient) -> None:
    answer = authorities.get("/crosswalk", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert 'name="id"' in answer.get_data(as_text=True)
