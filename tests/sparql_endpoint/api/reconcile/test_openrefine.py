"""The requests that OpenRefine makes, as its own code of August 2026 writes them.

`HttpClient.postNameValue` posts one field in UTF-8 without an Accept header; the dialogs ask by jQuery, first for JSON
and then by JSONP; ids of types and entities go into addresses as they are (`encodeURI`), so that `#` would end them.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FORM = "application/x-www-form-urlencoded; charset=UTF-8"
JQUERY = {"Accept": "application/json, text/javascript, */*; q=0.01", "Origin": "http://127.0.0.1:3333"}
JSONP = {
    "Accept": "text/javascript, application/javascript, application/ecmascript, application/x-ecmascript, */*; q=0.01"
}
UNRESERVED = "!#$&'()*+,/:;=?@-._~"
"""What JavaScript's encodeURI leaves as it is, besides letters and digits."""
VIK = "https://w3id.org/nbkg/id/agent/noraf-99902003"


def _encode_uri(text: str) -> str:
    return quote(text, safe=UNRESERVED)


@pytest.fixture
def manifest(entities: FlaskClient) -> dict[str, Any]:
    """The manifest as "Add standard service" fetches it."""
    answer = entities.get("/reconcile", headers=JQUERY)
    registered: dict[str, Any] = json.loads(answer.data)
    return registered


def _post(entities: FlaskClient, name: str, value: object) -> dict[str, Any]:
    body = urlencode({name: json.dumps(value, ensure_ascii=False)})
    answer = entities.post("/reconcile", data=body, content_type=FORM)
    assert answer.status_code == 200, answer.text
    parsed: dict[str, Any] = json.loads(answer.data)
    return parsed


def _get(entities: FlaskClient, address: str, headers: dict[str, str] = JQUERY) -> TestResponse:
    """Send what a browser sends of an address: all but the fragment."""
    parts = urlsplit(address)
    assert parts.netloc == "localhost"
    return entities.get(f"{parts.path}?{parts.query}", headers=headers)


def test_a_service_is_registered_by_json_or_by_jsonp(entities: FlaskClient) -> None:
    assert entities.get("/reconcile", headers=JQUERY).mimetype == "application/json"
    name = "jQuery35106612345_1700000000000"
    answer = entities.get(f"/reconcile?callback={name}&_=1700000000001", headers=JSONP)
    assert answer.text.startswith(f"/**/{name}({{")


def test_types_are_guessed_from_ten_cells(entities: FlaskClient, manifest: dict[str, Any]) -> None:
    """GuessTypesOfColumnCommand counts the types of the first three candidates of each cell, the first type most."""
    cells = ["Vik, Tor Sverre", "Øyen, Åse", "Dahl, Pål", "Finnes ikke"]
    answers = _post(
        entities, "queries", {f"q{number}": {"query": cell, "limit": 3} for number, cell in enumerate(cells)}
    )
    types = [one["type"][0] for answer in answers.values() for one in answer["result"]]
    assert types
    assert all(one == {"id": "bf:Person", "name": "person"} for one in types)
    assert {one["id"] for one in manifest["defaultTypes"]} >= {one["id"] for one in types}


def test_a_column_is_reconciled_with_a_type_and_other_columns(entities: FlaskClient) -> None:
    """StandardReconConfig: the type is always "should"; a reconciled cell is a value with id and name."""
    person = {"type": "bf:Person", "type_strict": "should"}
    born = [{"pid": "schema:birthDate", "v": "1921"}]
    author = [{"pid": "case:author", "v": {"id": VIK, "name": "Vik, Tor Sverre"}}]
    answers = _post(
        entities,
        "queries",
        {
            "q0": {"query": "Øyen, Åse", **person, "properties": born, "limit": 5},
            "q1": {"query": "Fjorden", "type": "bf:Hub", "type_strict": "should", "properties": author},
            "q2": {"query": "Finnes, Ikke", **person},
        },
    )
    assert set(answers) == {"q0", "q1", "q2"}
    assert all(isinstance(answer["result"], list) for answer in answers.values())
    first = answers["q0"]["result"][0]
    assert (first["id"], first["match"], first["score"]) == (
        "https://w3id.org/nbkg/id/agent/noraf-99902001",
        True,
        100.0,
    )
    assert answers["q1"]["result"][0]["id"] == "https://w3id.org/nbkg/id/work/fjord"
    assert answers["q2"]["result"] == []


def test_a_candidate_is_previewed_and_linked(entities: FlaskClient, manifest: dict[str, Any]) -> None:
    """recon-renderer.js: encodeURI(url.replace("{{id}}", id)); the column of URLs escapes the id."""
    for field in ("preview", "view"):
        template = manifest[field]["url"]
        for address in (_encode_uri(template.replace("{{id}}", VIK)), template.replace("{{id}}", quote(VIK, safe=""))):
            answer = _get(entities, address, {"Accept": "text/html,*/*;q=0.8"})
            assert answer.status_code in (200, 303), address


def test_the_dialogs_complete_types_properties_and_entities(entities: FlaskClient, manifest: dict[str, Any]) -> None:
    """suggest-4_3a.js asks at service_url + service_path, with the prefix, and reads id, name and description."""
    for kind, prefix, first in (
        ("type", "pers", "bf:Person"),
        ("property", "forf", "case:author"),
        ("entity", "vik, tor s", VIK),
    ):
        part = manifest["suggest"][kind]
        address = f"{part['service_url']}{part['service_path']}?{urlencode({'prefix': prefix})}"
        results = json.loads(_get(entities, address).data)["result"]
        assert results[0]["id"] == first
        assert results[0]["name"]
        more = _get(entities, f"{address}&callback=jQuery1_2&_=3", JSONP)
        assert more.text.startswith('/**/jQuery1_2({"result": [')


def test_columns_are_added_from_the_service(entities: FlaskClient, manifest: dict[str, Any]) -> None:
    """add-column-by-reconciliation.js puts the type into the address as it is; a ReconciledDataExtensionJob follows."""
    propose = manifest["extend"]["propose_properties"]
    address = f"{propose['service_url']}{propose['service_path']}?type=bf:Person"
    proposed = {one["id"]: one["name"] for one in json.loads(_get(entities, address).data)["properties"]}
    assert {"schema:birthDate", "noraf"} <= set(proposed)
    properties = [{"id": "schema:birthDate"}, {"id": "noraf", "settings": {"limit": "1", "content": "id"}}]
    answer = _post(
        entities, "extend", {"ids": [VIK, "https://w3id.org/nbkg/id/agent/noraf-99902013"], "properties": properties}
    )
    assert [one["id"] for one in answer["meta"]] == ["schema:birthDate", "noraf"]
    assert set(answer["rows"]) == {VIK, "https://w3id.org/nbkg/id/agent/noraf-99902013"}
    for row in answer["rows"].values():
        assert row["schema:birthDate"] == [{"str": "1931"}]
        assert len(row["noraf"]) == 1


def test_ids_of_types_and_properties_hold_nothing_that_ends_an_address(manifest: dict[str, Any]) -> None:
    assert not [one["id"] for one in manifest["defaultTypes"] if {"#", "&", "?", "%"} & {*one["id"]}]
