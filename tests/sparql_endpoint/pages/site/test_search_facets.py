"""The classes by which search results are narrowed down: each facet counts what its list shows."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

AGENT, PERSON, AUTHOR, PLACE = (f"urn:class:{name}" for name in ("Agent", "Person", "Author", "Place"))
DATA = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA {{ GRAPH <urn:g> {{
  <{PERSON}> rdfs:subClassOf <{AGENT}> . <{AUTHOR}> rdfs:subClassOf <{PERSON}> .
  <urn:a> a <{AGENT}> ; rdfs:label "Fløyfjellet a" . <urn:b> a <{PERSON}> ; rdfs:label "Fløyfjellet b" .
  <urn:c> a <{PERSON}> , <{AGENT}> ; rdfs:label "Fløyfjellet c" . <urn:d> a <{AUTHOR}> ; rdfs:label "Fløyfjellet d" .
  <urn:e> a <{PLACE}> ; rdfs:label "Fløyfjellet e"
}} }}"""


@pytest.fixture
def client(application: Callable[..., Flask], data: ox.Store) -> FlaskClient:
    data.update(DATA)
    return application().test_client()


def _facets(client: FlaskClient) -> dict[str, int]:
    page = BeautifulSoup(client.get("/search?q=Fløyfjellet", headers={"Accept": "text/html"}).text, "html.parser")
    facets = [(facet.a, facet.select_one(".quiet")) for facet in page.select("ul.kinds li")]
    return {
        parse_qs(str(link["href"])[1:])["kind"][0]: int(count.get_text()) for link, count in facets if link and count
    }


def _listed(client: FlaskClient, kind: str) -> set[str]:
    answer = client.get("/search", query_string={"q": "Fløyfjellet", "format": "json", "kind": kind}).get_json()
    assert answer["count"] == len(answer["results"])
    return {hit["iri"] for hit in answer["results"]}


def test_a_class_counts_the_instances_of_those_below_it_too(client: FlaskClient) -> None:
    assert _facets(client) == {AGENT: 4, PERSON: 3, AUTHOR: 1, PLACE: 1}
    assert list(_facets(client)) == [AGENT, PERSON, AUTHOR, PLACE]


def test_the_list_of_a_class_has_as_many_resources_as_its_facet_counts(client: FlaskClient) -> None:
    assert {kind: len(_listed(client, kind)) for kind in (AGENT, PERSON, AUTHOR, PLACE)} == _facets(client)
    assert _listed(client, PERSON) == {"urn:b", "urn:c", "urn:d"}


def test_a_class_of_which_no_result_is_directly_lists_the_instances_of_those_below_it(
    client: FlaskClient, data: ox.Store
) -> None:
    data.update(f"DELETE WHERE {{ GRAPH ?graph {{ ?agent a <{AGENT}> }} }}")
    assert _listed(client, AGENT) == {"urn:b", "urn:c", "urn:d"}
    assert AGENT not in _facets(client)


@pytest.mark.parametrize("kind", ["no IRI", "urn:class:None", "<>"])
def test_what_is_no_class_lists_nothing(client: FlaskClient, kind: str) -> None:
    assert _listed(client, kind) == set()
