"""The link lists at the foot of pages: each address to the row whose words it spells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from urllib.parse import unquote, urlsplit

from loader.identifiers import slug
from loader.status_report.model.report import Reference, Row, Words
from loader.status_report.model.report_text import ReportText
from loader.status_report.parse.layout import Layout
from loader.status_report.parse.mentions import ADDRESS

_LEAST = 8
"""Letters in a row that an address and a row must share."""


def place_links(
    source: ReportText, regions: Layout, rows: Sequence[Row]
) -> tuple[tuple[Row, ...], tuple[Reference, ...], tuple[str, ...]]:
    """Return the rows with the links of their page given to them, the links that no row cites, and warnings."""
    by_row: dict[int, list[Reference]] = {}
    unplaced: list[Reference] = []
    lines = _pages(regions)
    pages = [_pages_of(row, lines) for row in rows]
    for line in regions.links:
        on_page = [index for index in range(len(rows)) if line.page in pages[index]]
        for match in ADDRESS.finditer(line.text):
            start = line.start + match.start()
            words = Words(match.group(), ((start, line.start + match.end()),))
            index = owner(match.group(), [rows[i] for i in on_page])
            target = unplaced if index is None else by_row.setdefault(on_page[index], [])
            target.append(Reference(match.group(), words, inferred=True))
    warnings = tuple(
        f"{source.path.name}:{source.line(link.printed.spans[0][0])}: no row on the page cites {link.target};"
        " it is kept on the report"
        for link in unplaced
    )
    placed = (replace(row, references=_merged(row, by_row.get(i, []))) for i, row in enumerate(rows))
    return tuple(placed), tuple(unplaced), warnings


def _merged(row: Row, links: list[Reference]) -> tuple[Reference, ...]:
    """Return the row's own addresses and the list's; an address printed in both places is not inferred."""
    printed = {reference.target.rstrip("/") for reference in row.references}
    known = (replace(link, inferred=link.target.rstrip("/") not in printed) for link in links)
    return (*row.references, *known)


def _pages(regions: Layout) -> list[tuple[int, int]]:
    lines = [line for section in regions.sections for line in section.lines]
    return [(line.start, line.page) for line in lines]


def _pages_of(row: Row, pages: list[tuple[int, int]]) -> set[int]:
    words = [row.text, *([row.comment] if row.comment else []), *(r.printed for r in row.responsibilities)]
    spans = [span for one in words for span in one.spans]
    starts = [start for start, _ in pages] + [1 << 62]
    on = set()
    for (line, page), following in zip(pages, starts[1:], strict=True):
        if any(start < following and line < end for start, end in spans):
            on.add(page)
    return on


def owner(address: str, rows: Sequence[Row]) -> int | None:
    """Return the index of the row that cites the address; None where no row shares enough words with it, or two do."""
    for index, row in enumerate(rows):
        if address.rstrip("/") in {reference.target.rstrip("/") for reference in row.references}:
            return index
    scores = [_shared(address, f"{row.text.text} {row.comment.text if row.comment else ''}") for row in rows]
    best = max(scores, default=0)
    return scores.index(best) if best >= _LEAST and scores.count(best) == 1 else None


def _shared(address: str, words: str) -> int:
    path = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2].removesuffix(".html").removesuffix(".pdf")
    left, right = slug(path).replace("-", ""), slug(words).replace("-", "")
    return SequenceMatcher(None, left, right, autojunk=False).find_longest_match().size
