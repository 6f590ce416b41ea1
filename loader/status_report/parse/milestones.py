"""The dated claims of a row's wording or comment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from loader.status_report.model.report import Milestone, Outcome, Words
from loader.status_report.model.report_text import ReportText
from loader.status_report.parse import dates, tense
from loader.status_report.parse.dehyphenate import Reading


def milestones(
    source: ReportText, reading: Reading, issued: date, taken: Iterable[tuple[int, int]], warnings: list[str]
) -> tuple[Milestone, ...]:
    """The milestones of a reading, in order. `taken` are places that only look like dates: addresses and names.

    What is written like a date that no calendar has goes to `warnings` with file and line, and stays in the words.
    """
    closed = list(taken)
    found = list(dates.find(reading.text))
    items = frozenset(f.start for f in found if f.bare_year and f.start in reading.line_starts)
    made = []
    for time in found:
        if any(start < time.end and time.start < end for start, end in closed):
            continue
        try:
            made.append(_milestone(source, reading, time, items, issued))
        except dates.NotADateError:
            line = source.line(reading.at[time.start])
            printed = reading.text[time.start : time.end]
            warnings.append(f"{source.path.name}:{line}: “{printed}” is written like a date but is none; read as words")
    return tuple(made)


def _milestone(
    source: ReportText, reading: Reading, time: dates.Found, items: frozenset[int], issued: date
) -> Milestone:
    place = tense.Place(reading.text, time.start, time.end, items)
    if time.edtf:
        edtf, told = time.edtf, tense.outcome(place, dates.bounds(time.edtf)[1], issued)
    else:
        told = tense.outcome(place, date.max, issued)
        edtf = time.resolve(_year(time, told, issued))
    earliest, latest = dates.bounds(edtf)
    printed = Words(reading.text[time.start : time.end], reading[time.start : time.end].spans(source.text))
    return Milestone(edtf, earliest, latest, told, printed, year_inferred=time.edtf is None)


def _year(time: dates.Found, told: Outcome, issued: date) -> int:
    """The year that is not printed: for what was reached the last one begun, for what is planned the next not over."""
    earliest, latest = dates.bounds(time.resolve(issued.year))
    if told is Outcome.REACHED and earliest and earliest > issued:
        return issued.year - 1
    if told is Outcome.PLANNED and latest and latest < issued:
        return issued.year + 1
    return issued.year
