"""Stores behind the SPARQL protocol: against servers of others."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import cast

import pyoxigraph as ox
import pytest

from nbkg.errors import StoreError
from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint.errors import NotAcceptableError, QuerySyntaxError, RequestError, UpdateRefusedError
from sparql_endpoint.http import formats
from sparql_endpoint.http.formats import Format
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Document, Question, Row, Update
from sparql_endpoint.stores.oxigraph import open_memory
from sparql_endpoint.stores.remote.store import RemoteStore, open_remote
from sparql_endpoint.stores.rows import rows
from tests.sparql_endpoint.stores.remote.checks import read

NBKG = "https://w3id.org/nbkg/"
IRIS = ("id/measure/2020-2025/14", "ns", "graph/meta", "id/unit/tk", "id/none", "id/observation/2025-10-14/14/quote/1")
OWN = (
    "statements",
    "known",
    "pages/labels",
    "ontology",
    "graph-size",
    "references",
    "reference-count",
    "statements-some",
    "uses",
    "numbers",
    "retired",
    "pages/quotes",
)


VALUES = "SELECT ?x { VALUES ?x { %s } }"


EVERYTHING = "SELECT * { ?s ?p ?o }"


def _shown(found: Sequence[Row]) -> list[dict[str, str]]:
    """Rows to be compared: blank nodes are alike, and so are a literal without a datatype and a string."""
    return sorted(
        ({n: "_" if isinstance(t, ox.BlankNode) else str(t) for n, t in row.items()} for row in found), key=repr
    )


@pytest.mark.parametrize("name", OWN)
def test_our_own_queries_find_the_same_in_oxigraph(name: str, filled: RemoteStore, data: ox.Store) -> None:
    """Though its default graph is no union, so that all graphs are named to it."""
    _same(filled, name, data)


@pytest.mark.parametrize("name", OWN)
def test_our_own_queries_find_the_same_in_virtuoso(name: str, virtuoso: str, data: ox.Store) -> None:
    with closing(open_remote(virtuoso)) as store:
        _same(store, name, data)


def _same(remote: RemoteStore, name: str, data: ox.Store) -> None:
    local = open_memory("memory:", data=data)
    for iri in IRIS:
        bindings = {"iri": ox.NamedNode(NBKG + iri)}
        assert _shown(remote.select(query(name), bindings)) == _shown(local.select(query(name), bindings)), iri


def test_our_own_queries_without_values(filled: RemoteStore, data: ox.Store) -> None:
    local = open_memory("memory:", data=data)
    for name in ("graphs", "prefixes", "pages/reports", "pages/dataset-notice"):
        assert _shown(filled.select(query(name))) == _shown(local.select(query(name))), name


def test_the_graph_and_the_iri_of_terms(filled: RemoteStore, data: ox.Store) -> None:
    bindings = {"iri": ox.NamedNode(f"{NBKG}ns"), "graph": ox.NamedNode(f"{NBKG}graph/ontology")}
    local = open_memory("memory:", data=data)
    assert len(found := filled.select(query("terms"), bindings)) == 10
    assert _shown(found) == _shown(local.select(query("terms"), bindings))


def test_a_blank_node_cannot_be_named_to_a_server(filled: RemoteStore) -> None:
    assert filled.select(query("statements"), {"iri": ox.BlankNode()}) == []


@pytest.mark.parametrize("form", [f for f in formats.RESULTS if f is not formats.HTML], ids=lambda form: form.name)
def test_every_format_of_results(form: Format, filled: RemoteStore, virtuoso: str) -> None:
    for text in ("SELECT ?s { GRAPH ?g { ?s ?p ?o } } LIMIT 3", "SELECT ?s { ?s <urn:none> ?o }", "ASK { ?s ?p ?o }"):
        with closing(open_remote(virtuoso)) as store:
            assert isinstance(store.answer(Question(text), form), list)
        assert isinstance(filled.answer(Question(text), form), list)


@pytest.mark.parametrize(
    "form", [formats.TURTLE, formats.N_TRIPLES, formats.RDF_XML, formats.JSON_LD], ids=lambda f: f.name
)
def test_every_format_of_graphs(form: Format, filled: RemoteStore, virtuoso: str) -> None:
    for count, text in ((2, "CONSTRUCT { ?s a ?o } { ?s a ?o } LIMIT 2"), (0, "CONSTRUCT WHERE { ?s <urn:none> ?o }")):
        with closing(open_remote(virtuoso)) as store:
            answers = [read(store.answer(Question(text), form)), read(filled.answer(Question(text), form))]
        kind = ox.RdfFormat.from_media_type(form.media_type)
        assert [len(list(ox.parse(answer, kind))) for answer in answers] == [count, count]


def test_a_format_that_the_server_does_not_have(virtuoso: str) -> None:
    with closing(open_remote(virtuoso)) as store, pytest.raises(NotAcceptableError, match="no such format"):
        store.answer(Question("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1"), formats.N_QUADS)


def test_faults_of_a_query_are_told(filled: RemoteStore, virtuoso: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        filled.answer(Question("SELECT *\n{ ?s ?p "), formats.JSON)
    assert (caught.value.line, caught.value.status) == (2, 400)
    with closing(open_remote(virtuoso)) as store, pytest.raises(QuerySyntaxError, match="syntax error") as caught:
        store.answer(Question("SELECT *\n{ ?s ?p "), formats.JSON)
    assert "SELECT" not in str(caught.value)


def test_graphs_may_be_named(filled: RemoteStore, virtuoso: str) -> None:
    with closing(open_remote(virtuoso)) as store:
        for remote in (filled, store):
            _check_dataset(remote)


def _check_dataset(store: RemoteStore) -> None:
    curated, meta = f"{NBKG}graph/curated", f"{NBKG}graph/meta"
    all_of = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    from_ = all_of.replace("{", "FROM <https://w3id.org/nbkg/graph/curated> {")
    assert _count(store, Question(all_of, (curated,))) == 4
    assert _count(store, Question(all_of, (curated, meta))) == 13
    assert _count(store, Question(named, (), (meta,))) == 9
    assert _count(store, Question(from_, (curated,))) == 4
    assert _count(store, Question(from_, (meta,))) == 9  # what the request names wins


def _count(store: RemoteStore, question: Question) -> int:
    (row,) = rows(read(store.answer(question, formats.JSON)))
    return int(cast(ox.Literal, row["n"]).value)


def test_relative_iris(writable: RemoteStore, virtuoso: str) -> None:
    base = "http://example.org/a/"
    writable.update(Update("INSERT DATA { GRAPH <../g> { <s> <p> <o> } }", base=base))
    asked = Question("SELECT (COUNT(*) AS ?n) FROM <../g> { <s> ?p ?o }", ("http://example.org/g",), base=base)
    assert _count(writable, asked) == 1
    with closing(open_remote(virtuoso)) as store:
        text = "SELECT (COUNT(*) AS ?n) FROM <curated> { ?s ?p ?o }"
        assert _count(store, Question(text, (f"{NBKG}graph/curated",), base=f"{NBKG}graph/")) == 4


def test_the_default_graph(filled: RemoteStore, oxigraph: str) -> None:
    """The union, unless the setting or the question wants the plain one; a server may have a switch of its own."""
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert _count(filled, Question(text)) == 58
    assert _count(filled, Question(text, plain=True)) == 0
    with closing(open_remote(f"{oxigraph}/query", DefaultGraph.PLAIN)) as plain:
        assert _count(plain, Question(text)) == 0
        assert plain.select(query("known"), {"iri": ox.NamedNode(f"{NBKG}ns")})
    with closing(open_remote(f"{oxigraph}/query?union-default-graph", DefaultGraph.PLAIN)) as switched:
        assert _count(switched, Question(text)) == 58


def test_an_empty_server_may_be_filled_later(writable: RemoteStore) -> None:
    assert writable.select(EVERYTHING) == []
    writable.update(Update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }"))
    assert len(writable.select(EVERYTHING)) == 1


def test_too_many_graphs_are_told(filled: RemoteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sparql_endpoint.stores.remote.store._MOST_GRAPHS", 3)
    with pytest.raises(StoreError, match="more than 3 graphs"):
        filled.answer(Question(EVERYTHING), formats.JSON)


def test_updates_are_sent_on(writable: RemoteStore) -> None:
    writable.update(Update("INSERT DATA { <urn:s> <urn:p> 1 . GRAPH <urn:g> { <urn:s> <urn:p> 2 } }"))
    writable.update(Update("INSERT { <urn:s> <urn:q> ?o } WHERE { ?s <urn:p> ?o }", using_graphs=("urn:g",)))
    answer = writable.answer(Question("SELECT ?o { ?s <urn:q> ?o }", plain=True), formats.CSV)
    assert read(answer).split() == [b"o", b"2"]
    with pytest.raises(QuerySyntaxError, match="expected"):
        writable.update(Update("INSERT NOTHING"))


def test_graphs_are_sent_on(writable: RemoteStore) -> None:
    document = Document(b"<urn:a> <urn:b> <c> , _:x .", formats.TURTLE, "http://example.org/base/")
    assert not writable.has_graph("urn:g")
    assert writable.write_graph("urn:g", [document], replace=False)
    assert writable.has_graph("urn:g")
    assert not writable.write_graph("urn:g", [document, document], replace=True)
    found = writable.select("SELECT ?o { GRAPH <urn:g> { ?s ?p ?o } }")
    assert sorted(str(row["o"])[:2] for row in found) == ["<h", "_:", "_:"]
    assert {"o": ox.NamedNode("http://example.org/base/c")} in found
    assert writable.delete_graph("urn:g")
    assert not writable.delete_graph("urn:g")
    assert not writable.has_graph("urn:g")


def test_the_default_graph_is_written_plainly(writable: RemoteStore) -> None:
    writable.write_graph(None, [Document(b"<urn:a> <urn:b> 1 .", formats.TURTLE, "")], replace=True)
    assert writable.has_graph(None)
    assert _count(writable, Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", plain=True)) == 1
    writable.delete_graph(None)
    assert _count(writable, Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", plain=True)) == 0


def test_documents_that_do_not_parse_are_told_before_they_are_sent(writable: RemoteStore) -> None:
    with pytest.raises(RequestError, match="line 2"):
        writable.write_graph("urn:g", [Document(b"<urn:a>\n<urn:b .", formats.TURTLE, "")], replace=False)


def test_without_their_addresses_nothing_is_changed(oxigraph: str) -> None:
    with closing(open_remote(f"{oxigraph}/query")) as store:
        with pytest.raises(UpdateRefusedError):
            store.update(Update("DROP ALL"))
        with pytest.raises(UpdateRefusedError):
            store.write_graph("urn:g", [Document(b"", formats.TURTLE, "")], replace=True)
        with pytest.raises(UpdateRefusedError):
            store.delete_graph("urn:g")
        assert not store.has_graph("urn:none")
