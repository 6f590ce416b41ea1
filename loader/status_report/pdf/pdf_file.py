"""Opens a PDF and reads its pages: the words in lines, the ruled tables and the links."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.text import extract_words

from loader.errors import ReportError

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of fonts and colours that no word depends on

_MAGIC = b"%PDF-"
_NO_LETTER = re.compile(r"\(cid:\d+\)")
_PRINTED = {"\u00ad": "-", "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl"}
"""Characters of print and the ones that the text has in their place: hyphens, spaces, ligatures."""
_TRANSLATION = str.maketrans({**_PRINTED, "\ufb03": "ffi", "\ufb04": "ffl", "\u200b": None, "\ufeff": None})
_SAME_LINE = 0.5
"""Part of a word's height that it shares with the one before it on the same line."""
_NEW_BLOCK = 0.8
"""Part of a line's height that the space above it has where a new block begins."""

_SIDES = ("x0", "top", "x1", "bottom")


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in points from its upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, other: Box) -> bool:
        """Return whether the middle of another box is in this one."""
        across, down = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= across <= self.x1 and self.top <= down <= self.bottom


class Drawn(NamedTuple):
    """A character as pdfplumber has it, and where it stands."""

    char: dict[str, Any]
    box: Box


@dataclass(frozen=True)
class Word:
    """A word and where it stands."""

    text: str
    box: Box
    initial: float
    """The width of its first character."""


@dataclass(frozen=True)
class TextLine:
    """Words on one line."""

    words: tuple[Word, ...]
    gap: bool
    """Whether a new block begins: after a blank space, or higher up."""

    @property
    def text(self) -> str:
        """Return the words with spaces between them."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """Return the rectangle around the words."""
        boxes = [word.box for word in self.words]
        return Box(boxes[0].x0, min(box.top for box in boxes), boxes[-1].x1, max(box.bottom for box in boxes))


@dataclass(frozen=True)
class TableCell:
    """A cell of a ruled table, with its lines."""

    box: Box
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """Return the lines as one text."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Link:
    """A link annotation."""

    target: str
    box: Box


@dataclass(frozen=True)
class Page:
    """What a page holds."""

    lines: tuple[TextLine, ...]
    """All its lines in the order in which the file draws them."""
    tables: tuple[tuple[tuple[TableCell, ...], ...], ...]
    """Its ruled tables: rows of cells."""
    links: tuple[Link, ...]
    height: float
    has_images: bool


def is_pdf(raw: bytes) -> bool:
    """Return whether bytes are those of a PDF, however damaged."""
    return _MAGIC in raw[:1024]


def read_pages(raw: bytes, path: Path) -> tuple[Page, ...]:
    """Return the pages of a PDF.

    Raises ReportError for one that is damaged, encrypted, or without text, as a scan is.
    """
    try:
        with pdfplumber.open(io.BytesIO(raw), unicode_norm="NFC") as document:
            pages = tuple(_page(_without_overprint(page)) for page in document.pages)
    except Exception as error:  # a damaged file makes the library fail anywhere, by errors of any class
        raise _refusal(error, path) from error
    if not pages:
        raise ReportError("the PDF has no pages; it may be cut off: fetch it again", file=path)
    if not any(page.lines for page in pages):
        raise ReportError("the PDF holds no text, as a scan does; have its text recognised (OCR) first", file=path)
    if any(_NO_LETTER.search(line.text) for page in pages for line in page.lines):
        raise ReportError(
            "the PDF's font does not say which letters it draws; have its text recognised (OCR)", file=path
        )
    return pages


def _refusal(error: Exception, path: Path) -> ReportError:
    reason = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
    if isinstance(reason, PDFPasswordIncorrect):
        return ReportError("the PDF is encrypted; save a copy of it without a password", file=path)
    problem = str(reason) or type(reason).__name__
    return ReportError(f"the PDF is damaged ({problem}); fetch it again", file=path)


class _Characters(list[dict[str, Any]]):
    """Characters whose places are known; a list compares with all before: two thirds of the time to read a report."""

    def __init__(self, characters: Iterable[dict[str, Any]]) -> None:
        super().__init__(characters)
        self._indexes = {id(character): index for index, character in enumerate(self)}

    def index(self, character: dict[str, Any], *_: Any) -> int:
        return self._indexes[id(character)]


def _without_overprint(page: Any) -> Any:
    """Return the page without the characters that are printed twice, as for bold."""
    page.objects["char"] = _Characters(page.chars)
    return page.dedupe_chars()


def _page(page: Any) -> Page:
    """Return what pdfplumber reads of a page.

    A row that a page break tears apart has no line at the break: one is drawn where the upright lines begin and end.
    """
    ends = [edge[side] for edge in page.vertical_edges for side in ("top", "bottom")]
    breaks = [min(ends), max(ends)] if ends else []
    tables = page.find_tables({"explicit_horizontal_lines": breaks})
    drawn = [Drawn(char, _box(char)) for char in page.chars]
    return Page(
        lines=_lines(page.chars),
        tables=tuple(_table(drawn, table) for table in tables),
        links=tuple(_links(page.hyperlinks, drawn)),
        height=page.height,
        has_images=bool(page.images),
    )


def _links(links: Iterable[dict[str, Any]], drawn: Sequence[Drawn]) -> Iterator[Link]:
    """Yield the links to web addresses that words stand in; a page break can leave an empty one behind."""
    for link in links:
        box = _box(link)
        if str(link["uri"]).startswith(("http://", "https://")) and _inside(drawn, box):
            yield Link(link["uri"], box)


def _box(item: dict[str, Any]) -> Box:
    return Box(*(item[side] for side in _SIDES))


def _table(drawn: Sequence[Drawn], table: Any) -> tuple[tuple[TableCell, ...], ...]:
    rows = ([Box(*cell) for cell in row.cells if cell] for row in table.rows)
    return tuple(tuple(TableCell(box, _lines(_inside(drawn, box))) for box in row) for row in rows)


def _inside(drawn: Sequence[Drawn], box: Box) -> list[dict[str, Any]]:
    return [one.char for one in drawn if box.holds(one.box)]


def _lines(chars: Sequence[dict[str, Any]]) -> tuple[TextLine, ...]:
    """Return the lines that characters make, in the order in which they are drawn."""
    extracted = extract_words(list(chars), use_text_flow=True, x_tolerance_ratio=0.15, return_chars=True)
    words = [Word(_plain(word["text"]), _box(word), word["chars"][0]["width"]) for word in extracted]
    lines: list[list[Word]] = []
    for word in filter(lambda word: word.text, words):
        if lines and _is_same_line(lines[-1][-1].box, word.box):
            lines[-1].append(word)
        else:
            lines.append([word])
    boxes = [None, *(line[-1].box for line in lines)]
    return tuple(
        TextLine(tuple(line), above is None or _is_new_block(above, line[0].box))
        for above, line in zip(boxes, lines, strict=False)
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_TRANSLATION))


def _is_same_line(before: Box, box: Box) -> bool:
    """Return whether a word stands beside the one before, also where it is raised or smaller."""
    overlap = min(before.bottom, box.bottom) - max(before.top, box.top)
    height = min(before.bottom - before.top, box.bottom - box.top)
    return overlap > height * _SAME_LINE and box.x0 >= before.x1 - height


def _is_new_block(above: Box, box: Box) -> bool:
    height = box.bottom - box.top
    return box.top - above.bottom > height * _NEW_BLOCK or box.bottom < above.bottom - height / 2
