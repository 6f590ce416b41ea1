"""Reading the pages that a test has fetched."""

from __future__ import annotations

import html5lib
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def get_page(client: FlaskClient, address: str) -> BeautifulSoup:
    """Return the page at an address, which must be there and be strictly valid HTML."""
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return BeautifulSoup(answer.text, "html.parser")


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the first element that a selector finds, which must be there."""
    element = page.select_one(selector)
    assert element is not None, selector
    return element


def texts(page: BeautifulSoup | Tag, selector: str) -> list[str]:
    """Return the texts of all elements that a selector finds, their white space folded."""
    return [" ".join(element.get_text(" ", strip=True).split()) for element in page.select(selector)]
