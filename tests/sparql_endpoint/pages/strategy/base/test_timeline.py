"""Where dates stand on the line of years."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from sparql_endpoint.pages.strategy.base.timeline import Timeline, TimelineDay, TimelineEvent, timeline
from sparql_endpoint.services.labels import TextLabel


def _event(start: str, end: str = "") -> TimelineEvent:
    return TimelineEvent(date.fromisoformat(start), date.fromisoformat(end or start), "1", start)


def _drawn(*events: TimelineEvent, day: str = "2025-07-01") -> Timeline:
    today = TimelineDay(date.fromisoformat(day), "Today", "today")
    period = (date(2020, 1, 1), date(2025, 12, 31))
    made = timeline([("reached", TextLabel("Reached"), events), ("planned", TextLabel("Planned"), [])], [today], period)
    assert made is not None
    return made


def test_a_year_fills_its_place_and_a_day_is_round() -> None:
    made = _drawn(_event("2021-01-01", "2021-12-31"), _event("2022-07-02"))
    year, day = made.groups[0].pills
    assert (round(year.left), round(year.right)) == (18, 32)
    assert day.left == day.right
    assert made.period == (0.0, 100.0)
    assert [named for *_, named in made.years] == [True] * 6


def test_what_would_touch_stands_in_lanes_of_its_own() -> None:
    made = _drawn(*(_event(f"2022-0{month}-01", f"2022-0{month + 1}-01") for month in range(1, 9)))
    for one, other in combinations(made.groups[0].pills, 2):
        assert one.y != other.y or one.right < other.left or other.right < one.left


def test_nothing_leaves_the_drawing() -> None:
    made = _drawn(_event("2020-01-01"), _event("2025-12-31"), day="2025-12-31")
    assert all(2 < pill.left <= pill.right < 98 for pill in made.groups[0].pills)
    assert made.lines[0].is_late


def test_many_years_have_fewer_names() -> None:
    assert sum(named for *_, named in _drawn(_event("2000-01-01"), day="2040-01-01").years) <= 9


def test_without_dates_there_is_no_drawing() -> None:
    assert timeline([], [], (None, None)) is None
