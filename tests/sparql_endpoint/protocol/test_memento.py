"""Earlier releases stay queryable: `/sparql?as-of=…`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from tests.sparql_endpoint.kept_versions import keeping
from tests.sparql_endpoint.serving import TOKEN, Server, served

NAMES = ("2026-01-01", "2026-02-01", "2026-02-01.2", "2026-02-01.10")
QUERY = "SELECT ?o { <urn:a> <urn:p> ?o }"
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s . ?t ?u ?v }"
_MANY = "".join(f"<urn:m{number}> <urn:q> <urn:x> <urn:g> .\n" for number in range(2000))


def _statement(value: str) -> str:
    return f'<urn:a> <urn:p> "{value}" <urn:g> .\n<urn:a> <urn:p> "{value}" <urn:h> .\n'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {name: _statement(name) + _MANY for name in NAMES} | {"now": _statement("now")}
    return keeping(tmp_path_factory.mktemp("as-of") / "store", texts)


@pytest.fixture(scope="module")
def client(store: Path) -> FlaskClient:
    return create_app(Settings(store=str(store), workers=0)).test_client()


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    with served(str(store), "--time-limit", "2", "--workers", "2") as running_server:
        yield running_server


WHEN = {
    "2026-01-01": "2026-01-01",
    "2026-01-31": "2026-01-01",
    "2026-02-01": "2026-02-01",
    "2026-02-01.2": "2026-02-01.2",
    "2026-02-02": "2026-02-01.10",
    "2030-01-01": "2026-02-01.10",
    "": "now",
}
"""Date to the release that answers: a name is itself, else the newest at or before the date, .10 after .2."""


@pytest.mark.parametrize("when", WHEN)
def test_the_newest_release_at_or_before_a_date_answers(when: str, client: FlaskClient) -> None:
    query = {"query": QUERY, "as-of": when}
    answers = [
        client.get("/sparql", query_string=query),
        client.post("/sparql", data=query),
        client.post(
            f"/sparql?{urlencode({'as-of': when})}", data=QUERY, headers={"Content-Type": "application/sparql-query"}
        ),
    ]
    for answer in answers:
        values = [row["o"]["value"] for row in json.loads(answer.data)["results"]["bindings"]]
        assert values == [WHEN[when]], answer
    assert len({answer.headers["Data-Version"] for answer in answers}) == 1


def test_a_triple_of_two_graphs_counts_once(client: FlaskClient) -> None:
    counts = "SELECT (COUNT(*) AS ?n) { <urn:a> ?p ?o }"
    answer = client.get(
        "/sparql", query_string={"query": counts, "as-of": "2026-01-01"}, headers={"Accept": "text/csv"}
    )
    assert answer.text.split() == ["n", "1"]


@pytest.mark.parametrize(
    ("accept", "text"),
    [
        ("text/csv", QUERY),
        ("application/sparql-results+xml", QUERY),
        ("text/turtle", "DESCRIBE <urn:a>"),
        ("text/html", QUERY),
    ],
)
def test_all_formats(accept: str, text: str, client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": text, "as-of": "2026-01-01"}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.mimetype == accept
    assert "2026-01-01" in answer.text


def test_an_answer_tells_which_release_it_is_of(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": QUERY, "as-of": "2026-01-15"})
    now = client.get("/sparql", query_string={"query": QUERY})
    assert answer.headers["Memento-Datetime"] == "Thu, 01 Jan 2026 00:00:00 GMT"
    assert f'<?{urlencode({"query": QUERY})}>; rel="original"' in answer.headers.getlist("Link")
    assert answer.headers["Data-Version"] == f"1-{'1' * 16}"
    assert now.headers["Data-Version"] == f"5-{'5' * 16}"
    assert "Memento-Datetime" not in now.headers
    assert answer.headers["ETag"] != now.headers["ETag"]


def test_a_client_that_has_the_answer_is_told_so(client: FlaskClient) -> None:
    query = {"query": QUERY, "as-of": "2026-01-15"}
    tag = client.get("/sparql", query_string=query).headers["ETag"]
    again = client.get("/sparql", query_string=query, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["Memento-Datetime"]) == (304, "Thu, 01 Jan 2026 00:00:00 GMT")
    assert client.get("/sparql", query_string={"query": QUERY}, headers={"If-None-Match": tag}).status_code == 200


WRONG = {
    "older than all": ("2025-12-31", 404),
    "no date": ("yesterday", 400),
    "no such day": ("2026-02-30", 400),
    "another release": ("2026-02-01.3", 400),
    "a path": ("../versions/1", 400),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_cannot_be_asked(kind: str, client: FlaskClient) -> None:
    """The answer lists what can."""
    when, status = WRONG[kind]
    answer = client.get("/sparql", query_string={"query": QUERY, "as-of": when})
    assert answer.status_code == status
    assert all(name in json.loads(answer.data)["detail"] for name in NAMES)


def test_wrong_calls(client: FlaskClient) -> None:
    assert client.get(f"/sparql?as-of=2026-01-01&as-of=2026-02-01&{urlencode({'query': QUERY})}").status_code == 400
    assert client.post("/sparql?as-of=2026-01-01", data={"update": "CLEAR ALL"}).status_code == 400


def test_stores_that_keep_none(tmp_path: Path) -> None:
    for settings in (Settings(store="memory:", workers=0), Settings(store=str(_plain(tmp_path / "x")), workers=0)):
        bare = create_app(settings).test_client()
        answer = bare.get("/sparql", query_string={"query": QUERY, "as-of": "2026-01-01"})
        assert (answer.status_code, "none" in answer.text or "no releases" in answer.text) == (404, True)
        assert json.loads(bare.get("/releases").data) == {"releases": []}


def _plain(folder: Path) -> Path:
    ox.Store(str(folder)).flush()
    return folder


def test_the_service_description_and_the_list_tell_the_releases(client: FlaskClient) -> None:
    described = client.get("/sparql", headers={"Accept": "application/n-triples"}).text
    assert '"as-of"' in described
    assert all(f'"{name}"' in described for name in NAMES)
    listed = json.loads(client.get("/releases").data)["releases"]
    assert [one["release"] for one in listed] == list(reversed(NAMES))
    assert listed[0]["sparql"].endswith("/sparql?as-of=2026-02-01.10")


def test_the_form_offers_them(client: FlaskClient) -> None:
    page = client.get(
        "/sparql", query_string={"query": QUERY, "as-of": "2026-01-01"}, headers={"Accept": "text/html"}
    ).text
    assert "<option selected>2026-01-01</option>" in page
    assert "as-of=2026-01-01&amp;format=csv" in page


def test_a_release_that_comes_later_is_seen(tmp_path: Path) -> None:
    """Also where the data now stays of the same version: nothing of before is answered from what is kept."""
    store = keeping(
        tmp_path / "store",
        {"2026-01-01": _statement("1"), "kept-later": _statement("2"), "now": _statement("now")},
    )
    query = f"/sparql?{urlencode({'query': QUERY, 'as%2Dof': '2026-02-01'})}".replace("as%252Dof", "as%2Dof")
    with served(str(store)) as server:
        for _ in range(2):
            assert server.ask("GET", query, headers={"Accept": "text/csv"})[1].split() == [b"o", b"1"]
        (store / "releases" / "2026-01-15").symlink_to("../versions/2")
        assert server.ask("GET", query, headers={"Accept": "text/csv"})[1].split() == [b"o", b"2"]
        (store / "releases" / "2026-01-15").unlink()
        assert server.ask("GET", query, headers={"Accept": "text/csv"})[1].split() == [b"o", b"1"]


def test_the_quick_way_answers_as_the_application(server: Server, client: FlaskClient) -> None:
    for when in ("2026-01-15", "2026-02-01.2", "2025-01-01", "x"):
        query = f"/sparql?{urlencode({'query': QUERY, 'as-of': when})}"
        for coding in ("", "gzip"):
            headers = {"Accept": "text/csv", "Accept-Encoding": coding}
            got, body = server.ask("GET", query, headers=headers)
            expected = client.get(query, headers=headers)
            assert (got.status, body) == (expected.status_code, expected.data)
            listed = {name.lower(): value for name, value in got.getheaders() if name.lower() != "link"}
            missing = {name.lower() for name, _ in expected.headers} - {"link", "content-length"} - listed.keys()
            assert not missing
            assert sorted(value for name, value in got.getheaders() if name.lower() == "link") == sorted(
                expected.headers.getlist("Link")
            )


def test_limits_hold(server: Server) -> None:
    """A slow query of a release is ended as any other; the server goes on."""
    answer, body = server.ask("GET", f"/sparql?{urlencode({'query': FOREVER, 'as-of': '2026-01-01'})}")
    assert (answer.status, "took too long" in body.decode()) == (503, True)
    query = f"/sparql?{urlencode({'query': QUERY, 'as-of': '2026-01-01'})}"
    assert server.ask("GET", query)[0].status == 200


def test_answers_are_kept(server: Server) -> None:
    query = f"/sparql?{urlencode({'query': QUERY + ' #kept', 'as-of': '2026-01-01'})}"
    bodies = {server.ask("GET", query, headers={"Accept": "text/csv"})[1] for _ in range(3)}
    now = server.ask("GET", f"/sparql?{urlencode({'query': QUERY + ' #kept'})}", headers={"Accept": "text/csv"})[1]
    assert [body.split() for body in bodies] == [[b"o", b"2026-01-01"]]
    assert b"now" in now


def test_a_writable_store_keeps_what_it_held(tmp_path: Path) -> None:
    store = tmp_path / "own"
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with served(str(store), token=TOKEN) as server:
        assert server.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 'before' } }") == 204
        assert server.ask("PUT", "/releases/2026-01-01", headers=headers)[0].status == 201
        assert server.update("DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } }") == 204
        query = f"/sparql?{urlencode({'query': QUERY, 'as-of': '2026-01-01'})}"
        assert b"before" in server.ask("GET", query)[1]
        assert b"before" not in server.ask("GET", f"/sparql?{urlencode({'query': QUERY})}")[1]
        assert server.ask("PUT", "/releases/2026-01-01", headers=headers)[0].status == 409
        assert server.ask("PUT", "/releases/yesterday", headers=headers)[0].status == 400
        assert server.ask("PUT", "/releases/2026-01-02")[0].status == 401
    shutil.rmtree(store)


def test_a_built_store_takes_no_release_over_http(store: Path) -> None:
    client = create_app(Settings(store=str(store), workers=0)).test_client()
    assert client.put("/releases/2026-03-01").status_code == 403
