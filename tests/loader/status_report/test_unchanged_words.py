"""A comment that is word for word that of the report before keeps that report's reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rdflib import URIRef

from loader import identifiers
from loader.namespaces import NBKG
from loader.status_report.measure_keys import Registry
from loader.status_report.model.report import Milestone, StatusReport
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.report_kind import file_source, read_reports
from loader.status_report.report_triples import Context, report_triples

FIRST, SECOND, THIRD = date(2025, 10, 14), date(2026, 4, 15), date(2026, 10, 15)
Series = Callable[..., list[StatusReport]]


@pytest.fixture
def series(report_text: str, words: Gazetteer, tmp_path: Path) -> Series:
    """Return what reads the real report, and the same again with later dates and other words."""

    def read(*later: tuple[date, dict[str, str]]) -> list[StatusReport]:
        sources = []
        for issued, changes in ((FIRST, {}), *later):
            text = report_text.replace("statusrapport 14.10 - 2025", f"statusrapport {issued:%d.%m - %Y}")
            for old, new in changes.items():
                assert old in text
                text = text.replace(old, new)
            file = tmp_path / f"statusrapport-{issued}.txt"
            file.write_text(text, encoding="utf-8")
            sources.append(file_source(file))
        return list(read_reports(sources, words, Registry({})).reports)

    return read


def _comment(report: StatusReport, number: int) -> list[Milestone]:
    (row,) = (row for row in report.rows if row.number and row.number[0] == number)
    return [one for one in row.milestones if one.cell == "comment"]


def test_a_relative_date_does_not_move_a_year(series: Series) -> None:
    _, second = series((SECOND, {}))
    assert [(one.when, one.outcome.value) for one in _comment(second, 14)] == [
        ("2025-02", "reached"),
        ("2025-06", "reached"),
        ("2025-11", "planned"),
        ("2026-01/2026-06", "planned"),
    ]
    assert {one.read_as_of for one in _comment(second, 14)} == {FIRST}


def test_other_words_are_read_as_of_their_own_report(series: Series) -> None:
    _, second = series((SECOND, {"Tildelt 28.8.": "Nå tildelt 28.8."}))
    (tildelt,) = _comment(second, 5)
    assert (tildelt.when, tildelt.read_as_of) == ("2025-08-28", None)
    assert {one.read_as_of for one in _comment(second, 14)} == {FIRST}


def test_the_words_are_those_of_the_report_in_which_they_first_stood(series: Series) -> None:
    _, second, third = series(
        (SECOND, {"Tildelt 28.8.": "Tildeles 28.8."}), (THIRD, {"Tildelt 28.8.": "Tildeles 28.8."})
    )
    assert [(one.when, one.read_as_of) for one in _comment(second, 5)] == [("2026-08-28", None)]
    assert [(one.when, one.read_as_of) for one in _comment(third, 5)] == [("2026-08-28", SECOND)]
    assert {one.read_as_of for one in _comment(third, 14)} == {FIRST}


def test_words_that_come_back_after_a_report_without_them_are_read_anew(series: Series) -> None:
    _, _, third = series((SECOND, {"Tildelt 28.8.": "Under arbeid."}), (THIRD, {}))
    assert [(one.when, one.read_as_of) for one in _comment(third, 5)] == [("2026-08-28", None)]


def test_the_graph_says_as_of_which_report_it_is_read(series: Series) -> None:
    _, second = series((SECOND, {}))
    keys = tuple(str(index) for index, _ in enumerate(second.rows))
    context = Context(second, keys, URIRef("https://example.org/publisher"), frozenset())
    assert {o for _, p, o in report_triples(context) if p == NBKG.readAsOf} == {identifiers.report(FIRST)}
    assert not [triple for triple in series()[0].rows if any(one.read_as_of for one in triple.milestones)]
