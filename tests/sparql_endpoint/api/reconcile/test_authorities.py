"""What changes in a register, as case au05 has it, and names that are written with other characters (cs03, cs04)."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory

ID = "https://w3id.org/nbkg/id/agent/noraf-"
DATA = """
@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix madsrdf: <http://www.loc.gov/mads/rdf/v1#> .
@prefix noraf: <https://w3id.org/nbkg/id/agent/noraf-> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

noraf:99901041 prov:invalidatedAtTime "2024-01-01"^^xsd:date ; dcterms:isReplacedBy noraf:99901042 .
noraf:99901042 a bf:Person ; rdfs:label "Nes, Arne" ; schema:birthDate "1950" ; schema:deathDate "2020" .
noraf:99901043 prov:invalidatedAtTime "2024-01-01"^^xsd:date ; dcterms:isReplacedBy noraf:99901044 , noraf:99901045 .
noraf:99901044 a bf:Person ; rdfs:label "Foss, Liv" ; schema:birthDate "1930" .
noraf:99901045 a bf:Person ; rdfs:label "Foss, Liv" ; schema:birthDate "1958" .
noraf:99901046 a madsrdf:DeprecatedAuthority ; rdfs:label "Feil, Helt" ; prov:invalidatedAtTime "2024-01-01"^^xsd:date .
noraf:99901047 prov:invalidatedAtTime "2024-01-01"^^xsd:date ; dcterms:isReplacedBy noraf:99901041 .
noraf:99901048 prov:invalidatedAtTime "2024-01-01"^^xsd:date ; dcterms:isReplacedBy noraf:99901049 .
noraf:99901049 prov:invalidatedAtTime "2024-01-01"^^xsd:date ; dcterms:isReplacedBy noraf:99901048 .
noraf:99900001 a bf:Person ; rdfs:label "T\ufe20S\ufe21aplin, I. I." .
noraf:99900002 a bf:Person ; rdfs:label "Ha\u030akonsen, Bj\u00f8rg" .
noraf:99900003 a bf:Work ; rdfs:label "I\u0361azyk i zhizn\u02b9" .
"""


@pytest.fixture(scope="module")
def register() -> FlaskClient:
    store = ox.Store()
    store.load(input=DATA, format=ox.RdfFormat.TURTLE)
    return create_app(Settings(), open_memory("memory:", DefaultGraph.PLAIN, store)).test_client()


def _candidates(client: FlaskClient, name: str) -> list[dict[str, Any]]:
    answer = client.post("/reconcile", data={"queries": json.dumps({"q": {"query": name}})})
    candidates: list[dict[str, Any]] = json.loads(answer.data)["q"]["result"]
    return candidates


@pytest.mark.parametrize("number", ["99901041", "99901047", "99901042"])
def test_what_was_replaced_once_or_twice_leads_to_what_is_left(register: FlaskClient, number: str) -> None:
    for form in (number, f"(NO-TrBIB){number}", f"{ID}{number}"):
        (candidate,) = _candidates(register, form)
        assert (candidate["id"], candidate["match"], candidate["score"]) == (f"{ID}99901042", True, 100)
    query = json.dumps({"ids": [f"{ID}{number}"], "properties": [{"id": "https://schema.org/deathDate"}]})
    rows = json.loads(register.post("/reconcile", data={"extend": query}).data)["rows"]
    assert rows[f"{ID}{number}"]["https://schema.org/deathDate"] == [{"str": "2020"}]


@pytest.mark.parametrize("number", ["99901043", "99901046", "99901048", "99901049"])
def test_what_was_split_or_deleted_or_leads_in_a_ring_is_nobody(register: FlaskClient, number: str) -> None:
    assert [one["id"] for one in _candidates(register, number) if one["match"]] == []


def test_a_deleted_name_is_no_candidate_and_a_split_one_means_either(register: FlaskClient) -> None:
    assert _candidates(register, "Feil, Helt") == []
    either = _candidates(register, "Foss, Liv")
    assert [(one["id"], one["match"]) for one in either] == [(f"{ID}99901044", False), (f"{ID}99901045", False)]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("T\u0361Saplin, I. I.", "99900001"),
        ("T\ufe20S\ufe21aplin, I. I.", "99900001"),
        ("TSaplin, I. I.", "99900001"),
        ("H\u00e5konsen, Bj\u00f8rg", "99900002"),
        ("Ha\u030akonsen, Bj\u00f8rg", "99900002"),
        ("I\ufe20a\ufe21zyk i zhizn\u02b9", "99900003"),
        ("Iazyk i zhizn", "99900003"),
    ],
)
def test_other_characters_for_the_same_letters_are_the_same_name(register: FlaskClient, name: str, number: str) -> None:
    candidates = _candidates(register, name)
    assert [one["id"] for one in candidates[:1]] == [f"{ID}{number}"]
