"""“Report an error”: the page's address and the quoted words reach whoever runs the server, whole and encoded."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import SettingError, Settings, read
from sparql_endpoint.stores import open_store

HTML = {"Accept": "text/html"}
TRACKER = "https://example.org/o/r/issues/new?title={title}&body={body}"
WORDS = {"nb": "Meld fra om feil", "nn": "Meld frå om feil", "en": "Report an error"}
PAGES = ["/", "/measures?unit=tk", "/doc/measure/2020-2025/14", "/doc/unit/tk", "/network", "/query", "/search?q=a%26b"]
QUOTING = ["/doc/measure/2020-2025/14", "/doc/observation/2025-10-14/14/milestone/1", "/doc/report/2025-10-14"]


def _client(store: Path, receiver: str) -> FlaskClient:
    return create_app(Settings(store=str(store), report_errors_to=receiver), open_store(str(store))).test_client()


@pytest.fixture(scope="module")
def mailed(store: Path) -> FlaskClient:
    return _client(store, "feil+nb@example.org")


@pytest.fixture(scope="module")
def tracked(store: Path) -> FlaskClient:
    return _client(store, TRACKER)


def _page(client: FlaskClient, address: str, language: str) -> BeautifulSoup:
    mark = "&" if "?" in address else "?"
    return BeautifulSoup(client.get(f"{address}{mark}lang={language}", headers=HTML).text, "html.parser")


def _footer(page: BeautifulSoup, language: str) -> str:
    (link,) = [a for a in page.select("footer a, p > a.error-link") if a.get_text() == WORDS[language]]
    return str(link["href"])


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("address", [*PAGES, "/no"])
def test_each_page_reports_by_mail(mailed: FlaskClient, address: str, language: str) -> None:
    page = _page(mailed, address, language)
    link = urlsplit(_footer(page, language))
    assert (link.scheme, unquote(link.path)) == ("mailto", "feil+nb@example.org")
    texts = {name: values[0] for name, values in parse_qs(link.query, strict_parsing=True).items()}
    mark = "&" if "?" in address else "?"
    assert f"http://localhost{address}{mark}lang={language}\r\n" in texts["body"]
    heading = page.select_one("title")
    assert heading is not None
    title = heading.get_text().rpartition(" – ")[0]
    assert title in texts["subject"]
    assert " " not in link.query
    assert "+" not in link.query


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("address", QUOTING)
def test_each_passage_is_quoted(tracked: FlaskClient, address: str, language: str) -> None:
    page = _page(tracked, address, language)
    links = [str(link["href"]) for link in page.select("main a.error-link")]
    assert links
    for link in links:
        (body,) = parse_qs(urlsplit(link).query)["body"]
        assert f"http://localhost{address}?lang={language}" in body
        assert "“" in body if language == "en" else "«" in body


@pytest.mark.parametrize(
    "address", ["/doc/measure/2020-2025/14", "/doc/report/2025-10-14", "/doc/service/metadatabronnen"]
)
def test_the_mark_has_a_name_and_is_explained_once(tracked: FlaskClient, address: str) -> None:
    page = _page(tracked, address, "nb")
    links = page.select("main a.error-link")
    assert {link.get_text() for link in links} == {"⚑Meld fra om feil her"}
    assert all(link.select("span[aria-hidden=true]") for link in links)
    assert page.get_text().count("er en lenke der du melder fra om feil") == 1


def test_the_words_of_a_measure_are_carried_whole(tracked: FlaskClient) -> None:
    address = "/doc/measure/2020-2025/14"
    (body,) = parse_qs(urlsplit(_footer(_page(tracked, address, "nb"), "nb")).query)["body"]
    assert "Sitat: «Nasjonalbiblioteket skal realisere en infrastruktur" in body
    assert body.endswith("Hva er feil, og hva skulle det ha stått?\n")


def test_without_a_receiver_there_is_no_link(strategy: FlaskClient) -> None:
    for address in (*PAGES, *QUOTING):
        page = strategy.get(address, headers=HTML).text
        assert "mailto:" not in page
        assert "error-link" not in page
        assert WORDS["nb"] not in page


@pytest.mark.parametrize(
    "receiver",
    [
        "",
        "a@b.no",
        "mailto:a@b.no",
        "https://e.org/issues?b={body}",
        "http://e.org/x?p={page}&q={quote}",
        "https://e.org/{page}",
    ],
)
def test_receivers(receiver: str) -> None:
    assert read({}, {"NBKG_REPORT_ERRORS_TO": receiver}).report_errors_to == receiver


@pytest.mark.parametrize(
    "receiver",
    [
        "nobody",
        "a@b@c",
        "a@b.no?cc=x@y.no",
        "a@b.no,c@d.no",
        "javascript:alert(1)//{page}",
        "ftp://e.org/{page}",
        "https://e.org/",
        "https://e.org/{title}",
        "https://e.org/{adress}",
        "https://e.org/{page",
        "https://e.org/{page.x}",
        "https://e.org/{0}",
        "https://{page}/",
    ],
)
def test_receivers_that_would_not_get_a_report(receiver: str) -> None:
    with pytest.raises(SettingError, match="report-errors-to"):
        read({}, {"NBKG_REPORT_ERRORS_TO": receiver})


HOSTILE = ["?q=%22%3E%3Cscript%3E", "?q=%0D%0ABcc:%20a@b.no", "?q={page}%7Bquote%7D", "?q=" + "a" * 5000]


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("receiver", ["mailed", "tracked"])
def test_what_an_address_holds_stays_in_the_body(request: pytest.FixtureRequest, receiver: str, query: str) -> None:
    client: FlaskClient = request.getfixturevalue(receiver)
    page = BeautifulSoup(client.get(f"/search{query}", headers=HTML).text, "html.parser")
    link = urlsplit(_footer(page, "nb"))
    assert set(parse_qs(link.query)) == ({"subject", "body"} if link.scheme == "mailto" else {"title", "body"})
    assert len(link.geturl()) < 6000
    assert "/search" in parse_qs(link.query)["body"][0]
