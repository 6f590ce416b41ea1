"""Labels are looked up together, when the first of them is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pyoxigraph as ox
import pytest
from flask import Flask
from pyoxigraph import BlankNode, Literal, NamedNode

from sparql_endpoint.services import known_rows
from sparql_endpoint.services.labels import Labels, request_labels
from sparql_endpoint.stores.base import Row, Store, Term

BASE = "https://w3id.org/nbkg/"
PREF_LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
OURS, UNNAMED = NamedNode(f"{BASE}id/1"), NamedNode(f"{BASE}id/2")
FOREIGN, UNKNOWN = NamedNode("https://example.org/1"), NamedNode("https://example.org/2")


@pytest.fixture
def labels(application: Callable[..., Flask], data: ox.Store) -> Iterator[Labels]:
    data.update(f"""
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        INSERT DATA {{ GRAPH <{BASE}graph/x> {{
          {OURS} skos:prefLabel "Ett"@nb, "One"@en . {FOREIGN} skos:prefLabel "Elsewhere"@en }} }}""")
    with application().test_request_context("/?lang=en"):
        yield request_labels()


@pytest.fixture
def queries(labels: Labels, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of the queries that the store gets from here on."""
    texts: list[str] = []
    select = labels.serving.store.select

    def recorded(text: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        texts.append(text)
        return select(text, bindings)

    monkeypatch.setattr(labels.serving.store, "select", recorded)
    return texts


def test_a_request_has_one_object_for_all_its_labels(labels: Labels) -> None:
    assert request_labels() is labels


def test_making_labels_asks_for_nothing_and_reading_one_looks_all_up(labels: Labels, queries: list[str]) -> None:
    first, second = labels.of(OURS), labels.of(FOREIGN)
    labels.expect([UNNAMED, UNKNOWN])
    assert queries == []
    assert first.text == "One"
    count = len(queries)
    assert (first.language, first.href, first.out) == ("en", "/id/1?lang=en", None)
    assert (second.text, labels.of(UNKNOWN).text) == ("Elsewhere", UNKNOWN.value)
    assert labels.of(UNNAMED).text == "id/2"
    assert len(queries) == count


def test_an_iri_of_another_host_leads_to_its_page_where_it_is_described(labels: Labels) -> None:
    described, unknown = labels.of(FOREIGN), labels.of(UNKNOWN)
    assert described.href == "/resource?iri=https%3A%2F%2Fexample.org%2F1&lang=en"
    assert described.out == FOREIGN.value
    assert (unknown.href, unknown.out) == (UNKNOWN.value, None)
    labels.prefer_own_pages([UNKNOWN])
    assert unknown.href == "/resource?iri=https%3A%2F%2Fexample.org%2F2&lang=en"


def test_what_is_no_iri_is_written_without_a_query(labels: Labels, queries: list[str]) -> None:
    labels.compact("urn:x")
    before = len(queries)
    assert labels.of(Literal("a", language="nb")).language == "nb"
    assert labels.of(Literal(7)).title in ("xsd:integer", "http://www.w3.org/2001/XMLSchema#integer")
    assert labels.of(BlankNode("b")).blank_node == "b"
    assert labels.without_lookup(FOREIGN).text == FOREIGN.value
    assert len(queries) == before


def test_a_request_knows_what_those_before_it_looked_up_in_the_same_data(
    application: Callable[..., Flask], data: ox.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, version, queries = application(), ["1"], list[str]()
    store = app.extensions["sparql_endpoint"].store
    monkeypatch.setattr(store, "version", lambda: version[0])

    def select_from(source: Store) -> None:
        select = source.select

        def recorded(text: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
            queries.append(text)
            return select(text, bindings)

        monkeypatch.setattr(store, "select", recorded)

    def read(language: str) -> tuple[str, str | None, bool]:
        with app.test_request_context(f"/?lang={language}"):
            request_labels().compact("urn:x")
            before = len(queries)
            label = request_labels().of(FOREIGN)
            return label.text, label.out, len(queries) > before

    select_from(store)
    assert read("en") == (FOREIGN.value, None, True)
    data.update(f'INSERT DATA {{ GRAPH <urn:g> {{ {FOREIGN} {PREF_LABEL} "One"@en, "Ett"@nb }} }}')
    select_from(application().extensions["sparql_endpoint"].store)
    assert read("en") == (FOREIGN.value, None, False)
    version[0] = "2"
    assert read("en") == ("One", FOREIGN.value, True)
    assert read("nb") == ("Ett", FOREIGN.value, True)
    assert [read(language)[2] for language in ("en", "nb")] == [False, False]
    version[0] = ""  # nothing shows when the data changes
    assert [read("en")[2] for _ in range(2)] == [True, True]


def test_where_very_much_is_known_it_is_forgotten() -> None:
    known: dict[int, str] = {}
    sizes = []
    for number in range(4):
        known_rows.remember(known, {number: "a", -number - 1: "b"}, 3)
        sizes.append(len(known))
    assert sizes == [2, 4, 2, 4]
