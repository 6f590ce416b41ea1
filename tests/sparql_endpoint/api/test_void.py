from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, VOID

from sparql_endpoint import create_app
from sparql_endpoint.services import void_counts
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # in its own parsers
BASE = "https://w3id.org/nbkg/"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
ADDRESS = "/.well-known/void"
DATASET = URIRef(f"{BASE}.well-known/void#dataset")
COUNTED = "FILTER NOT EXISTS { GRAPH <https://w3id.org/nbkg/graph/meta> { ?s ?p ?o } }"
"""The library's graph/meta says of another graph that it is a data set."""


def void(client: FlaskClient) -> Graph:
    return Graph().parse(data=client.get(ADDRESS).data, format="turtle")


def number(graph: Graph, subject: Any, prop: Any) -> int:
    value = graph.value(subject, prop)
    assert isinstance(value, Literal)
    return int(value)


def _asked(client: FlaskClient, text: str) -> list[dict[str, str]]:
    found = json.loads(client.get("/sparql", query_string={"query": text}).data)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def _counted(client: FlaskClient, what: str, more: str = "") -> int:
    return int(_asked(client, f"SELECT (COUNT({what}) AS ?n) {{ ?s ?p ?o {COUNTED} {more} }}")[0]["n"])


@pytest.mark.parametrize(
    ("prop", "what", "more"),
    [
        (VOID.triples, "*", ""),
        (VOID.distinctSubjects, "DISTINCT ?s", ""),
        (VOID.distinctObjects, "DISTINCT ?o", ""),
        (VOID.properties, "DISTINCT ?p", ""),
        (VOID.classes, "DISTINCT ?o", f"FILTER(?p = <{RDF.type}>)"),
        (VOID.entities, "DISTINCT ?s", f"FILTER(STRSTARTS(STR(?s), '{BASE}'))"),
    ],
)
def test_numbers_are_those_that_sparql_counts(client: FlaskClient, prop: URIRef, what: str, more: str) -> None:
    counted = _counted(client, what, more)
    assert counted > 0
    assert number(void(client), DATASET, prop) == counted


def _counted_triples(data: ox.Store) -> set[ox.Triple]:
    return {quad.triple for quad in data if quad.graph_name != ox.NamedNode(f"{BASE}graph/meta")}


def test_a_triple_of_two_graphs_is_counted_once(client: FlaskClient, data: ox.Store) -> None:
    twice = next(data.quads_for_pattern(None, None, None, ox.NamedNode(f"{BASE}graph/current")))
    data.extend(
        ox.Quad(twice.subject, twice.predicate, twice.object, graph)
        for graph in (ox.NamedNode(f"{BASE}graph/curated"), ox.DefaultGraph())
    )
    assert number(void(client), DATASET, VOID.triples) == len(_counted_triples(data)) == _counted(client, "*")


def test_the_plain_default_graph_is_counted(application: Callable[..., Flask], data: ox.Store) -> None:
    data.add(ox.Quad(ox.NamedNode("http://example.org/a"), ox.NamedNode("http://example.org/b"), ox.Literal("c")))
    for setting in ("union", "plain"):
        graph = void(application(default_graph=setting).test_client())
        assert number(graph, DATASET, VOID.triples) == len(_counted_triples(data))
        assert URIRef("http://example.org/") in set(graph.objects(DATASET, VOID.vocabulary))


def test_property_partitions(client: FlaskClient) -> None:
    graph = void(client)
    told = {
        str(graph.value(node, VOID.property)): number(graph, node, VOID.triples)
        for node in graph.objects(DATASET, VOID.propertyPartition)
    }
    text = f"SELECT ?p (COUNT(*) AS ?n) {{ ?s ?p ?o {COUNTED} }} GROUP BY ?p"
    assert told == {row["p"]: int(row["n"]) for row in _asked(client, text)}


def test_class_partitions(client: FlaskClient) -> None:
    graph = void(client)
    nodes = {str(graph.value(node, VOID["class"])): node for node in graph.objects(DATASET, VOID.classPartition)}
    text = f"SELECT ?o (COUNT(DISTINCT ?s) AS ?n) {{ ?s a ?o ; ?p ?o {COUNTED} }} GROUP BY ?o"
    counted = {row["o"]: int(row["n"]) for row in _asked(client, text)}
    assert {name: number(graph, node, VOID.entities) for name, node in nodes.items()} == counted
    for name, node in nodes.items():
        text = f"SELECT ?p (COUNT(*) AS ?n) {{ ?s a <{name}> ; ?p ?o {COUNTED} }} GROUP BY ?p"
        told = {
            str(graph.value(part, VOID.property)): number(graph, part, VOID.triples)
            for part in graph.objects(node, VOID.propertyPartition)
        }
        assert told == {row["p"]: int(row["n"]) for row in _asked(client, text)}


def test_linksets(client: FlaskClient) -> None:
    """The library leads to one place that is neither below the base nor described in it."""
    graph = void(client)
    (linkset,) = graph.subjects(RDF.type, VOID.Linkset)
    target = graph.value(linkset, VOID.objectsTarget)
    place = graph.value(target, VOID.uriSpace)
    prop = graph.value(linkset, VOID.linkPredicate)
    more = f"FILTER(?p = <{prop}> && isIRI(?o) && STRSTARTS(STR(?o), '{place}'))"
    assert str(place) == "https://example.org/"
    assert graph.value(linkset, VOID.subjectsTarget) == DATASET
    assert number(graph, linkset, VOID.triples) == _counted(client, "*", more) == 1


def test_a_large_store_without_a_description_is_not_counted(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(void_counts, "_SMALL", 5)
    graph = void(client)
    subsets = {str(name).removeprefix(f"{BASE}graph/") for name in graph.objects(DATASET, VOID.subset)}
    assert {"current", "curated", "meta"} <= subsets
    assert Literal("The state now", lang="en") in set(graph.objects(URIRef(f"{BASE}graph/current"), DCTERMS.title))
    assert not list(graph.subject_objects(VOID.triples))
    page = BeautifulSoup(client.get(f"{ADDRESS}?format=html&lang=en").text, "html.parser")
    assert page.select_one("a[href^='/graph/current']")
    assert "no VoID description" in page.get_text()


def test_graphs_are_subsets_with_their_own_terms(client: FlaskClient, data: ox.Store) -> None:
    licence = ox.NamedNode("http://creativecommons.org/publicdomain/zero/1.0/")
    current, meta = ox.NamedNode(f"{BASE}graph/current"), ox.NamedNode(f"{BASE}graph/meta")
    data.add(ox.Quad(current, ox.NamedNode(str(DCTERMS.license)), licence, meta))
    graph = void(client)
    subsets = set(graph.objects(DATASET, VOID.subset)) - set(graph.subjects(RDF.type, VOID.Linkset))
    assert {str(name).removeprefix(f"{BASE}graph/") for name in subsets} == {
        "ontology",
        "shapes",
        "report/2025-10-14",
        "current",
        "curated",
    }
    assert number(graph, URIRef(current.value), VOID.triples) == 8
    assert list(graph.subject_objects(DCTERMS.license)) == [(URIRef(current.value), URIRef(licence.value))]
    assert Literal("The state now", lang="en") in set(graph.objects(URIRef(current.value), DCTERMS.title))


def test_the_data_names_the_data_set(client: FlaskClient, data: ox.Store) -> None:
    data.update(
        f"""PREFIX dcterms: <{DCTERMS}>
        INSERT DATA {{ GRAPH <{BASE}graph/meta> {{
          <{BASE}graph/current> dcterms:isPartOf <{BASE}dataset/nbkg> .
          <{BASE}dataset/nbkg> dcterms:license <a:b> }} }}"""
    )
    graph = void(client)
    dataset = URIRef(f"{BASE}dataset/nbkg")
    assert set(graph.subjects(VOID.sparqlEndpoint)) == {dataset}
    assert Literal("The strategy as data", lang="en") in set(graph.objects(dataset, DCTERMS.title))
    assert not list(graph.objects(dataset, DCTERMS.license))


def test_access(client: FlaskClient) -> None:
    graph = void(client)
    assert set(graph.objects(DATASET, VOID.sparqlEndpoint)) == {URIRef("http://localhost/sparql")}
    assert graph.value(DATASET, VOID.uriSpace) == Literal(BASE)
    assert URIRef("http://www.w3.org/ns/formats/Turtle") in set(graph.objects(DATASET, VOID.feature))
    assert set(graph.objects(DATASET, VOID.vocabulary)) >= {URIRef(str(DCTERMS)), URIRef(f"{BASE}ns#")}
    examples = set(graph.objects(DATASET, VOID.exampleResource))
    assert examples
    for example in examples:
        assert client.get("/" + str(example).removeprefix(BASE), follow_redirects=True).status_code == 200


def test_another_base_is_no_uri_space(application: Callable[..., Flask]) -> None:
    base = "https://data.example.org/"
    graph = void(application(base=base).test_client())
    dataset = URIRef(f"{base}.well-known/void#dataset")
    assert graph.value(dataset, VOID.uriSpace) is None
    assert number(graph, dataset, VOID.entities) == 14


@pytest.mark.parametrize(
    ("address", "accept", "content_type"),
    [
        (ADDRESS, "*/*", "text/turtle; charset=utf-8"),
        (ADDRESS, "application/ld+json", "application/ld+json"),
        (f"{ADDRESS}?format=rdfxml", "text/html", "application/rdf+xml"),
        (f"{ADDRESS}.nt", "text/html", "application/n-triples"),
        (f"{ADDRESS}.html", "*/*", "text/html; charset=utf-8"),
    ],
)
def test_formats(client: FlaskClient, address: str, accept: str, content_type: str) -> None:
    for method in ("GET", "HEAD"):
        answer = client.open(address, method=method, headers={"Accept": accept})
        assert (answer.status_code, answer.content_type) == (200, content_type)
        assert "Accept" in answer.vary


def test_no_other_formats(client: FlaskClient) -> None:
    assert client.get(ADDRESS, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(f"{ADDRESS}.docx").status_code == 404


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_page(client: FlaskClient, language: str) -> None:
    page = BeautifulSoup(client.get(f"{ADDRESS}?format=html&lang={language}").text, "html.parser")
    assert str(number(void(client), DATASET, VOID.triples)) in [cell.get_text() for cell in page.select("dd")]
    assert page.select_one("a[href^='/graph/current']")
    assert [name.get_text() for name in page.select("section:has(> #links) tbody th")] == ["https://example.org/"]
    assert len(page.select("section:has(> #properties) tbody tr")) == 27


def test_twice_the_same_bytes(application: Callable[..., Flask]) -> None:
    first, second = (application().test_client().get(ADDRESS).data for _ in range(2))
    assert first == second


def test_an_empty_store() -> None:
    client = create_app(Settings(), open_memory("memory:")).test_client()
    graph = void(client)
    assert number(graph, DATASET, VOID.triples) == 0
    assert client.get(f"{ADDRESS}.html").status_code == 200
