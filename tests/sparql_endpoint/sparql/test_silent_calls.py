"""A silent call of a host that is not allowed is as one that fails; every other call of it is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from nbkg.errors import NbkgError
from sparql_endpoint.errors import ServiceRefusedError
from sparql_endpoint.sparql.guard import guarded_query, guarded_update
from tests.sparql_endpoint.serving import TOKEN, Server, served

FAR = "<http://far.example/sparql>"
SILENT = [
    (f"SELECT * {{ SERVICE SILENT {FAR} {{ ?x ?y ?z }} }}", ["x", "y", "z"], 1),
    (f"SELECT ?x {{ SERVICE SILENT {FAR} {{ ?x ?y ?z }} }}", ["x"], 1),
    (f"SELECT * {{ ?s <urn:p> ?o SERVICE SILENT {FAR} {{ ?s ?y ?o }} }}", ["s", "o", "y"], 2),
    (f"SELECT * {{ ?s <urn:p> ?o . service silent{FAR}{{ ?s ?y ?z . FILTER(?z > 1) }} }}", ["s", "o", "y", "z"], 2),
    ("SELECT * { SERVICE SILENT ?where { ?x ?y ?z } }", ["x", "y", "z"], 1),
    ("PREFIX far: <http://far.example/> SELECT * { SERVICE SILENT far:sparql { ?x ?y ?z } }", ["x", "y", "z"], 1),
    (f"SELECT * {{ SERVICE # a comment\n SILENT # SERVICE\n {FAR} {{ ?x ?y '}}' }} }}", ["x", "y"], 1),
    (f"SELECT * {{ SERVICE SILENT {FAR} {{ SERVICE <http://other.example/> {{ ?x ?y ?z }} }} }}", ["x", "y", "z"], 1),
    (f"SELECT * {{ SERVICE SILENT {FAR} {{ ?a ?b ?c SERVICE SILENT ?d {{ ?x ?y ?z }} }} }}", [*"abcxyz"], 1),
    (f"SELECT * {{ SERVICE SILENT {FAR} {{ SELECT ?n {{ ?x ?y ?n }} }} }}", ["n"], 1),
    (f"SELECT * {{ SERVICE SILENT {FAR} {{ ?x ?y ?z }} SERVICE SILENT {FAR} {{ ?x ?y ?w }} }}", [*"xyzw"], 1),
    (f"SELECT * {{ {{ SELECT ?x {{ SERVICE SILENT {FAR} {{ ?x ?y ?z }} }} }} }}", ["x"], 1),
    (f"SELECT * {{ OPTIONAL {{ SERVICE SILENT {FAR} {{ ?x ?y ?z }} }} BIND(1 AS ?b) }}", [*"xyzb"], 1),
    (f"SELECT * {{ GRAPH ?g {{ SERVICE SILENT {FAR} {{ ?x ?y ?z }} }} }}", [*"gxyz"], 0),
    (f"SELECT ?s {{ ?s <urn:p> ?o MINUS {{ SERVICE SILENT {FAR} {{ ?s ?y ?o }} }} }}", ["s"], 2),
]
REFUSED = [
    f"SELECT * {{ SERVICE {FAR} {{ ?x ?y ?z }} }}",
    "SELECT * { SERVICE ?where { ?x ?y ?z } }",
    f"SELECT * {{ SERVICE SILENT {FAR} {{ ?x ?y ?z }} SERVICE {FAR} {{ ?x ?y ?z }} }}",
    f"SELECT * {{ SERVICE SILENT <http://near.example/> {{ SERVICE {FAR} {{ ?x ?y ?z }} }} }}",
    f"SELECT * {{ SERVICESILENT {FAR} {{ ?x ?y ?z }} }}",
    f"SELECT * {{ SERVICE SILENT {FAR} ?x ?y ?z }}",
    f"SELECT * {{ SERVICE SILENT {FAR} {{ ?x ?y ?z ",
    "SELECT * { FILTER(?a <SERVICE SILENT && 1> 2) }",
]


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.update("INSERT DATA { <urn:a> <urn:p> 1 . <urn:b> <urn:p> 2 }")
    return store


@pytest.mark.parametrize(("text", "variables", "count"), SILENT)
def test_a_silent_call_gives_one_solution_without_values(
    store: ox.Store, text: str, variables: list[str], count: int
) -> None:
    guarded = guarded_query(text, ["near.example"])
    assert "far.example/sparql" not in guarded
    solutions = store.query(guarded)
    assert isinstance(solutions, ox.QuerySolutions)
    assert {variable.value for variable in solutions.variables} == set(variables)
    assert len(list(solutions)) == count


@pytest.mark.parametrize("text", REFUSED)
def test_every_other_call_is_refused(text: str) -> None:
    with pytest.raises(NbkgError):
        guarded_query(text, ["near.example"])


@pytest.mark.parametrize(
    "text", ["SELECT * { ?s ?p 'SERVICE SILENT <http://far.example/> {}' }", "ASK { ?silent ?service ?p }"]
)
def test_words_that_are_no_call_stay(text: str) -> None:
    assert guarded_query(text) == text


def test_an_allowed_host_is_left_to_the_engine() -> None:
    text = f"SELECT * {{ SERVICE SILENT {FAR} {{ ?x ?y ?z }} }}"
    assert guarded_query(text, ["far.example"]) == text


def test_an_update_is_the_same() -> None:
    silent = f"INSERT {{ <urn:a> <urn:p> ?x }} WHERE {{ SERVICE SILENT {FAR} {{ ?x ?y ?z }} }} ; LOAD SILENT {FAR}"
    assert "far.example" not in guarded_update(silent)
    with pytest.raises(ServiceRefusedError):
        guarded_update(silent.replace("SILENT", ""))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served("memory:", "--workers", "2", token=TOKEN) as running:
        yield running


@pytest.mark.slow
def test_the_server_does_so(server: Server) -> None:
    answer = json.loads(server.query(SILENT[0][0], "application/sparql-results+json"))
    assert (answer["head"]["vars"], answer["results"]["bindings"]) == (["x", "y", "z"], [{}])
    sent = {"Content-Type": "application/sparql-query"}
    assert server.ask("POST", "/sparql", REFUSED[0], sent)[0].status == 403
    assert server.update(f"LOAD SILENT {FAR}") == 204
    assert server.update(f"LOAD {FAR}") == 403
    assert server.update(f"INSERT {{ <urn:x> <urn:y> <urn:z> }} WHERE {{ SERVICE SILENT {FAR} {{ ?x ?y ?z }} }}") == 204
    assert server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").split() == ["n", "1"]
