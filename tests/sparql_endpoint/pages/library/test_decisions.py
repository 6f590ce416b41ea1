"""Decisions on pages: the same sets everywhere, and what a person answers holds."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from loader.changes.journal_replay import replay_journal
from loader.decisions.decision_triples import decision_iri, decision_record
from loader.dumps.dump import DumpRequest, make_release
from loader.store.load import load
from nbkg.decisions.decision_journal import read_journal
from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind, Person
from nbkg.decisions.precedence import settle
from nbkg.storage.layout import lock_for_loading
from sparql_endpoint import create_app
from sparql_endpoint.pages.library import decisions_page
from sparql_endpoint.settings import Settings
from tests.source_tree import ROOT

TOKEN = "secret"  # noqa: S105  # of this test
AGENT = "https://w3id.org/nbkg/id/agent/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
GRAPH = "https://w3id.org/nbkg/graph/"


def _decision(number: int, answer: Answer) -> Decision:
    kind = DecisionKind.JOIN if answer is Answer.JOINED else DecisionKind.LINK
    members = (f"alma/heading/00-{number}", f"{AGENT}{number}")
    evidence = (("heading", f"Berg, Ann {number}"), ("years-agree", "yes"), *(("initial", str(n)) for n in range(9)))
    person = Person("Kari", "2026-11-29") if number % 2 and answer is Answer.REFUSED else None
    names = (f"Berg, Ann {number}", f"Berg, Anna {number}")
    return Decision(kind, members, answer, "similar-heading", evidence, number / 10, "r1", person, names)


DECISIONS = [
    *(_decision(number, Answer.PROPOSED) for number in range(405)),
    *(_decision(number, Answer.LINKED) for number in range(500, 507)),
    *(_decision(number, Answer.JOINED) for number in range(600, 603)),
    *(_decision(number, Answer.REFUSED) for number in range(700, 705)),
]
SETS = {answer: {decision_iri(one) for one in DECISIONS if one.answer is answer} for answer in Answer}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built store with decisions."""
    home = tmp_path_factory.mktemp("decided")
    file = home / "decisions.nq"
    triples = [triple for one in DECISIONS for triple in decision_record(settle([one]))]
    lines = [f"{triple} <{GRAPH}match-decisions> .\n" for triple in triples]
    labels = [f'<{AGENT}{n}> <{RDFS_LABEL}> "Berg, Anna {n}" <{GRAPH}x> .\n' for n in range(405)]
    labels.append(f"<{AGENT}3> <{RDF_TYPE}> <http://id.loc.gov/ontologies/bibframe/Person> <{GRAPH}x> .\n")
    file.write_text("".join([*lines, *labels]), encoding="utf-8")
    schemes = sorted((ROOT / "ontology" / "schemes").glob("*.ttl"))
    load(home / "store", [file, *schemes], f"{GRAPH}ontology")
    return home / "store"


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    """A client of a server that takes decisions."""
    return create_app(Settings(store=str(folder), workers=0, decision_token=TOKEN)).test_client()


def _parts(client: FlaskClient, address: str, following: Callable[[TestResponse], str]) -> Iterator[TestResponse]:
    while address:
        response = client.get(address)
        assert response.status_code == 200
        yield response
        address = following(response)


def _of_page(client: FlaskClient, answer: Answer) -> list[str]:
    """Return the decisions that the pages list."""

    def following(response: TestResponse) -> str:
        link = BeautifulSoup(response.get_data(as_text=True), "html.parser").select_one("a[rel~=next]")
        return f"/decisions{link['href']}" if link else ""

    pages = _parts(client, f"/decisions?answer={answer}", following)
    rows = [row for each in pages for row in BeautifulSoup(each.get_data(as_text=True), "html.parser").select("th a")]
    keys = [re.sub(r"^.*/(?:id|doc)/", "", urlsplit(str(row["href"])).path) for row in rows]
    return [f"https://w3id.org/nbkg/id/{key}" for key in keys]


def _of_feed(client: FlaskClient, answer: Answer) -> list[str]:
    collection = client.get(f"/decisions?answer={answer}&format=activities").get_json()

    def following(response: TestResponse) -> str:
        return str(response.get_json(force=True).get("next", ""))

    pages = [each.get_json(force=True) for each in _parts(client, collection["first"]["id"], following)]
    items = [item["object"]["id"] for each in pages for item in each["orderedItems"]]
    assert collection["totalItems"] == len(items)
    return items


def _of_json(client: FlaskClient, answer: Answer) -> list[str]:
    counts = range(1, 4)
    return [
        one["iri"]
        for part in counts
        for one in client.get(f"/decisions?answer={answer}&format=json&part={part}").get_json()["decisions"]
    ]


def _of_sparql(client: FlaskClient, answer: Answer) -> list[str]:
    concept = f"https://w3id.org/nbkg/id/concept/decision-answer/{answer}"
    query = (
        f"SELECT ?d {{ ?d a <https://w3id.org/nbkg/ns#MatchDecision> ; <https://w3id.org/nbkg/ns#answer> <{concept}> }}"
    )
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})
    return [row["d"] for row in csv.DictReader(io.StringIO(response.get_data(as_text=True)))]


def _of_graph(client: FlaskClient, answer: Answer) -> list[str]:
    turtle = client.get(f"/data?graph={GRAPH}match-decisions", headers={"Accept": "application/n-triples"}).get_data()
    return _with_answer(ox.parse(turtle, ox.RdfFormat.N_TRIPLES), answer)


def _with_answer(quads: Iterator[ox.Quad], answer: Answer) -> list[str]:
    ending = f"decision-answer/{answer}>"
    stated = [one for one in quads if str(one.predicate).endswith("#answer>") and str(one.object).endswith(ending)]
    return [one.subject.value for one in stated if "/answer/" not in str(one.subject)]  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def dumped(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Sequence[ox.Quad]:
    """What a release holds of the decisions."""
    release = make_release(DumpRequest(folder, tmp_path_factory.mktemp("dumps"), "2026-11-30")).folder
    with gzip.open(release / "datasets" / "everything" / "everything.nq.gz") as file:
        return [*ox.parse(file.read(), ox.RdfFormat.N_QUADS)]


@pytest.mark.parametrize("answer", list(Answer))
def test_every_way_gives_the_same_members(client: FlaskClient, dumped: Sequence[ox.Quad], answer: Answer) -> None:
    members: Mapping[str, list[str]] = {
        "page": _of_page(client, answer),
        "feed": _of_feed(client, answer),
        "json": _of_json(client, answer),
        "sparql": _of_sparql(client, answer),
        "graph": _of_graph(client, answer),
        "dump": _with_answer(iter(dumped), answer),
    }
    assert SETS[answer]
    assert {way: len(each) for way, each in members.items()} == dict.fromkeys(members, len(SETS[answer]))
    assert {way: set(each) for way, each in members.items()} == dict.fromkeys(members, SETS[answer])


def test_a_long_list_that_is_not_sorted_has_the_same_members(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions_page, "_MOST_SORTED", 0)
    assert sorted(_of_page(client, Answer.PROPOSED)) == sorted(SETS[Answer.PROPOSED])


def _soup(client: FlaskClient, decision: Decision, language: str = "en") -> BeautifulSoup:
    path = decision_iri(decision).removeprefix("https://w3id.org/nbkg")
    response = client.get(path, headers={"Accept": "text/html", "Accept-Language": language}, follow_redirects=True)
    assert response.status_code == 200
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ["Foreslått.", "Lignende navneform", "Navneform", "Ingen har svart ennå", "Ja, det er den samme"]),
        ("nn", ["Føreslått.", "Liknande navneform", "Namneform", "Ingen har svara enno", "Ja, det er den same"]),
        ("en", ["Proposed.", "Similar heading", "Heading", "Nobody has answered yet", "Yes, they are the same"]),
    ],
)
def test_a_page_shows_both_things_and_why(client: FlaskClient, language: str, words: list[str]) -> None:
    text = _soup(client, DECISIONS[3], language).get_text(" ")
    words = [word.replace("Liknande navneform", "Liknande namneform") for word in words]
    assert [word for word in words if word not in text] == []
    assert text.count("Berg, Ann 3") >= 2
    assert "Berg, Anna 3" in text
    assert "alma/heading/00-3" in text


def test_the_page_of_a_thing_leads_to_its_decisions(client: FlaskClient) -> None:
    response = client.get("/id/agent/3?lang=en", headers={"Accept": "text/html"}, follow_redirects=True)
    soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    (section,) = soup.select("section[aria-labelledby=decisions]")
    assert DECISIONS[3].key in str(section.select_one("a"))
    assert "Proposed" in section.get_text()


def test_a_decision_is_data_too(client: FlaskClient) -> None:
    path = decision_iri(DECISIONS[3]).removeprefix("https://w3id.org/nbkg")
    assert client.get(path).status_code == 303
    for accept in ("text/turtle", "application/ld+json"):
        response = client.get(path, headers={"Accept": accept}, follow_redirects=True)
        assert (response.status_code, response.mimetype) == (200, accept)
        assert b"similar-heading" in response.data
    assert client.get("/id/decision/link/none").status_code in (303, 404)


def test_the_list_is_narrowed(client: FlaskClient) -> None:
    for query, number in (
        ("kind=join", 3),
        ("answer=refused&kind=link", 5),
        ("answer=refused&kind=join", 0),
        ("rule=x", 0),
    ):
        text = BeautifulSoup(client.get(f"/decisions?{query}&lang=en").get_data(as_text=True), "html.parser").get_text(
            " "
        )
        assert f"Number: {number}." in text
        assert len(client.get(f"/decisions?{query}&format=json").get_json()["decisions"]) == number


def _send(client: FlaskClient, decision: Decision, values: dict[str, str], **headers: str) -> TestResponse:
    form = {"decision": decision_iri(decision), "answer": "no", "name": "Kari", "token": TOKEN, **values}
    return client.post("/decisions", data=form, headers=headers)


@pytest.mark.parametrize(
    ("values", "headers", "status"),
    [
        ({"token": ""}, {}, 401),
        ({"token": "secret2"}, {}, 401),
        ({"token": "sécret"}, {}, 401),
        ({}, {"Origin": "https://evil.example"}, 403),
        ({}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({"answer": "maybe"}, {}, 400),
        ({"name": "  "}, {}, 400),
        ({"name": "x" * 201}, {}, 400),
        ({"note": "x" * 2001}, {}, 400),
        ({"decision": "not an IRI"}, {}, 400),
        ({"decision": f"{AGENT}1"}, {}, 404),
    ],
)
def test_what_may_not_be_answered_changes_nothing(
    client: FlaskClient, folder: Path, values: dict[str, str], headers: dict[str, str], status: int
) -> None:
    assert _send(client, DECISIONS[0], values, **headers).status_code == status
    assert not [one for one in read_journal(folder) if one.key == DECISIONS[0].key]


def test_a_server_without_a_token_has_no_form_and_takes_nothing(folder: Path) -> None:
    reading = create_app(Settings(store=str(folder), workers=0)).test_client()
    assert _soup(reading, DECISIONS[0]).select("form.answer") == []
    assert _send(reading, DECISIONS[0], {}).status_code in (403, 405)


def test_an_answer_holds_at_once_and_with_its_history(client: FlaskClient, folder: Path) -> None:
    decision = DECISIONS[-1]
    assert decision.answer is Answer.REFUSED
    response = _send(client, decision, {"answer": "yes", "name": "Åse <b>", "note": "samme person"})
    assert response.status_code == 303
    assert "noted" not in response.headers["Location"]
    written = [one for one in read_journal(folder) if one.key == decision.key]
    assert [(one.answer, one.person.name if one.person else "") for one in written] == [(Answer.LINKED, "Åse <b>")]
    page = _soup(client, decision)
    assert "Linked." in page.get_text(" ")
    assert [row.get_text(" ", strip=True)[:14] for row in page.select("#history ~ table tbody tr")][-1:] == [
        "Linked Åse <b>"
    ]
    assert decision_iri(decision) in _of_sparql(client, Answer.LINKED)
    assert decision_iri(decision) not in _of_sparql(client, Answer.REFUSED)
    json_answer = {"decision": decision_iri(decision), "answer": "no", "name": "Ola"}
    response = client.post("/decisions", json=json_answer, headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 303
    assert decision_iri(decision) in _of_sparql(client, Answer.REFUSED)


def test_an_answer_that_comes_during_a_load_holds_and_is_noted(client: FlaskClient, folder: Path) -> None:
    decision = DECISIONS[7]
    with lock_for_loading(folder):
        response = _send(client, decision, {})
    assert response.headers["Location"].endswith("noted=1")
    address = f"{decision_iri(decision).replace('https://w3id.org/nbkg/id', '/doc')}?noted=1&lang=en"
    page = client.get(address, headers={"Accept": "text/html"})
    assert "The answer is saved and holds." in page.get_data(as_text=True)
    assert [one.answer for one in read_journal(folder) if one.key == decision.key] == [Answer.REFUSED]
    assert replay_journal(folder)
    assert decision_iri(decision) in _of_sparql(client, Answer.REFUSED)
