"""A status report's text to its records: the one entry point of this package's reading half."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from loader.status_report.model.report import Mention, Row, StatusReport, Words
from loader.status_report.model.report_text import ReportText, read_report_text
from loader.status_report.parse import dates
from loader.status_report.parse.cell_text import Grammar
from loader.status_report.parse.cells import AgentScanner, status_pattern
from loader.status_report.parse.dehyphenate import Reading, lexicon_of, read
from loader.status_report.parse.edtf_dates import NotADateError, bounds
from loader.status_report.parse.footlinks import place_links
from loader.status_report.parse.gazetteer import Gazetteer, same_page
from loader.status_report.parse.layout import layout
from loader.status_report.parse.legend import units
from loader.status_report.parse.mentions import MentionFinder
from loader.status_report.parse.rows import RowReader
from loader.status_report.parse.segment import segment

_PERIOD = re.compile(r"((?:19|20)\d\d)\s*[–-]\s*((?:19|20)\d\d)")
_ISSUED = re.compile(r"statusrapport\s+(\d{1,2})\.\s?(\d{1,2})\.?\s*[–-]?\s*((?:20)?\d\d)\b", re.IGNORECASE)
_ISSUED_NAMED = re.compile(r"statusrapport\s+(\d{1,2}\.\s\w+\s20\d\d)", re.IGNORECASE)

Likeness = Callable[[str], float]
"""How like a wording of an earlier report a text is, 0 to 100."""


def parse(path: Path, vocabulary: Gazetteer, likeness: Likeness = lambda _: 0.0) -> StatusReport:
    """Return the report in a file, as `parse_text` reads it. Raises UsageError for a file that cannot be read."""
    return parse_text(read_report_text(path), vocabulary, likeness)


def parse_text(
    source: ReportText,
    vocabulary: Gazetteer,
    likeness: Likeness = lambda _: 0.0,
    earlier: Mapping[tuple[int, str], date] | None = None,
) -> StatusReport:
    """Return the report in a source text.

    `likeness` decides where a wording begins only where the print leaves it open. `earlier` gives cells (line of the
    row, "wording" or "comment") the date of the report in which their words first stood; they are read as of then.
    Raises ReportError (file, line, what was expected) for what cannot be read; what can be read but not believed is
    told in `Report.warnings`.
    """
    regions = layout(source, vocabulary.themes)
    lexicon = lexicon_of(source.text, *vocabulary.labels)
    title = read(regions.front, lexicon)
    issued = _issued(source, title)
    legend = units(source, regions.legend, lexicon)
    codes = frozenset(unit.code for unit in legend)
    grammar = Grammar(AgentScanner(vocabulary.posts), status_pattern(vocabulary.statuses), codes, likeness)
    finder = _finder(tuple(vocabulary.entities.items()), vocabulary.agents)
    reader = RowReader(source, vocabulary, lexicon, finder, issued, earlier or {})
    rows = [
        replace(reader.row(raw), theme=section.theme)
        for section in regions.sections
        for raw in segment(source, section, grammar)
    ]
    _refuse_gaps(source, rows)
    placed, unplaced, more = place_links(source, regions, rows)
    return StatusReport(
        source=source,
        issued=issued,
        strategy=_strategy(source, title),
        title=Words(title.text, title.spans(source.text)),
        units=legend,
        rows=tuple(_with_pages(row, vocabulary) for row in placed),
        boilerplate=regions.boilerplate,
        unplaced=unplaced,
        warnings=(*reader.warnings, *more, *_unknown_measures(source, rows)),
    )


def _with_pages(row: Row, vocabulary: Gazetteer) -> Row:
    """Return the row with what its addresses name: an entity whose own page is printed there is mentioned."""
    further = (
        Mention(entity, reference.printed)
        for reference in row.references
        for entity in vocabulary.pages.get(same_page(reference.target), ())
    )
    return replace(row, mentions=(*row.mentions, *further))


def _unknown_measures(source: ReportText, rows: list[Row]) -> Iterator[str]:
    """Warnings of rows that refer to a measure the report does not have; the words stay in the comment."""
    numbers = {str(row.number[0]) for row in rows if row.number}
    for reference in (reference for row in rows for reference in row.refers_to if reference.target not in numbers):
        line = source.line(reference.printed.spans[0][0])
        yield f"{source.path.name}:{line}: “{reference.printed.text}” names a measure that the report does not have"


@lru_cache(maxsize=4)
def _finder(entities: tuple[tuple[str, str], ...], agents: frozenset[str]) -> MentionFinder:
    """Return the finder of these labels, whose patterns are made once for all reports."""
    return MentionFinder(dict(entities), agents)


def _strategy(source: ReportText, title: Reading) -> str:
    period = _PERIOD.search(title.text)
    if period is None:
        raise source.error("expected the strategy's period in the title (“2020-2025”)", title.at[0])
    return f"{period[1]}-{period[2]}"


def _issued(source: ReportText, title: Reading) -> date:
    edtf = ""
    if match := _ISSUED.search(title.text):
        day, month, year = (int(group) for group in match.groups())
        edtf = f"{year if year > 99 else 2000 + year}-{month:02}-{day:02}"
    elif named := _ISSUED_NAMED.search(title.text):
        edtf = next((further.edtf or "" for further in dates.find(named[1])), "")
    try:
        first = bounds(edtf)[0] if edtf else None
    except NotADateError:
        first = None
    if first is None:
        expected = "expected the report's date in its title (“… – statusrapport 14.10 - 2025”)"
        raise source.error(f"{expected}, found “{title.text[-60:]}”", title.at[0])
    return first


def _refuse_gaps(source: ReportText, rows: list[Row]) -> None:
    """Return the numbers of part I must rise: a lower one means that a row was cut wrongly."""
    numbered = [row for row in rows if row.number]
    for before, row in pairwise(numbered):
        assert before.number is not None and row.number is not None  # noqa: S101, PT018  # filtered above
        if row.number[0] <= before.number[0]:
            raise source.error(
                f"measure {row.number[0]} follows measure {before.number[0]}; expected a higher number",
                row.number[1].spans[0][0],
            )
