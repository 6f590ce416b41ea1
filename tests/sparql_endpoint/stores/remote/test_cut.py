"""Answers that other servers cut are told as errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint.errors import BadGatewayError, QueryTooSlowError
from sparql_endpoint.http import formats
from sparql_endpoint.http.formats import Format
from sparql_endpoint.stores.base import Question, Update
from sparql_endpoint.stores.remote.store import RemoteStore, open_remote
from tests.sparql_endpoint import servers
from tests.sparql_endpoint.stores.remote.checks import read

EVERYTHING = "SELECT * { ?s ?p ?o }"


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    """An `oxigraph serve` that gives a query a second; then it ends the answer with its words, as if it were done."""
    with servers.oxigraph(tmp_path_factory.mktemp("hasty"), "--timeout-s", "1") as url:
        store = open_remote(f"{url}/query", DefaultGraph.PLAIN, update=f"{url}/update")
        with closing(store):
            edges = " ".join(f"<urn:{a}> <urn:p> <urn:{b}> ." for a in range(40) for b in range(40))
            store.update(Update(f"INSERT DATA {{ {edges} }}"))
            yield store


PATHS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?n{step} <urn:p> ?n{step + 1} ." for step in range(6)) + " }"


@pytest.mark.parametrize("form", [formats.JSON, formats.XML, formats.CSV, formats.TSV], ids=lambda form: form.name)
def test_results_that_oxigraph_breaks_off(form: Format, hasty: RemoteStore) -> None:
    with pytest.raises(BadGatewayError, match="cancelled"):
        read(hasty.answer(Question(PATHS), form))


@pytest.mark.parametrize("form", [formats.TURTLE, formats.N_TRIPLES, formats.RDF_XML], ids=lambda form: form.name)
def test_graphs_that_oxigraph_breaks_off(form: Format, hasty: RemoteStore) -> None:
    with pytest.raises(BadGatewayError, match="cancelled"):
        read(hasty.answer(Question(f"CONSTRUCT {{ <urn:s> <urn:p> ?n }} {{ {{ {PATHS} }} }}"), form))


def test_a_cap_of_virtuoso_is_told(virtuoso: str) -> None:
    with closing(open_remote(virtuoso)) as store:
        with pytest.raises(BadGatewayError, match="300 rows at most"):
            store.answer(Question(EVERYTHING), formats.CSV)
        assert len(read(store.answer(Question(f"{EVERYTHING} LIMIT 299"), formats.CSV)).splitlines()) == 300


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "PREFIX e: <urn:> CONSTRUCT { ?s e:p ?o . ?s e:q [ e:r ?o ] } WHERE { ?s ?p ?o }",
        "DESCRIBE ?s { ?s ?p ?o }",
    ],
)
def test_a_cut_graph_of_virtuoso_is_told(text: str, virtuoso: str) -> None:
    """Nothing in its answer says so, but in that of the SELECT of the same rows."""
    with closing(open_remote(virtuoso)) as store:
        with pytest.raises(BadGatewayError, match="300 rows at most"):
            store.answer(Question(text), formats.N_TRIPLES)
        assert read(store.answer(Question(f"{text} LIMIT 20"), formats.N_TRIPLES)).count(b" .\n") >= 20


def test_virtuosos_time_limits_are_told(virtuoso: str) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?s2 ?p2 ?o2 . ?s3 ?p3 ?o3 FILTER(?o2 < ?o3 && ?o < ?o2) }"
    for url in (virtuoso, f"{virtuoso}?timeout=1000"):  # 500 S1T00, and 200 with S1TAT and a wrong count
        with closing(open_remote(url)) as store, pytest.raises(QueryTooSlowError, match="ended the query"):
            store.answer(Question(slow), formats.JSON)
