"""How two reports differ."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient

from loader.commands.diff_command import diff
from sparql_endpoint.pages.strategy.reports.comparison import words_changed

ADDRESS = "/report/2025-10-14...2026-03-02"
HTML = {"Accept": "text/html"}


def test_json_is_what_the_command_prints(later: FlaskClient, report_files: list[Path], synthetic_file: Path) -> None:
    done = CliRunner().invoke(diff, [str(report_files[0]), str(synthetic_file), "--format", "json"])
    assert done.exit_code == 0, done.output
    answer = later.get(f"{ADDRESS}?format=json")
    assert answer.content_type == "application/json"
    assert json.loads(answer.text) == json.loads(done.output)
    assert len(json.loads(answer.text)["changed"]) > 5


def test_the_other_way_round_new_and_gone_change_places(later: FlaskClient) -> None:
    ways = (ADDRESS, "/report/2026-03-02...2025-10-14")
    there, back = (json.loads(later.get(f"{way}?format=json").text) for way in ways)
    assert there["added"] == back["removed"]
    assert there["removed"] == back["added"]


def test_page_marks_the_words(later: FlaskClient) -> None:
    page = BeautifulSoup(later.get(ADDRESS, headers=HTML).text, "html.parser")
    marked = [(mark.name, mark.get_text(" ", strip=True)) for mark in page.select(".compare td del, .compare td ins")]
    assert ("del", "vil blir") in marked
    assert ("ins", "ble") in marked
    assert ("ins", "april 2026: Planlagt") in marked
    assert ("del", "Digital formidling") in marked
    assert [row.get_text(" ", strip=True) for row in page.select("#added + section h3, #removed + section h3")] == [
        "20. Nasjonalbiblioteket skal opprette en felles opplæringspakke for bruk av lenkede …",
        "3. Egne arrangementer digitalt og kompetanseutveksling",
    ]


@pytest.mark.parametrize("address", ["/report/2025-10-14...1999-01-01", "/report/x...2025-10-14", "/report/a...b"])
def test_unknown_reports_are_not_found(later: FlaskClient, address: str) -> None:
    answer = later.get(address, headers=HTML)
    assert answer.status_code == 404
    assert "ingen rapport «" in answer.text


def test_a_report_is_the_same_as_itself(later: FlaskClient) -> None:
    page = later.get("/report/2025-10-14...2025-10-14", headers=HTML).text
    assert "sier det samme om alle tiltak" in page


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("a b c", "a b c", [("a b c", False)], [("a b c", False)]),
        ("a b c", "a x c", [("a ", False), ("b", True), (" c", False)], [("a ", False), ("x", True), (" c", False)]),
        ("a vil blir b", "a ble b", [("a ", False), ("vil blir", True), (" b", False)],
         [("a ", False), ("ble", True), (" b", False)]),
        ("(tiltak 14) nå", "(tiltak 13) nå", [("(tiltak ", False), ("14", True), (") nå", False)],
         [("(tiltak ", False), ("13", True), (") nå", False)]),
        ("", "ny tekst", [], [("ny tekst", True)]),
    ],
)  # fmt: skip
def test_words(before: str, after: str, left: list[tuple[str, bool]], right: list[tuple[str, bool]]) -> None:
    assert words_changed(before, after) == (left, right)


def test_long_texts_are_not_compared_word_by_word() -> None:
    before, after = "a " * 50_000, "b " * 50_000
    assert words_changed(before, after) == ([(before, True)], [(after, True)])
