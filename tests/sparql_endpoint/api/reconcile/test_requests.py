"""How clients call: the requests of case rc09 and their siblings. Every answer, also an error, is open to scripts."""

from __future__ import annotations

import json
from io import BytesIO
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sparql_endpoint.application import protocols

VIK = '{"q0":{"query":"Vik"}}'
OYEN = {"https://w3id.org/nbkg/id/agent/noraf-99902001", "https://w3id.org/nbkg/id/agent/noraf-99902002"}


@pytest.fixture(autouse=True)
def _all_is_open_to_scripts(entities: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check each answer that a test gets."""
    send = entities.open

    def checked(*arguments: object, **more: object) -> TestResponse:
        answer: TestResponse = send(*arguments, **more)  # type: ignore[arg-type]  # as it came
        assert answer.headers["Access-Control-Allow-Origin"] == "*", answer.request.path
        assert answer.status_code < 500, answer.text
        return answer

    monkeypatch.setattr(entities, "open", checked)


def _names(answer: TestResponse) -> set[str]:
    return {candidate["id"] for candidate in json.loads(answer.data)["q0"]["result"]}


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/"])
def test_without_parameters_there_is_the_manifest(entities: FlaskClient, path: str) -> None:
    answer = entities.get(path)
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert json.loads(answer.data)["versions"] == ["0.1", "0.2", "1.0-draft"]


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/"])
def test_a_batch_by_get_is_answered(entities: FlaskClient, path: str) -> None:
    assert _names(entities.get(path, query_string={"queries": VIK}))


@pytest.mark.parametrize("query", ["Vik", '{"query": "Vik"}', '{"query": "Vik", "limit": 2}'])
def test_a_single_query_of_version_0_1_is_answered(entities: FlaskClient, query: str) -> None:
    for answer in (
        entities.get("/reconcile", query_string={"query": query}),
        entities.post("/reconcile", data={"query": query}),
    ):
        assert {"https://w3id.org/nbkg/id/work/vik"} <= {one["id"] for one in json.loads(answer.data)["result"]}


def test_a_callback_is_a_name_and_exactly_that(entities: FlaskClient) -> None:
    answer = entities.get("/reconcile", query_string={"callback": "jQuery1_2", "queries": "{}"})
    assert (answer.text, answer.mimetype) == ("/**/jQuery1_2({});\n", "application/javascript")
    assert entities.get("/reconcile?callback=a.b$c").text.startswith('/**/a.b$c({"versions":')


@pytest.mark.parametrize(
    "path", ["/reconcile", "/reconcile/suggest/type", "/reconcile/flyout/type", "/reconcile/extend/propose"]
)
@pytest.mark.parametrize("callback", ["alert(1)//", "<script>", "a;b", "a b", "1a", "a" * 200, "æ", "a..b"])
def test_anything_else_is_no_callback_and_never_repeated(entities: FlaskClient, path: str, callback: str) -> None:
    answer = entities.get(path, query_string={"callback": callback})
    assert answer.status_code == 400
    assert callback not in json.loads(answer.data)["detail"]


def test_a_form_is_utf_8_unless_it_says_latin_1(entities: FlaskClient) -> None:
    form, latin = (
        "application/x-www-form-urlencoded",
        "queries=%7B%22q0%22%3A%7B%22query%22%3A%22%D8yen%2C+%C5se%22%7D%7D",
    )
    utf_8 = "queries=" + quote('{"q0":{"query":"Øyen, Åse"}}')
    for charset in ("ISO-8859-1", '"iso-8859-1"', "latin1", "windows-1252"):
        assert _names(entities.post("/reconcile", data=latin, content_type=f"{form}; charset={charset}")) >= OYEN
    for content_type in (form, f"{form}; charset=UTF-8", f"{form};charset=utf8"):
        assert _names(entities.post("/reconcile", data=utf_8, content_type=content_type)) >= OYEN
    refused = entities.post("/reconcile", data=latin, content_type=form)
    assert (refused.status_code, "ISO-8859-1" in refused.text) == (400, True)
    assert entities.post("/reconcile", data=utf_8, content_type=f"{form}; charset=utf-16").status_code == 415
    assert entities.get("/reconcile?queries=%7B%22q0%22%3A%7B%22query%22%3A%22%D8yen%22%7D%7D").status_code == 400


def test_a_form_in_parts_is_read_as_well(entities: FlaskClient) -> None:
    assert _names(entities.post("/reconcile", data={"queries": VIK}, content_type="multipart/form-data"))
    file = {"queries": (BytesIO(VIK.encode()), "queries.json")}
    assert _names(entities.post("/reconcile", data=file, content_type="multipart/form-data"))


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/sparql-query"])
def test_another_body_is_told_what_is_expected(entities: FlaskClient, content_type: str) -> None:
    answer = entities.post("/reconcile", data=VIK, content_type=content_type)
    assert (answer.status_code, "queries" in json.loads(answer.data)["detail"]) == (415, True)


@pytest.mark.parametrize(
    "path", ["/reconcile", "/reconcile/match", "/reconcile/suggest/entity", "/reconcile/preview", "/reconcile/1.0"]
)
def test_a_preflight_is_answered_everywhere(entities: FlaskClient, path: str) -> None:
    headers = {"Origin": "http://openrefine.example", "Access-Control-Request-Method": "POST"}
    answer = entities.options(path, headers=headers)
    assert answer.status_code in (200, 204)
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "batch",
    ["[]", "{", '"x"', "", "null", "5", "[" * 90_000, '{"q0":' * 90_000, '{"q": NaN}', '{"q": 1e5000, "r": -Infinity}',
     "\ufeff", '{"q0": {"query": "x"}} {"q1": {"query": "y"}}', '{"q": ' + "9" * 10_000 + "}"],
)  # fmt: skip
def test_what_is_no_batch_is_refused_in_words(entities: FlaskClient, batch: str) -> None:
    for answer in (
        entities.get("/reconcile", query_string={"queries": batch[:2000]}),
        entities.post("/reconcile", data={"queries": batch}),
    ):
        assert answer.status_code == 400
        assert json.loads(answer.data)["detail"].startswith("queries: ")


def test_a_number_that_is_large_is_a_number(entities: FlaskClient) -> None:
    answer = entities.post(
        "/reconcile", data={"queries": '{"q0": {"query": "Vik", "limit": 1e300}, "q1": {"query": 1e400}}'}
    )
    assert set(json.loads(answer.data)) == {"q0", "q1"}


def test_a_batch_may_be_empty_and_not_too_large(entities: FlaskClient) -> None:
    assert json.loads(entities.post("/reconcile", data={"queries": "{}"}).data) == {}
    batch = json.dumps({f"q{number}": {"query": "x"} for number in range(10_000)})
    answer = entities.post("/reconcile", data={"queries": batch})
    assert (answer.status_code, "1000" in json.loads(answer.data)["detail"]) == (413, True)
    several = json.dumps({"queries": [{"conditions": [{"matchType": "name", "propertyValue": "x"}]}] * 10_000})
    assert entities.post("/reconcile/match", data=several, content_type="application/json").status_code == 413
    many = json.dumps({"ids": ["urn:x"] * 10_000, "properties": [{"id": "x"}]})
    assert entities.post("/reconcile", data={"extend": many}).status_code == 413


@pytest.mark.parametrize(
    "name",
    [
        "*" * 1000,
        "?*" * 500,
        "%" * 900,
        "' OR 1=1 --",
        '"}) { ?s ?p ?o }',
        "\x00",
        "\ud800",
        "a\u0301" * 500,
        "((((" * 200,
        "NEAR(a b)",
    ],
)
def test_no_text_does_more_than_be_compared(entities: FlaskClient, name: str) -> None:
    batch = json.dumps(
        {
            "q0": {"query": name},
            "q1": {"query": "Vik, Tor Sverre"},
            "q2": {"query": "x", "type": name},
            "q3": {"query": "Vik", "properties": [{"pid": name, "v": name}]},
        }
    )
    answers = json.loads(entities.post("/reconcile", data={"queries": batch}).data)
    assert answers["q1"]["result"][0]["match"]
    for kind in ("entity", "type", "property"):
        assert entities.get(
            f"/reconcile/suggest/{kind}", query_string={"prefix": name.replace("\ud800", "")}
        ).status_code in (200, 400)


def test_a_post_that_asks_nothing_is_told_so(entities: FlaskClient) -> None:
    answer = entities.post("/reconcile", data={"quries": VIK})
    assert (answer.status_code, "queries" in json.loads(answer.data)["detail"]) == (400, True)


def test_other_methods_are_named_with_those_there_are(entities: FlaskClient) -> None:
    assert entities.put("/reconcile", data=VIK).status_code == 405
    assert entities.get("/reconcile/nothing").status_code == 404


def test_requests_count_as_queries_of_their_client(entities: FlaskClient) -> None:
    limited = protocols(entities.application).limited
    assert {"/reconcile", "/reconcile/match", "/reconcile/extend", "/sparql"} <= {*limited}


def test_the_language_is_chosen_by_the_client(entities: FlaskClient) -> None:
    names = {"nb": "Oppdiktede autoriteter", "nn": "Oppdikta autoritetar", "en": "Invented authorities"}
    for language, name in names.items():
        for answer in (
            entities.get("/reconcile", headers={"Accept-Language": f"{language}, x;q=0.1"}),
            entities.get(f"/reconcile?lang={language}"),
            entities.get(f"/reconcile/1.0?lang={language}"),
        ):
            assert json.loads(answer.data)["name"] == name
            assert answer.headers["Content-Language"] == language
            assert "Accept-Language" in answer.headers["Vary"]
    answer = entities.post("/reconcile?lang=en", data={"queries": '{"q0": {"query": "Vik, Tor Sverre", "limit": 1}}'})
    assert json.loads(answer.data)["q0"]["result"][0]["description"] == "Invented poet."
