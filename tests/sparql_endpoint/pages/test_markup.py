"""The pages about the strategy: valid HTML, one h1, headings in order, and names where a person reads."""

from __future__ import annotations

from itertools import pairwise

import html5lib
import pytest
from bs4 import BeautifulSoup, NavigableString
from flask.testing import FlaskClient

ADDRESSES = [
    "/network", "/network?status=lukket", "/network?theme=x",
    "/units", "/services", "/partners", "/concepts", "/reports", "/report/2025-10-14...2026-03-02",
    "/doc/report/2025-10-14", "/doc/unit/tk", "/doc/unit/fo", "/doc/post/nasjonalbibliotekar",
    "/doc/service/metadatabronnen", "/doc/service/filmbib", "/doc/organisation/nasjonalbiblioteket",
    "/doc/group/skoler",
    "/doc/concept/status/lukket", "/doc/concept/status", "/doc/concept/role/lead", "/doc/strategy/2020-2025",
    "/doc/law/bokloven", "/doc/dataset/biblioteksok",
]  # fmt: skip


@pytest.fixture(
    scope="module", params=[f"{address}?lang={lang}" for address in ADDRESSES for lang in ("nb", "nn", "en")]
)
def page(request: pytest.FixtureRequest, later: FlaskClient) -> str:
    answer = later.get(request.param, headers={"Accept": "text/html"})
    assert answer.status_code in (200, 400)
    return answer.text


def test_it_is_valid(page: str) -> None:
    html5lib.HTMLParser(strict=True).parse(page)


def test_headings_are_in_order(page: str) -> None:
    levels = [int(heading.name[1]) for heading in BeautifulSoup(page, "html.parser").select("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_stand_once(page: str) -> None:
    ids = [element["id"] for element in BeautifulSoup(page, "html.parser").select("[id]")]
    assert len(ids) == len(set(map(str, ids)))


def test_no_raw_address_stands_for_a_name(page: str) -> None:
    main = BeautifulSoup(page, "html.parser").select_one("main")
    assert main is not None
    texts = [str(text).strip() for text in main.find_all(string=True) if isinstance(text, NavigableString)]
    assert [text for text in texts if text.startswith(("id/", "graph/", "ns#"))] == []


GENERAL = [
    "/", "/measures", "/measures?theme=x", "/doc/measure/2020-2025/14", "/query", "/search?q=metadata", "/search",
    "/sparql?query=ASK%20%7B%7D", "/sparql?query=SELECT%20%3Fs%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%209",
    "/sparql?query=SELECT", "/ns", "/shapes", "/data-sets", "/about", "/accessibility", "/prefixes", "/reconcile",
    "/.well-known/void", "/nothing", "/graph/current", "/doc/observation/2026-03-02/14", "/doc/text/2025-10-14",
]  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("address", GENERAL)
def test_other_pages_are_valid(address: str, language: str, later: FlaskClient) -> None:
    answer = later.get(address, headers={"Accept": "text/html", "Accept-Language": language})
    assert answer.mimetype == "text/html"
    html5lib.HTMLParser(strict=True).parse(answer.text)
