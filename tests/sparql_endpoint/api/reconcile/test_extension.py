"""Data extension: what a client fetches for the entities that it has matched."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

ID = "https://w3id.org/nbkg/id/"
VIK, BODY, DAHL = f"{ID}agent/noraf-99902003", f"{ID}agent/noraf-99902005", f"{ID}agent/noraf-99902010"


def _extended(entities: FlaskClient, ids: list[str], *properties: object, lang: str = "nb") -> dict[str, Any]:
    wanted = [one if isinstance(one, dict) else {"id": one} for one in properties]
    answer = entities.post(f"/reconcile?lang={lang}", data={"extend": json.dumps({"ids": ids, "properties": wanted})})
    assert answer.status_code == 200, answer.text
    extended: dict[str, Any] = json.loads(answer.data)
    return extended


def test_literals_have_their_types(entities: FlaskClient) -> None:
    rows = _extended(entities, [BODY], "case:members", "case:weight", "case:founded", "rdfs:label")["rows"]
    assert rows == {
        BODY: {
            "case:members": [{"int": 42}],
            "case:weight": [{"float": 7.5}],
            "case:founded": [{"date": "1838-01-01T00:00:00Z"}, {"date": "1838-01-01T12:00:00Z"}],
            "rdfs:label": [],
        }
    }


def test_entities_are_cells_names_or_addresses(entities: FlaskClient) -> None:
    lund = f"{ID}agent/noraf-99902011"
    foreign = {"str": "https://example.org/someone-else"}
    for content, written in (
        ("entity", {"id": lund, "name": "Lund, Inger"}),
        ("name", {"str": "Lund, Inger"}),
        ("id", {"str": lund}),
    ):
        prop = {"id": "case:wroteWith", "settings": {"content": content}}
        rows = _extended(entities, [DAHL], prop)["rows"]
        assert rows[DAHL]["case:wroteWith"] == [foreign, written], content


def test_the_limit_counts_values_of_each_row(entities: FlaskClient) -> None:
    for limit, count in ((1, 1), ("1", 1), (0, 2), ("", 2), (None, 2)):
        prop = {"id": "case:founded", "settings": {"limit": limit}}
        assert len(_extended(entities, [BODY], prop)["rows"][BODY]["case:founded"]) == count


def test_texts_are_in_the_language_that_suits_best_or_in_all(entities: FlaskClient) -> None:
    prop = "https://schema.org/description"
    assert _extended(entities, [VIK], prop, lang="en")["rows"][VIK][prop] == [{"str": "Invented poet."}]
    every = _extended(entities, [VIK], {"id": prop, "settings": {"texts": "all"}})["rows"][VIK][prop]
    assert every == [{"str": "Invented poet."}, {"str": "Oppdiktet dikter."}]


def test_a_part_of_an_entity_is_written_by_its_text(entities: FlaskClient) -> None:
    rows = _extended(entities, [VIK], "bf:identifiedBy")["rows"]
    assert rows[VIK]["bf:identifiedBy"] == [{"str": "(NO-TrBIB)99902003"}]


def test_registers_of_identifiers_are_properties_too(entities: FlaskClient) -> None:
    first = f"{ID}agent/noraf-99902001"
    rows = _extended(entities, [VIK, first], "viaf", "isni", {"id": "noraf"})["rows"]
    assert rows[VIK] == {"viaf": [{"str": "99900301"}], "isni": [], "noraf": [{"str": "99902003"}]}
    assert rows[first]["isni"] == [{"str": "0000000099930013"}]
    as_iri = _extended(entities, [first], {"id": "isni", "settings": {"content": "id"}})["rows"]
    assert as_iri[first]["isni"] == [{"str": "https://isni.org/isni/0000000099930013"}]


@pytest.mark.parametrize(
    "id_", [VIK, "id/agent/noraf-99902003", "/id/agent/noraf-99902003", "noraf-99902003", "noraf-99902013"]
)
def test_any_form_of_an_id_is_answered_under_that_form(entities: FlaskClient, id_: str) -> None:
    rows = _extended(entities, [id_], "skos:altLabel")["rows"]
    assert rows == {id_: {"skos:altLabel": [{"str": "Vik, T. S."}]}}


def test_every_id_and_property_has_an_entry(entities: FlaskClient) -> None:
    answer = _extended(
        entities, [VIK, "urn:nothing", "x y <z>", "", "Vik kommune"], "case:author", "urn:no-such", "a b > ?x"
    )
    assert [one["id"] for one in answer["meta"]] == ["case:author", "urn:no-such", "a b > ?x"]
    empty: dict[str, list[object]] = {"case:author": [], "urn:no-such": [], "a b > ?x": []}
    assert answer["rows"] == {VIK: empty, "urn:nothing": empty, "x y <z>": empty, "": empty, "Vik kommune": empty}


def test_the_metadata_names_properties_and_the_type_of_their_values(entities: FlaskClient) -> None:
    meta = _extended(entities, [], "case:author", "forfatter", lang="en")["meta"]
    described = {"name": "author", "type": {"id": "bf:Person", "name": "person"}}
    assert meta == [{"id": "case:author", **described}, {"id": "forfatter", **described}]


@pytest.mark.parametrize(
    "query",
    [
        "{",
        "[]",
        "{}",
        '{"ids": 1, "properties": 2}',
        '{"ids": [5], "properties": []}',
        '{"ids": [], "properties": ["x"]}',
        '{"ids": [], "properties": [{"id": "x", "settings": 5}]}',
        '{"ids": [], "properties": [{"id": "x", "settings": {"content": "x"}}]}',
        '{"ids": [], "properties": [{"id": "x", "settings": {"limit": "many"}}]}',
    ],
)
def test_what_is_no_query_is_refused_in_words(entities: FlaskClient, query: str) -> None:
    by_form = entities.post("/reconcile", data={"extend": query})
    by_json = entities.post("/reconcile/extend", data=query, content_type="application/json")
    assert (by_form.status_code, by_json.status_code) == (400, 400)
    assert json.loads(by_form.data)["detail"]


def test_version_1_0_has_lists_with_languages(entities: FlaskClient) -> None:
    prop = "https://schema.org/description"
    body = json.dumps({"ids": [VIK, "urn:nothing"], "properties": [{"id": prop}]})
    for path in ("/reconcile/extend", "/reconcile/1.0/extend"):
        answer = entities.post(path, data=body, content_type="application/json", headers={"Accept-Language": "en"})
        assert json.loads(answer.data)["rows"] == [
            {"id": VIK, "properties": [{"id": prop, "values": [{"str": "Invented poet.", "lang": "en"}]}]},
            {"id": "urn:nothing", "properties": [{"id": prop, "values": []}]},
        ]


def _proposed(entities: FlaskClient, **arguments: str) -> list[str]:
    answer = json.loads(entities.get("/reconcile/extend/propose", query_string=arguments).data)
    assert answer.get("type", "") == arguments.get("type", "")
    return [one["id"] for one in answer["properties"]]


def test_properties_are_proposed_that_entities_of_the_type_have(entities: FlaskClient) -> None:
    assert "case:author" in _proposed(entities, type="bf:Hub")
    assert "case:author" not in _proposed(entities, type="bf:Person")
    assert {"schema:birthDate", "viaf", "noraf"} <= {*_proposed(entities, type="bf:Person")}
    assert len(_proposed(entities, type="bf:Person", limit="2")) == 2
    assert _proposed(entities, type="no-such-type") == []
    assert _proposed(entities)
    assert entities.get("/reconcile/extend/propose?limit=x").status_code == 400
