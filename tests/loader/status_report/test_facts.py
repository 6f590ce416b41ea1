"""The real report's facts, as a person read them (facts.toml)."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loader.status_report.measure_keys import Registry
from loader.status_report.model.report import Milestone, Responsibility, Role, Row, StatusReport

FACTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "facts.toml").read_text(encoding="utf-8"))
MEASURES: list[dict[str, Any]] = FACTS["measure"]
MILESTONES: dict[str, dict[str, list[list[str]]]] = tomllib.loads(
    (Path(__file__).parent / "milestones.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def rows(report: StatusReport) -> dict[str, Row]:
    keys, _ = Registry({}).assign(report)
    return dict(zip(keys, report.rows, strict=True))


def test_all_measures_in_order(rows: dict[str, Row]) -> None:
    assert list(rows) == [fact["key"] for fact in MEASURES]


def test_title(report: StatusReport) -> None:
    assert report.issued == date(2025, 10, 14)
    assert report.strategy == "2020-2025"


@pytest.mark.parametrize("fact", MEASURES, ids=lambda fact: fact["key"])
def test_measure(fact: dict[str, Any], rows: dict[str, Row]) -> None:
    row = rows[fact["key"]]
    assert row.part == fact["part"]
    assert _key(row.theme[0] if row.theme else None) == fact.get("theme")
    assert (str(row.number[0]) if row.number else None) == (fact["key"] if fact["part"] == "I" else None)
    assert [_agent(one) for one in row.responsibilities] == fact["agents"]
    assert _key(row.status.concept if row.status else None) == fact.get("status")
    assert (row.status.note.text if row.status and row.status.note else None) == fact.get("note")
    assert row.text.text.startswith(fact["starts"])
    assert row.text.text.endswith(fact["ends"])
    assert (row.comment.text if row.comment else None) == fact.get("comment")
    assert (row.page.pages if row.page else None) == fact.get("page")
    assert (row.page.edition if row.page else None) == fact.get("edition")


@pytest.mark.parametrize("fact", MEASURES, ids=lambda fact: fact["key"])
def test_milestones(fact: dict[str, Any], rows: dict[str, Row]) -> None:
    expected = MILESTONES.get(fact["key"], {"milestones": []})["milestones"]
    assert [_milestone(one) for one in rows[fact["key"]].milestones] == expected


def test_all_facts_on_milestones_are_of_a_measure(rows: dict[str, Row]) -> None:
    assert MILESTONES.keys() <= rows.keys()


@pytest.mark.parametrize("fact", MEASURES, ids=lambda fact: fact["key"])
def test_links_and_references(fact: dict[str, Any], rows: dict[str, Row]) -> None:
    row = rows[fact["key"]]
    assert sorted({one.target for one in row.references}) == sorted(fact.get("links", []))
    assert [one.target for one in row.refers_to] == fact.get("refers", [])


def test_units(report: StatusReport) -> None:
    named = [(unit.code, unit.name.text, unit.former.text if unit.former else None) for unit in report.units]
    assert named == [(unit["code"], unit["name"], unit.get("former")) for unit in FACTS["unit"]]


INSIDE = [
    ("2", "group/videregaende-skoler", "videregående skoler"),
    ("4", "service/tibi", "Tibi"),
    ("ii-18-hosten-2019-ble-det-satt-i", "law/andsverkloven", "ÅVL"),
    ("ii-36-datasettet-som-ligger-til-grunn-for", "service/biblioteksok", "Biblioteksøk"),
    ("ii-36-datasettet-som-ligger-til-grunn-for", "organisation/bibliotek-systemer", "Bibliotek-Systemer"),
]


@pytest.mark.parametrize(("key", "entity", "printed"), INSIDE)
def test_mentions_inside_longer_ones(key: str, entity: str, printed: str, rows: dict[str, Row]) -> None:
    assert printed in {mention.printed.text for mention in rows[key].mentions if mention.entity.endswith(f"/{entity}")}


def test_an_address_mentions_whose_page_it_is(rows: dict[str, Row]) -> None:
    row = rows["ii-8-bibliotekstrategien-bor-ogsa-sees-i-sammenheng"]
    named = [
        mention.printed.text for mention in row.mentions if mention.entity.endswith("/strategy/digital-hele-livet")
    ]
    assert named
    assert set(named) == {"https://bibliotekutvikling.no/2021/09/17/digital-hele-livet/"}


def _milestone(one: Milestone) -> list[str]:
    when = (one.when or "") + "?" * one.year_inferred
    cue = one.cue.text if one.cue else ""
    mark = "~" * one.bounds_inferred
    days = [f"{mark}{day}" if day else "" for day in (one.earliest, one.latest)]
    return [one.printed.text, when, one.outcome.value, one.scope.value, cue, *days]


def _key(iri: str | None) -> str | None:
    return iri.rpartition("/")[2] if iri else None


def _agent(one: Responsibility) -> str:
    key = str(_key(one.agent))
    return key if one.role is Role.LEAD else f"({key})"
