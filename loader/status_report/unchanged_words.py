"""Which cells of a report hold word for word what the report before said of the same measure.

Such words are read as they were then: "lanseres i november" of October 2025, printed again in April 2026, still means
November 2025.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from loader.status_report.model.report import Row, StatusReport

Cell = tuple[int, str]
"""The line of a row, and "wording" or "comment"."""


def unchanged_cells(reports: Sequence[StatusReport], keys: Sequence[Sequence[str]]) -> Iterator[Mapping[Cell, date]]:
    """Yield for each report, oldest first, the cells whose words are unchanged, with the date since which they are."""
    before: dict[tuple[str, str, str], tuple[str, date]] = {}
    for report, assigned in zip(reports, keys, strict=True):
        now = {
            (report.strategy, key, cell): (words, row.line)
            for row, key in zip(report.rows, assigned, strict=True)
            for cell, words in _words(row)
        }
        since = {
            name: before[name][1] for name, (words, _) in now.items() if name in before and before[name][0] == words
        }
        yield {(now[name][1], name[2]): issued for name, issued in since.items()}
        others = {name: seen for name, seen in before.items() if name[0] != report.strategy}
        before = others | {name: (words, since.get(name, report.issued)) for name, (words, _) in now.items()}


def _words(row: Row) -> Iterator[tuple[str, str]]:
    yield "wording", row.text.text
    if row.comment:
        yield "comment", row.comment.text
