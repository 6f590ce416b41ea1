"""The lists for programs: links to items and formats, and the list in JSON-LD."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.http.formats import CSV, TURTLE
from sparql_endpoint.pages.frame.collection import Collection
from sparql_endpoint.services.labels import TextLabel
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store

HTML = {"Accept": "text/html"}
BASE = "https://w3id.org/nbkg/"


@pytest.fixture(scope="module")
def client(store: Path) -> FlaskClient:
    return create_app(Settings(store=str(store)), open_store(str(store))).test_client()


@pytest.mark.parametrize(
    ("address", "item"),
    [
        ("/measures", "id/measure/2020-2025/14"),
        ("/units", "id/unit/tk"),
        ("/services", "id/service/metadatabronnen"),
        ("/partners", "id/organisation/biblioteksentralen"),
        ("/concepts", "id/concept/status/avsluttet"),
        ("/reports", "id/report/2025-10-14"),
        ("/network", "id/measure/2020-2025/14"),
    ],
)
def test_each_list_is_an_item_list(client: FlaskClient, address: str, item: str) -> None:
    answer = client.get(f"{address}?lang=en", headers=HTML)
    script = BeautifulSoup(answer.text, "html.parser").select_one("script[type='application/ld+json']")
    assert script is not None
    told = json.loads(script.get_text())
    assert told["@type"] == "ItemList"
    iris = [one["item"]["@id"] for one in told["itemListElement"]]
    assert BASE + item in iris
    assert told["numberOfItems"] == len(iris) == len(set(iris))
    links = ", ".join(answer.headers.getlist("Link"))
    assert '<https://schema.org/CollectionPage>; rel="type"' in links
    told_as_links = links.count('rel="item"')
    assert told_as_links in (0, len(iris))
    assert told_as_links or sum(len(iri) for iri in iris) > 1700
    assert len(links) <= 3000


def test_other_formats_are_linked_and_lead_to_the_same(client: FlaskClient) -> None:
    answer = client.get("/measures?theme=infrastruktur&lang=en", headers=HTML)
    links = ", ".join(answer.headers.getlist("Link"))
    (turtle,) = [link for link in links.split(", ") if 'rel="describedby"; type="text/turtle"' in link]
    address = turtle[1 : turtle.index(">")]
    body = client.get(address)
    assert body.mimetype == "text/turtle"
    assert "measure/2020-2025/14" in body.text
    assert "measure/2020-2025/1>" not in links


def test_an_index_in_another_format_is_what_the_endpoint_answers(client: FlaskClient) -> None:
    answer = client.get("/units?format=csv", follow_redirects=True)
    assert answer.history[0].status_code == 303
    assert answer.mimetype == "text/csv"
    assert "https://w3id.org/nbkg/id/unit/tk" in answer.text
    assert client.get("/units", headers={"Accept": "application/pdf"}).status_code == 406


def test_a_list_too_long_for_a_header_links_no_items(client: FlaskClient) -> None:
    things = [TextLabel(f"{number}", title=f"https://example.org/thing/{number}") for number in range(100)]
    with client.application.test_request_context("/list"):
        short = Collection("few", things[:5], {"/list.csv": CSV, "/list.ttl": TURTLE}).links()
        long = Collection("many", things, {}).links()
    relations = ["type", "alternate", "alternate", "describedby", *["item"] * 5]
    assert [link.relation for link in short] == relations
    assert [link.relation for link in long] == ["type"]


@pytest.mark.parametrize("address", ["/measures", "/network"])
def test_a_measure_is_named_in_the_words_of_the_report_and_our_title_is_another_name(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(f"{address}?lang=en", headers=HTML)
    script = BeautifulSoup(answer.text, "html.parser").select_one("script[type='application/ld+json']")
    assert script is not None
    items = {one["item"]["@id"]: one["item"] for one in json.loads(script.get_text())["itemListElement"]}
    wording = (
        "Nasjonalbiblioteket skal realisere en infrastruktur som legger til rette for en overgang til sentral "
        "produksjon og deling av metadata for norske bibliotek."
    )
    title = "Infrastructure for central production and sharing of metadata"
    assert items[f"{BASE}id/measure/2020-2025/14"] == {
        "@id": f"{BASE}id/measure/2020-2025/14",
        "name": {"@value": wording, "@language": "nb"},
        "alternateName": {"@value": title, "@language": "en"},
    }
    assert all("alternateName" in item for item in items.values())
