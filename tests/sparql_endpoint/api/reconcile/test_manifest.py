"""The manifest, suggestions, flyouts, previews and the page, and matching in version 1.0-draft."""

from __future__ import annotations

import json

import html5lib
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from nbkg.matching.comparison import PENALTIES
from sparql_endpoint.api.reconcile.feature_names import documented_features, feature_name
from sparql_endpoint.words import words

ID = "https://w3id.org/nbkg/id/"
VIK = f"{ID}agent/noraf-99902003"


def test_the_manifest_is_made_of_the_data(entities: FlaskClient) -> None:
    manifest = json.loads(entities.get("/reconcile?lang=en").data)
    assert manifest["name"] == "Invented authorities"
    assert manifest["identifierSpace"] == "https://w3id.org/nbkg/"
    assert manifest["defaultTypes"] == [
        {"id": "bf:Person", "name": "person"},
        {"id": "bf:Hub", "name": "work"},
        {"id": "bf:Organization", "name": "organisation"},
    ]
    assert manifest["view"] == {"url": "http://localhost/resource?iri={{id}}&lang=en"}
    assert manifest["preview"]["url"] == "http://localhost/reconcile/preview?id={{id}}&lang=en"
    assert {setting["name"]: setting["default"] for setting in manifest["extend"]["property_settings"]} == {
        "limit": 0,
        "content": "entity",
        "texts": "best",
    }


def test_the_addresses_of_the_manifest_lead_somewhere(entities: FlaskClient) -> None:
    manifest = json.loads(entities.get("/reconcile").data)
    here = "http://localhost"
    with entities.get(manifest["logo"].removeprefix(here)) as logo:
        assert logo.mimetype == "image/svg+xml"
    assert entities.get(manifest["view"]["url"].removeprefix(here).replace("{{id}}", VIK)).status_code in (200, 303)
    assert (
        entities.get(manifest["documentation"].removeprefix(here), headers={"Accept": "text/html"}).status_code == 200
    )
    for kind, id_ in (("entity", VIK), ("type", "bf:Person"), ("property", "case:author")):
        part = manifest["suggest"][kind]
        path = part["flyout_service_url"].removeprefix(here) + part["flyout_service_path"].replace("${id}", id_)
        flyout = json.loads(entities.get(path).data)
        assert (flyout["id"], flyout["html"].startswith("<p><strong>")) == (id_, True)


@pytest.mark.parametrize(
    "accept",
    [
        "application/reconciliation.v1+json",
        "application/json;version=1.0-draft",
        'application/json; version="1.0", */*;q=0.1',
    ],
)
def test_accept_chooses_the_manifest_of_version_1_0(entities: FlaskClient, accept: str) -> None:
    answer = entities.get("/reconcile", headers={"Accept": accept})
    manifest = json.loads(answer.data)
    assert manifest == {**json.loads(entities.get("/reconcile/1.0").data)}
    assert answer.mimetype == accept.partition(";")[0]
    assert (manifest["suggest"]["entity"], manifest["standardizedScore"], "identifierSpace" in manifest) == (
        True,
        True,
        False,
    )
    assert manifest["view"]["url"] == "http://localhost/resource?iri={id}"


@pytest.mark.parametrize(
    "accept",
    ["*/*", "application/json", "application/json, text/javascript, */*; q=0.01", "text/javascript, */*; q=0.01", ""],
)
def test_all_other_programs_get_that_of_version_0_2(entities: FlaskClient, accept: str) -> None:
    assert "identifierSpace" in json.loads(entities.get("/reconcile", headers={"Accept": accept}).data)


def test_a_format_that_is_not_there_is_not_acceptable(entities: FlaskClient) -> None:
    assert entities.get("/reconcile", headers={"Accept": "text/turtle"}).status_code == 406


def test_version_1_0_matches_names_ids_and_properties(entities: FlaskClient) -> None:
    def conditions(*several: tuple[str, object]) -> dict[str, object]:
        return {"conditions": [{"matchType": kind, "propertyValue": value} for kind, value in several]}

    author = {"matchType": "property", "propertyId": "author", "propertyValue": {"id": VIK}}
    queries = [
        conditions(("name", "Vik, Tor Sverre")),
        conditions(("id", "noraf-99902003")),
        conditions(("id", "noraf-99902003"), ("name", "Øyen, Åse")),
        {"conditions": [author]},
        {"conditions": [{"matchType": "name", "propertyValue": "Fjorden: en beretning"}, {**author, "required": True}]},
        {"conditions": [{"matchType": "name", "propertyValue": "Vik"}, {**author, "required": True}], "type": "bf:Hub"},
        {
            "conditions": [{"matchType": "name", "propertyValue": "Vik"}, {**author, "matchQuantifier": "none"}],
            "type": "bf:Hub",
        },
        {"conditions": []},
        {"conditions": [{"matchType": "shape", "propertyValue": "x"}]},
        {"conditions": [{"matchType": "property", "propertyValue": "x"}]},
        5,
    ]
    body = json.dumps({"queries": queries})
    results = json.loads(entities.post("/reconcile/match", data=body, content_type="application/json").data)["results"]
    best = [
        (one["candidates"][0]["id"].removeprefix(ID), one["candidates"][0]["match"]) if one["candidates"] else None
        for one in results
    ]
    assert best[:4] == [
        ("agent/noraf-99902003", True),
        ("agent/noraf-99902003", True),
        ("agent/noraf-99902003", False),
        ("work/fjord", True),
    ]
    assert best[4] is not None
    assert best[4][0] == "work/fjord"
    assert best[5:] == [None, ("work/vik", True), None, None, None, None]
    assert all(one["error"] for one in results[7:])
    feature = next(one for one in results[4]["candidates"][0]["features"] if one["id"] == "property:author")
    assert feature == {"id": "property:author", "value": True, "name": "Egenskapen stemmer: author"}


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"{}", b'{"queries": {}}', b"\xff", b"", b"[" * 50_000])
def test_what_is_no_batch_of_version_1_0_is_refused(entities: FlaskClient, body: bytes) -> None:
    answer = entities.post("/reconcile/1.0/match", data=body, content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def _suggested(entities: FlaskClient, kind: str, **arguments: str) -> list[str]:
    answer = entities.get(f"/reconcile/suggest/{kind}", query_string=arguments)
    return [one["id"].removeprefix(ID) for one in json.loads(answer.data)["result"]]


def test_entities_are_suggested_by_the_beginning_of_any_word(entities: FlaskClient) -> None:
    assert _suggested(entities, "entity", prefix="Tor Sv")[:1] == ["agent/noraf-99902003"]
    assert _suggested(entities, "entity", prefix="kystk") == ["agent/noraf-99902006"]
    assert _suggested(entities, "entity", prefix=VIK) == ["agent/noraf-99902003"]
    assert _suggested(entities, "entity", prefix="noraf-99902003") == ["agent/noraf-99902003"]
    assert _suggested(entities, "entity", prefix="noraf-99902013") == ["agent/noraf-99902003"]
    assert _suggested(entities, "entity", prefix="Vik", type="work") == ["work/vik"]
    assert _suggested(entities, "entity", prefix="zzqx") == []
    assert _suggested(entities, "entity") == []


def test_suggestions_are_skipped_by_cursor_and_offset(entities: FlaskClient) -> None:
    every = _suggested(entities, "entity", prefix="Vik")
    assert len(every) >= 4
    assert _suggested(entities, "entity", prefix="Vik", cursor="1", limit="2") == every[1:3]
    assert _suggested(entities, "entity", prefix="Vik", offset="3") == every[3:]
    for wrong in ({"cursor": "-1"}, {"cursor": "x"}, {"limit": "1e99"}):
        assert entities.get("/reconcile/suggest/entity", query_string={"prefix": "a", **wrong}).status_code == 400


def test_types_and_properties_are_suggested_by_name_or_id(entities: FlaskClient) -> None:
    types = json.loads(entities.get("/reconcile/suggest/type?prefix=org&lang=en").data)["result"]
    broader = [{"id": "bf:Agent", "name": "agent"}]
    note = "A body of people."
    assert types == [{"id": "bf:Organization", "name": "organisation", "description": note, "broader": broader}]
    assert _suggested(entities, "type", prefix="bf:Pers") == ["bf:Person"]
    assert _suggested(entities, "type") == ["bf:Person", "bf:Hub", "bf:Organization"]
    assert _suggested(entities, "property", prefix="skrev") == ["case:wroteWith"]
    assert _suggested(entities, "property", prefix="https://example.org/case#author") == ["case:author"]
    assert _suggested(entities, "property", prefix="medlemmer") == ["case:members"]
    assert _suggested(entities, "property", prefix="ve", type="bf:Organization") == ["case:weight"]
    assert _suggested(entities, "property", prefix="via") == ["viaf"]


def test_a_preview_is_a_page_that_a_client_may_frame(entities: FlaskClient) -> None:
    for language, word in (("nb", "Oppdiktet dikter."), ("en", "Invented poet.")):
        answer = entities.get("/reconcile/preview", query_string={"id": VIK, "lang": language})
        html5lib.HTMLParser(strict=True).parse(answer.text)
        page = BeautifulSoup(answer.text, "html.parser")
        assert (page.h1.text, page.html["lang"], word in answer.text) == ("Vik, Tor Sverre", language, True)  # type: ignore[union-attr, index]  # it has both
        assert page.find("script") is None
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "X-Frame-Options" not in answer.headers
    rows = {dt.text: dt.find_next("dd").text for dt in page.select("dt")}  # type: ignore[union-attr]  # each has one
    assert rows["Time"] == "1931 – 2009"
    assert {"99902003", "99900301"} <= {*rows.values()}
    merged = entities.get("/reconcile/preview", query_string={"id": "noraf-99902013"})
    assert "Vik, Tor Sverre" in merged.text
    unknown = entities.get("/reconcile/preview?id=<script>alert(1)</script>")
    assert (unknown.status_code, "<script>" in unknown.text) == (404, False)
    assert "frame-ancestors *" in unknown.headers["Content-Security-Policy"]


def test_a_flyout_of_nothing_is_not_found(entities: FlaskClient) -> None:
    assert entities.get("/reconcile/flyout/entity?id=urn:x").status_code == 404
    assert entities.get("/reconcile/flyout/type").status_code == 404


def test_the_page_explains_and_tries_a_name_without_scripts(entities: FlaskClient) -> None:
    for language in ("nb", "nn", "en"):
        headers = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        answer = entities.get(f"/reconcile?lang={language}&name=Vik, Tor Sverre&type=bf:Person", headers=headers)
        html5lib.HTMLParser(strict=True).parse(answer.text)
        page = BeautifulSoup(answer.text, "html.parser")
        assert words()["reconcile_matched"][language] in page.text
        rows = page.select("tbody tr")
        assert rows[0].th.a.text == "Vik, Tor Sverre"  # type: ignore[union-attr]  # it has both
        assert not page.find_all("script")


def test_every_feature_of_the_matcher_has_a_name_and_an_explanation(entities: FlaskClient) -> None:
    features = {feature for feature, _, _ in documented_features()}
    assert features >= {*PENALTIES, "identifier", "variant", "years-agree", "undifferentiated", "other-name"}
    for language in ("nb", "nn", "en"):
        page = BeautifulSoup(
            entities.get(f"/reconcile?lang={language}", headers={"Accept": "text/html"}).text, "html.parser"
        )
        assert features <= {dt["id"] for dt in page.select("dt[id]")}
        assert all(feature_name(feature, language) != feature for feature in features)


def test_the_page_says_what_was_wrong_and_where_nothing_is_like_it(entities: FlaskClient) -> None:
    page = entities.get("/reconcile?name=zzqx&lang=en", headers={"Accept": "text/html"}).text
    assert words()["reconcile_nothing"]["en"] in page
    assert "no type" in entities.get("/reconcile?name=Vik&type=nope", headers={"Accept": "text/html"}).text
