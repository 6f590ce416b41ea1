"""Times that a report tells from its own day: "neste måned", "forrige uke", "neste vår", "til høsten"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from loader.status_report.parse.edtf_dates import AUTUMN, SPRING, bounds

_STEPS = {"denne": 0, "inneværende": 0, "inneverande": 0, "neste": 1, "forrige": -1, "førre": -1, "sist": -1}
NEARBY = rf"(?:{'|'.join(_STEPS)})\s(?:(?:måned|månad)(?:en)?|(?:uke|veke)[na]?|uka|veka)(?!\w)"
_ORDINARY_START = {SPRING: 3, AUTUMN: 9}
"""The month with which a season begins in speech; "til våren" in January is the spring of the same year."""


def nearby(printed: str) -> Callable[[date], str]:
    """Return how a month or week that is told from the day of the report becomes EDTF."""
    which, unit = printed.split()
    step = _STEPS[which]
    return (lambda issued: _month(issued, step)) if unit.startswith("m") else (lambda issued: _week(issued, step))


def year_of_season(which: str, season: int) -> Callable[[date], int] | None:
    """Return how "i fjor", "forrige", "neste" or "til" tells the year of a season; None for other words."""
    if which == "i fjor":
        return lambda issued: issued.year - 1
    if which in ("forrige", "førre", "sist"):
        return lambda issued: max(y for y in _years(issued) if (bounds(f"{y}-{season}")[1] or issued) < issued)
    if which in ("neste", "til"):
        return lambda issued: min(y for y in _years(issued) if _start(y, season, which) > issued)
    return None


def week_days(monday: date) -> str:
    """Return the EDTF of the week that begins on a day."""
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _years(issued: date) -> range:
    return range(issued.year - 2, issued.year + 3)


def _start(year: int, season: int, which: str) -> date:
    """Return the first day of a season: that of the half-year, or for "til" that of the season in speech."""
    if which == "til" and season in _ORDINARY_START:
        return date(year, _ORDINARY_START[season], 1)
    return bounds(f"{year}-{season}")[0] or date.min


def _month(issued: date, step: int) -> str:
    months = issued.year * 12 + issued.month - 1 + step
    return f"{months // 12}-{months % 12 + 1:02}"


def _week(issued: date, step: int) -> str:
    return week_days(issued - timedelta(days=issued.weekday()) + timedelta(weeks=step))
