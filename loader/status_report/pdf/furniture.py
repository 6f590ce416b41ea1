"""The lines of a page that belong to no text: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from loader.status_report.parse.layout import TABLE_HEADER
from loader.status_report.pdf.pdf_file import Page, TextLine

_NUMBER = re.compile(r"(?:side\s+)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:av|of|/)\s*\d{1,4})?", re.IGNORECASE)
_TITLE = "statusrapport "
_STEP = 4.0
"""Points within which lines of two pages stand at the same height."""


def without_furniture(pages: Sequence[Page]) -> list[list[TextLine]]:
    """Return the lines of each page without page numbers and without what is repeated on most pages.

    The first page keeps a head that is the only title. Table headers are no furniture, wherever they stand.
    """
    own = ({_key(line) for line in page.lines if not TABLE_HEADER.match(line.text)} for page in pages)
    uses = Counter(key for keys in own for key in keys)
    repeated = {key for key, count in uses.items() if count > max(1, len(pages) / 2)}
    return [_own_lines(page, index, repeated) for index, page in enumerate(pages)]


def _own_lines(page: Page, index: int, repeated: set[tuple[str, int]]) -> list[TextLine]:
    is_titled = any(_TITLE in line.text.lower() for line in page.lines if _key(line) not in repeated)
    is_title_page = index == 0 and not is_titled
    edges = {min(page.lines, key=_top, default=None), max(page.lines, key=_top, default=None)}
    return [
        line
        for line in page.lines
        if not (line in edges and _NUMBER.fullmatch(line.text))
        and (_key(line) not in repeated or (is_title_page and _top(line) < page.height / 2))
    ]


def _top(line: TextLine) -> float:
    return line.box.top


def _key(line: TextLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.box.top / _STEP)
