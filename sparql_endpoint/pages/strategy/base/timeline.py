"""Dates on a line of years, drawn as SVG by the server; places are per cent, so that the text keeps its size.

`templates/drawing.html` makes the SVG. Each date is a pill from the first to the last day that it may mean; pills that
would touch each other on the narrowest page stand in lanes of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sparql_endpoint.services.labels import Label

_LANE = 24
"""Pixels from one lane to the next."""
_HEADING = 26
_GAP = 10
"""Pixels below the last lane of a group."""
_TOP = 44
"""Pixels above the groups, where the names of single days stand."""
_RADIUS = 2.9
"""Per cent of the narrowest width, 358 pixels, that the round end of a pill takes."""
_INSET = 1.4
"""Per cent by which the centres of the round ends stand inside the days: less than a narrow page needs."""
_REACH = 3.2
"""Per cent of the narrowest width that the round end of a pill and half the gap to the next one take."""
_MOST_YEARS = 9
"""Names of years that stand side by side on the narrowest page."""


@dataclass(frozen=True)
class TimelineEvent:
    """A date of something: the first and last day that it may mean, and what the pill says, shows and leads to."""

    start: date
    end: date
    mark: str
    """At most three letters that stand in the pill."""
    title: str
    href: str | None = None


@dataclass(frozen=True)
class TimelineDay:
    """A single day that is drawn as a line through all groups, with its name."""

    day: date
    name: str
    kind: str


@dataclass(frozen=True)
class TimelinePill:
    """An event as it is drawn; ends in per cent, height in pixels."""

    event: TimelineEvent
    left: float
    right: float
    y: int

    @property
    def middle(self) -> float:
        """Where its mark stands."""
        return round((self.left + self.right) / 2, 2)


@dataclass(frozen=True)
class TimelineGroup:
    """Events of one kind with their name."""

    kind: str
    """A class of the style sheet."""
    name: Label
    pills: Sequence[TimelinePill]
    y: int
    """Where the letters of its name stand."""


@dataclass(frozen=True)
class TimelineLine:
    """A named day as it is drawn, in per cent; its name stands left of the line where there is more room."""

    day: TimelineDay
    x: float
    y: int

    @property
    def is_late(self) -> bool:
        """Whether its name stands to the left."""
        return self.x > 50


@dataclass(frozen=True)
class Timeline:
    """The drawing."""

    groups: Sequence[TimelineGroup]
    lines: Sequence[TimelineLine]
    years: Sequence[tuple[int, float, float, bool]]
    """Each year, where it begins and where its name stands in per cent, and whether it has its name."""
    period: tuple[float, float] | None
    """Where the strategy's period begins and ends in per cent."""
    bottom: int
    """Pixels from the top to the axis."""


Events = Sequence[tuple[str, Label, Sequence[TimelineEvent]]]
"""Groups of events: a kind, its name, and its events."""


def timeline(events: Events, days: Sequence[TimelineDay], period: tuple[date | None, date | None]) -> Timeline | None:
    """Return the drawing of events, of named days and of a period; None where there is no event."""
    every = [event for _, _, group in events for event in group]
    if not every:
        return None
    known = [day for day in period if day]
    dates = [*(e.start for e in every), *(e.end for e in every), *(d.day for d in days), *known]
    axis = _Axis(min(dates).year, max(dates).year)
    groups: list[TimelineGroup] = []
    top = _TOP
    for kind, name, group in events:
        if group:
            pills, lanes = _pills(group, axis, top + _HEADING)
            groups.append(TimelineGroup(kind, name, pills, top + 16))
            top += _HEADING + lanes * _LANE + _GAP
    lines = [TimelineLine(day, axis.percent(day.day), 14 + 16 * row) for row, day in enumerate(days)]
    start, end = period
    ends = (axis.percent(start), axis.percent(end, after=True)) if start and end else None
    return Timeline(groups, lines, axis.years(), ends, top)


@dataclass(frozen=True)
class _Axis:
    """Whole years from the left end of the drawing to the right one."""

    first: int
    last: int

    def percent(self, day: date, *, after: bool = False) -> float:
        """Return where a day begins, or ends, in per cent."""
        start, end = date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal() + 1
        return round(100 * (day.toordinal() + after - start) / (end - start), 2)

    def years(self) -> Sequence[tuple[int, float, float, bool]]:
        """Return the years with their percentages."""
        step = -(-(self.last - self.first + 1) // _MOST_YEARS)
        marked = range(self.first, self.last + 1)
        return [
            (year, self.percent(date(year, 1, 1)), self.percent(date(year, 7, 2)), (year - self.first) % step == 0)
            for year in marked
        ]


def _pills(events: Sequence[TimelineEvent], axis: _Axis, top: int) -> tuple[Sequence[TimelinePill], int]:
    """Return the pills in as few lanes as hold them, and the number of lanes."""
    ends: list[float] = []
    pills: list[TimelinePill] = []
    for event in sorted(events, key=lambda one: (one.start, one.end, one.title)):
        left, right = axis.percent(event.start), axis.percent(event.end, after=True)
        left, right = _within(left, right)
        lane = next((index for index, end in enumerate(ends) if end <= left - _REACH), len(ends))
        ends[lane : lane + 1] = [right + _REACH]
        pills.append(TimelinePill(event, left, right, top + lane * _LANE + _LANE // 2))
    return pills, len(ends)


def _within(left: float, right: float) -> tuple[float, float]:
    """Return where the round ends of a pill have their centres, so that it keeps to its days and to the drawing."""
    left, right = left + _INSET, right - _INSET
    if left >= right:
        left = right = (left + right) / 2
    return round(min(max(left, _RADIUS), 100 - _RADIUS), 2), round(min(max(right, _RADIUS), 100 - _RADIUS), 2)
