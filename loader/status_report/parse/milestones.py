"""The dated claims of a row's wording or comment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from loader.status_report.model.report import Milestone, Outcome, Scope, Words
from loader.status_report.model.report_text import ReportText
from loader.status_report.parse import dates, tense
from loader.status_report.parse.dehyphenate import Reading


def milestones(
    source: ReportText, reading: Reading, issued: date, not_dates: Iterable[tuple[int, int]], warnings: list[str]
) -> tuple[Milestone, ...]:
    """Return the milestones of a reading, in order. `taken` are places that only look like dates: addresses and names.

    What is written like a date that no calendar has goes to `warnings` with file and line, and stays in the words.
    """
    closed = list(not_dates)
    mentions = list(dates.find(reading.text))
    items = frozenset(f.start for f in mentions if f.bare_year and f.start in reading.line_starts)
    milestones_ = []
    for time in mentions:
        if any(start < time.end and time.start < end for start, end in closed):
            continue
        try:
            milestones_.append(_milestone(source, reading, time, items, issued))
        except dates.NotADateError:
            line = source.line(reading.at[time.start])
            printed = reading.text[time.start : time.end]
            warnings.append(f"{source.path.name}:{line}: “{printed}” is written like a date but is none; read as words")
    return tuple(milestones_)


def background(milestone: Milestone) -> Milestone:
    """Return a milestone of a wording, which is background unless it is planned: a wording says what is to be done."""
    return milestone if milestone.outcome is Outcome.PLANNED else replace(milestone, scope=Scope.CONTEXT)


def _milestone(
    source: ReportText, reading: Reading, time: dates.DateMention, items: frozenset[int], issued: date
) -> Milestone:
    position = tense.DatePosition(reading.text, time.start, time.end, items)
    if time.edtf:
        edtf, claimed = time.edtf, tense.outcome(position, dates.bounds(time.edtf)[1], issued)
    else:
        claimed = tense.outcome(position, date.max, issued)
        edtf = time.resolve(_year(time, claimed, issued))
    earliest, latest = dates.bounds(edtf)
    printed = Words(reading.text[time.start : time.end], reading[time.start : time.end].spans(source.text))
    return Milestone(edtf, earliest, latest, claimed, printed, year_inferred=time.edtf is None)


def _year(time: dates.DateMention, claimed: Outcome, issued: date) -> int:
    """Return the year that is not printed.

    It is the last one that has begun for what was reached, and the next one that is not over for what is planned.
    """
    earliest, latest = dates.bounds(time.resolve(issued.year))
    if claimed is Outcome.REACHED and earliest and earliest > issued:
        return issued.year - 1
    if claimed is Outcome.PLANNED and latest and latest < issued:
        return issued.year + 1
    return issued.year
