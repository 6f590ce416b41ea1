"""The difference of one thing between two versions: a page, RDF Patch, JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from tests.sparql_endpoint.kept_versions import keeping

_A, _P = "https://w3id.org/nbkg/id/a", "https://w3id.org/nbkg/ns#p"
_OLD = (
    f'<{_A}> <{_P}> "old"@nb <urn:g> .\n<{_A}> <{_P}> "kept" <urn:g> .\n'
    f'<{_A}> <urn:q> _:x <urn:g> .\n_:x <urn:r> "1" <urn:g> .\n'
)
_NEW = _OLD.replace('"old"@nb', '"<script>new"@nb').replace("_:x", "_:other") + f"<{_A}> <urn:q> <urn:o> <urn:h> .\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    versions = {"2026-01-01": _OLD, "2026-02-01": _NEW, "now": _NEW.replace('"1"', '"2"')}
    store = keeping(tmp_path_factory.mktemp("difference") / "store", versions)
    return create_app(Settings(store=str(store), workers=0)).test_client()


def _json(client: FlaskClient, **asked: str) -> tuple[list[str], list[str]]:
    answer = client.get("/difference", query_string={"iri": _A, "format": "json", **asked})
    told = json.loads(answer.data)
    return told["removed"], told["added"]


def test_what_went_and_what_came(client: FlaskClient) -> None:
    removed, added = _json(client, **{"from": "2026-01-01", "to": "2026-02-01"})
    assert removed == [f'<{_A}> <{_P}> "old"@nb <urn:g> .']
    assert sorted(added) == sorted([f'<{_A}> <{_P}> "<script>new"@nb <urn:g> .', f"<{_A}> <urn:q> <urn:o> <urn:h> ."])


def test_labels_of_unnamed_nodes_do_not_matter_but_what_they_say_does(client: FlaskClient) -> None:
    removed, added = _json(client, **{"from": "2026-02-01"})
    assert [line for line in removed if '"1"' in line]
    assert [line for line in added if '"2"' in line]
    assert _json(client, **{"from": "2026-02-01", "to": "2026-02-15"}) == ([], [])


def test_without_ends_it_is_from_the_oldest_release_to_now(client: FlaskClient) -> None:
    assert _json(client) == _json(client, **{"from": "2026-01-01"})


def test_a_patch(client: FlaskClient) -> None:
    asked = {"iri": _A, "from": "2026-01-01", "to": "2026-02-01"}
    answer = client.get("/difference", query_string=asked, headers={"Accept": "application/rdf-patch"})
    assert answer.mimetype == "application/rdf-patch"
    lines = answer.text.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["TX", "D", "A", "A", "TC"]


@pytest.mark.parametrize(
    ("language", "title"), [("nb", "Hva er endret"), ("nn", "Kva er endra"), ("en", "What has changed")]
)
def test_the_page(language: str, title: str, client: FlaskClient) -> None:
    asked = {"iri": _A, "from": "2026-01-01", "to": "2026-02-01", "lang": language}
    answer = client.get("/difference", query_string=asked, headers={"Accept": "text/html"})
    page = BeautifulSoup(answer.data, "html.parser")
    assert answer.headers["Content-Language"] == language
    assert page.title
    assert page.title.get_text().startswith(title)
    assert [one.get_text().split()[0] for one in page.find_all("del")] == ["old"]
    assert [one.get_text().split()[0] for one in page.find_all("ins")] == ["<script>new", "urn:o"]
    chosen = [one.get_text() for one in page.select("select option[selected]")]
    assert chosen == ["2026-01-01", "2026-02-01"]
    assert page.find("form", attrs={"method": "get"})


def test_the_page_of_a_thing_leads_there(client: FlaskClient) -> None:
    page = client.get("/doc/a", headers={"Accept": "text/html"}).text
    assert "/difference?iri=https%3A%2F%2Fw3id.org%2Fnbkg%2Fid%2Fa" in page or f"/difference?iri={_A}" in page


def test_nothing_changed_is_told(client: FlaskClient) -> None:
    asked = {"iri": _A, "from": "2026-01-01", "to": "2026-01-01", "lang": "en"}
    assert "Nothing has changed." in client.get("/difference", query_string=asked, headers={"Accept": "text/html"}).text


def test_a_client_that_has_it_is_told_so(client: FlaskClient) -> None:
    asked = {"iri": _A, "format": "json"}
    tag = client.get("/difference", query_string=asked).headers["ETag"]
    assert client.get("/difference", query_string=asked, headers={"If-None-Match": tag}).status_code == 304


WRONG = {
    "no IRI": ({}, 400),
    "no date": ({"iri": _A, "from": "x"}, 400),
    "too early": ({"iri": _A, "from": "2020-01-01"}, 404),
    "unknown": ({"iri": "urn:nobody"}, 404),
    "a format": ({"iri": _A, "format": "csv"}, 406),
}


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_calls(kind: str, client: FlaskClient) -> None:
    asked, status = WRONG[kind]
    assert client.get("/difference", query_string=asked).status_code == status


def test_a_store_without_releases(tmp_path: Path) -> None:
    bare = create_app(Settings(store="memory:", workers=0)).test_client()
    assert bare.get("/difference", query_string={"iri": _A}).status_code == 404
