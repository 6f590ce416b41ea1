"""The pages of agents that have authority records, and of those that are no more."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

HAMSUN, UNDIFFERENTIATED = "/doc/agent/noraf-90052521", "/doc/agent/noraf-99900007"


def _page(client: FlaskClient, path: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(f"{path}?lang=en", headers={"Accept": "text/html"})
    assert answer.status_code == status
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def _facts(page: BeautifulSoup) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = {}
    for entry in page.select("dl.facts > *"):
        if entry.name == "dt":
            name = entry.get_text().strip()
            facts[name] = []
        else:
            facts[name].append(entry.get_text().strip())
    return facts


def test_an_agent_has_its_dates_and_names_once(authorities: FlaskClient) -> None:
    facts = _facts(_page(authorities, HAMSUN))
    assert facts["Born"] == ["4 August 1859"]
    assert facts["Died"] == ["19 February 1952"]
    assert facts["Other names"] == ["Pedersen, Knud", "Гамсун, Кнут"]
    assert "Life" not in facts


def test_the_chart_of_decades_has_the_numbers_of_its_table(authorities: FlaskClient) -> None:
    page = _page(authorities, HAMSUN)
    rows = {row.th.get_text()[:4]: row.td.get_text() for row in page.select("#decades ~ details tbody tr")}  # type: ignore[union-attr]  # each has both
    assert min(rows) == "1890"
    title = page.select_one("svg.decades title")
    assert title is not None
    drawn = dict(part.split(": ") for part in title.get_text().partition(": ")[2].split(", "))
    assert {year: count for year, count in drawn.items() if count != "0"} == rows
    assert len(page.select("svg.decades rect")) == len(rows)


def test_a_name_of_several_persons_says_so(authorities: FlaskClient) -> None:
    page = _page(authorities, UNDIFFERENTIATED)
    assert "Several persons have this name" in page.get_text()
    assert not page.select("#identifiers")


def test_others_with_one_of_the_names_are_listed(authorities: FlaskClient) -> None:
    page = _page(authorities, "/doc/agent/noraf-90060686")
    assert not page.select("#agent_same_identifier")


@pytest.mark.parametrize(
    ("number", "status", "location"),
    [
        ("99900001", 303, "/doc/agent/noraf-99900001"),
        ("99900002", 301, "/id/agent/noraf-99900001"),
        ("99900004", 410, None),
        ("99900010", 410, None),
    ],
)
def test_each_published_iri_answers(authorities: FlaskClient, number: str, status: int, location: str | None) -> None:
    answer = authorities.get(f"/id/agent/noraf-{number}")
    assert (answer.status_code, answer.headers.get("Location")) == (status, location)


def test_the_page_of_a_split_number_names_the_candidates(authorities: FlaskClient) -> None:
    page = _page(authorities, "/doc/agent/noraf-99900004", 410)
    links = [str(link["href"]).partition("?")[0] for link in page.select("main .note a")]
    assert links == ["/id/agent/noraf-99900005", "/id/agent/noraf-99900006"]
    assert "split into several" in page.get_text()
