"""The strategy's own data: units are found by their codes, measures by their numbers, and only what people look for."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

BASE = "https://w3id.org/nbkg/id/"


def _ids(client: FlaskClient, **query: object) -> list[tuple[str, bool]]:
    answer = client.post("/reconcile", data={"queries": json.dumps({"q": query})}).get_json()
    return [(one["id"].removeprefix(BASE), one["match"]) for one in answer["q"]["result"]]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("TK", "unit/tk"),
        ("tk", "unit/tk"),
        ("tiltak 14", "measure/2020-2025/14"),
        ("Tiltak nr. 14", "measure/2020-2025/14"),
        ("measure 14", "measure/2020-2025/14"),
        ("Tiltak: 14", "measure/2020-2025/14"),
    ],
)
def test_codes_and_numbers_find_what_they_are_of(client: FlaskClient, text: str, key: str) -> None:
    assert _ids(client, query=text)[0] == (key, True)


@pytest.mark.parametrize("text", ["tiltak 999", "enhet 14", "14 tiltak", "banan 14"])
def test_a_number_of_nothing_finds_nothing(client: FlaskClient, text: str) -> None:
    assert not any(is_match for _, is_match in _ids(client, query=text))


def test_a_type_that_the_query_demands_is_kept(client: FlaskClient) -> None:
    assert _ids(client, query="tiltak 14", type="nbkg:Unit") == []


def test_what_only_explains_others_is_no_type_to_choose(client: FlaskClient) -> None:
    types = {one["id"] for one in client.get("/reconcile").get_json()["defaultTypes"]}
    assert "nbkg:Measure" in types
    assert not {"sssom:Mapping", "sh:SPARQLExecutable", "nbkg:LinkConflict"} & types


@pytest.mark.parametrize("path", ["match", "extend", "1.0/match", "1.0/extend"])
def test_what_is_asked_by_post_says_so(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/reconcile/{path}")
    assert (answer.status_code, "POST" in answer.headers["Allow"]) == (405, True)
