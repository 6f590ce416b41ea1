"""The search service in a query finds by words and names in every store, and explains what it does not know."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from loader.store.load import load
from sparql_endpoint import create_app
from sparql_endpoint.application import protocols
from sparql_endpoint.http.request import Request
from sparql_endpoint.http.request_context import RequestContext
from sparql_endpoint.settings import Settings

UNIT = "https://w3id.org/nbkg/id/unit/tk"
PREFIXES = """PREFIX search: <https://w3id.org/nbkg/search#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
FIND = "SERVICE <https://w3id.org/nbkg/search> { ?thing search:query %s ; search:rank ?rank }"
NAMED = "SERVICE <https://w3id.org/nbkg/search> { ?thing search:name %s ; search:score ?score }"


def rows(client: FlaskClient, pattern: str, prefixes: str = PREFIXES) -> list[dict[str, str]]:
    text = f"{prefixes} SELECT * WHERE {{ {pattern} }}"
    response = client.get(f"/sparql?query={quote(text)}", headers={"Accept": "application/sparql-results+json"})
    assert response.status_code == 200, response.text
    bindings = json.loads(response.data)["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in bindings]


def error(client: FlaskClient, pattern: str) -> str:
    response = client.get(f"/sparql?query={quote(f'{PREFIXES} SELECT * WHERE {{ {pattern} }}')}")
    assert response.status_code in (400, 403)
    return response.text


def test_words_find_in_their_order_and_join_with_the_rest(client: FlaskClient) -> None:
    pattern = FIND % '"kunnskapsorganiseringar"' + " ?thing skos:prefLabel ?label"
    results = rows(client, pattern)
    assert {row["thing"] for row in results} >= {UNIT}
    assert min(float(row["rank"]) for row in results) == 1
    assert any("kunnskapsorganisering" in row["label"].lower() for row in results)


@pytest.mark.parametrize(
    "literal", ['"TK \\"x\\""', "'''linje\nto'''", '"\\u00e5"@nb', '"?x { } . ;"', '"SERVICE <x> {"', '""', '"*"']
)
def test_every_string_is_a_search(client: FlaskClient, literal: str) -> None:
    assert rows(client, FIND % literal) == []


def test_names_are_matched_with_their_score(client: FlaskClient) -> None:
    results = rows(client, NAMED % '"tilvekst og kunnskapsorganisering"')
    assert [(row["thing"], float(row["score"])) for row in results][:1] == [(UNIT, 100.0)]


def test_it_may_be_written_with_a_prefix_silent_nested_and_more_than_once(client: FlaskClient) -> None:
    prefixes = PREFIXES + "PREFIX nb: <https://w3id.org/nbkg/>\n"
    inner = 'SERVICE SILENT nb:search { ?thing search:limit 1 ; search:query "kunnskapsorganisering" . }'
    other = 'SERVICE nb:search { ?other search:query "kunnskapsorganisering" ; search:limit 2 }'
    results = rows(client, f"{{ {inner} }} OPTIONAL {{ {other} FILTER(?other = ?thing) }}", prefixes)
    assert len({row["thing"] for row in results}) == 1


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{ ?s search:words 'x' }", "knows no property"),
        ("{ ?s search:query ?words }", "needs a string"),
        ("{ ?s search:rank ?rank }", "search:query or"),
        ("{ ?s search:query 'x' ; search:score ?score }", "gives a rank"),
        ("{ <urn:x> search:query 'x' }", "begins with a variable"),
        ("{ ?s search:query 'x', 'y' }", "one object each"),
        ("{ }", "begins with a variable"),
        ("?s", "group in braces"),
    ],
)
def test_what_it_does_not_understand_is_explained(client: FlaskClient, pattern: str, message: str) -> None:
    assert message in error(client, f"SERVICE <https://w3id.org/nbkg/search> {pattern}")


def test_many_searches_in_one_query_are_too_many(client: FlaskClient) -> None:
    service = FIND % '"kunnskapsorganisering"'
    assert "more than 20 text searches" in error(client, " UNION ".join(["{ " + service + " }"] * 21))


def test_a_text_that_looks_like_the_place_of_the_results_is_left_as_it_is(client: FlaskClient) -> None:
    pattern = FIND % '"kunnskapsorganisering"' + " BIND('<x-rows-0:0>' AS ?text)"
    assert {row["text"] for row in rows(client, pattern)} == {"<x-rows-0:0>"}


def test_a_search_is_not_made_where_others_would_wait_for_it(application: Callable[..., Flask]) -> None:
    prepare = protocols(application()).prepare
    search, other = (_request(f"{PREFIXES} ASK {{ {pattern} }}") for pattern in (FIND % "'x'", "?s ?p ?o"))
    assert prepare(search, RequestContext()) is None
    assert prepare(other, RequestContext()) is not None


def _request(query: str) -> Request:
    return Request("GET", "/sparql", f"query={quote(query)}".encode(), {})


def test_other_services_are_still_refused(client: FlaskClient) -> None:
    assert "SERVICE" in error(client, "SERVICE <https://example.org/search> { ?s search:query 'x' }")
    assert "SERVICE" in error(client, FIND % "'x'" + " SERVICE <https://example.org/> { ?s ?p ?o }")


def test_a_page_and_a_constructed_graph_have_it_too(client: FlaskClient) -> None:
    service = FIND % '"kunnskapsorganisering"'
    text = f"{PREFIXES} SELECT * WHERE {{ {service} }}"
    page = client.get(f"/sparql?query={quote(text)}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "id/unit/tk" in page.text
    graph = (
        f"{PREFIXES} CONSTRUCT {{ ?thing skos:prefLabel ?label }} WHERE {{ {service} ?thing skos:prefLabel ?label }}"
    )
    assert UNIT in client.get(f"/sparql?query={quote(graph)}", headers={"Accept": "application/n-triples"}).text


def test_a_built_store_answers_from_its_file(tmp_path: Path, library: Path) -> None:
    load(tmp_path / "store", [library])
    application = create_app(Settings(store=str(tmp_path / "store")))
    assert UNIT in {row["thing"] for row in rows(application.test_client(), FIND % '"kunnskapsorganisering"')}


def test_without_an_index_the_answer_says_so(
    application: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sparql_endpoint.services.text_search._SMALL", 1)
    service = FIND % "'x'"
    query = quote(f"{PREFIXES} SELECT * WHERE {{ {service} }}")
    response = application().test_client().get(f"/sparql?query={query}")
    assert (response.status_code, "nbkg index" in response.text) == (503, True)
