"""Every IRI that a release published answers in every later one: 200, 301 to what took its place, or 410."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import RDFS

from loader.marc.profiles.profile_file import read_profile
from nbkg.records.record import MarcRecord
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store
from tests.loader.authorities.authority_graphs import AuthorityGraphs, write_records
from tests.loader.marc.mapped import authority
from tests.sparql_endpoint.kept_versions import keeping

BASE = "https://w3id.org/nbkg/"
NUMBERS = [f"200000{number}" for number in range(1, 10)] + ["2000010"]


def _name(number: str, name: str, *more: str, status: str = "n") -> MarcRecord:
    leader = f"00000{status}z  a2200000n  4500"
    return authority(f"001 {number}", "005 20240102030405.0", f"100 1_ $a {name}", *more, leader=leader)


def _replaced(number: str, by: str, status: str = "x") -> MarcRecord:
    return _name(number, f"Vik {number}", *(f"682 __ $0 (NO-TrBIB){each}" for each in by.split()), status=status)


FIRST = [_name(number, f"Vik {number}") for number in NUMBERS]
SECOND = [
    _replaced("2000001", "2000002"),
    _name("2000002", "Vik, Tor, B"),  # renamed
    authority(
        "001 2000003",
        "100 1_ $a Vik 2000003",
        "682 __ $0 (NO-TrBIB)2000004 $0 (NO-TrBIB)2000005",
        leader="00000sz  a2200000n  4500",
    ),
    _name("2000004", "Vik 2000004"),
    _name("2000005", "Vik 2000005"),
    _name("2000006", "Vik 2000006", status="d"),
    _replaced("2000008", "2000009"),
    _replaced("2000009", "2000004"),
    _name("2000010", "Vik 2000010", status="d"),
]  # and 2000007 is in the file no more
THIRD = [
    _replaced("2000001", "2000002"),
    _replaced("2000002", "2000004"),
    _name("2000004", "Vik, Tor"),
    _name("2000005", "Vik 2000005"),
    _name("2000006", "Vik 2000006"),  # is back
]
"""Renamed again; 2000003, 2000008, 2000009 and 2000010 are in the file no more either."""
EXPECTED = {
    "2026-01-01": dict.fromkeys(NUMBERS, "200"),
    "2026-02-01": {
        "2000001": "301 2000002",
        "2000002": "200",
        "2000003": "410",
        "2000004": "200",
        "2000005": "200",
        "2000006": "410",
        "2000007": "410",
        "2000008": "301 2000004",
        "2000009": "301 2000004",
        "2000010": "410",
    },
    "2026-03-01": {
        "2000001": "301 2000004",
        "2000002": "301 2000004",
        "2000003": "410",
        "2000004": "200",
        "2000005": "200",
        "2000006": "200",
        "2000007": "410",
        "2000008": "301 2000004",
        "2000009": "301 2000004",
        "2000010": "410",
    },
}


RESOLVED = "conflict/several-things/0a1b", "mapping/organisations-1"
"""What the first release says of links, and was resolved or taken out before the second."""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The statements of each release as N-Quads."""
    read_profile("noraf")
    quads = {
        name: _quads(tmp_path_factory.mktemp("release"), records)
        for name, records in zip(EXPECTED, (FIRST, SECOND, THIRD), strict=True)
    }
    links = "".join(f"<{BASE}id/{key}> <{RDFS.label}> 'x' <{BASE}graph/links> .\n" for key in RESOLVED)
    return {name: text + (links.replace("'", '"') if name == min(quads) else "") for name, text in quads.items()}


def _quads(folder: Path, records: Sequence[MarcRecord]) -> str:
    file = write_records(folder, "a.mrc", records)
    graphs = AuthorityGraphs(folder, [("a", "authority", file, "noraf")]).triples
    return "".join(f"{triple} <{BASE}graph/{name}> .\n" for name, triples in graphs.items() for triple in triples)


@pytest.mark.parametrize("release", EXPECTED)
def test_each_published_iri_answers_in_each_later_release(
    tmp_path: Path, releases: dict[str, str], release: str
) -> None:
    until = {name: quads for name, quads in releases.items() if name <= release}
    folder = keeping(tmp_path / "store", until)
    client = create_app(Settings(store=str(folder), workers=0), open_store(str(folder))).test_client()
    answers = {}
    for number in NUMBERS:
        answer = client.get(f"/id/agent/noraf-{number}")
        if answer.status_code == 303:
            answer = client.get(answer.headers["Location"], headers={"Accept": "text/turtle"})
        location = answer.headers.get("Location", "").rpartition("noraf-")[2]
        answers[number] = f"{answer.status_code} {location}".strip()
    assert answers == EXPECTED[release]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, releases: dict[str, str]) -> FlaskClient:
    folder = keeping(tmp_path_factory.mktemp("kept") / "store", releases)
    return create_app(Settings(store=str(folder), workers=0), open_store(str(folder))).test_client()


def test_every_iri_of_every_release_answers_after_the_last_one(client: FlaskClient, releases: dict[str, str]) -> None:
    quads = ox.parse("".join(releases.values()), format=ox.RdfFormat.N_QUADS)
    terms = {term.value for quad in quads for term in (quad.subject, quad.graph_name) if isinstance(term, ox.NamedNode)}
    paths = sorted(iri.removeprefix(BASE) for iri in terms if iri.startswith(BASE))
    answers = Counter(_status(client, f"/{path}") for path in paths)
    assert set(answers) == {200, 301, 410}
    assert answers[410] >= 4


def _status(client: FlaskClient, path: str) -> int:
    """Return the status, after a 303, of an address; a 301 must lead to what is there."""
    answer = client.get(path, headers={"Accept": "text/turtle"})
    if answer.status_code == 303:
        answer = client.get(answer.headers["Location"], headers={"Accept": "text/turtle"})
    if answer.status_code == 301:
        assert client.get(answer.headers["Location"]).status_code in (200, 303)
    return answer.status_code


@pytest.mark.parametrize("key", RESOLVED)
def test_a_conflict_that_is_resolved_and_a_mapping_that_is_taken_out_are_gone(client: FlaskClient, key: str) -> None:
    answer = client.get(f"/doc/{key}", headers={"Accept": "text/html", "Accept-Language": "nb"})
    assert (answer.status_code, "Utgave 2026-01-01" in answer.text) == (410, True)


def test_what_was_withdrawn_in_a_release_and_is_missing_later_still_says_so_in_every_format(
    client: FlaskClient,
) -> None:
    page = client.get("/doc/agent/noraf-2000010", headers={"Accept": "text/html"})
    assert (page.status_code, "2000010" in page.text) == (410, True)
    statements = client.get("/doc/agent/noraf-2000010", headers={"Accept": "application/n-triples"})
    assert statements.status_code == 410
    assert "invalidatedAtTime" in statements.text or "deprecated" in statements.text


def test_an_iri_that_no_release_had_is_not_found(client: FlaskClient) -> None:
    assert client.get("/id/agent/noraf-2000099").status_code == 404
