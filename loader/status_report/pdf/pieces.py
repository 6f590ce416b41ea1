"""Takes pages apart into table rows and paragraphs: by ruled lines, or by the columns of the table headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from loader.status_report.parse.layout import PART, TABLE_HEADER
from loader.status_report.pdf.pdf_file import Box, Page, TableCell, TextLine
from loader.status_report.pdf.table_rows import Evidence, TableRow, make_row

HEADER = "Tiltak Ansvar Status Kommentar"
_NEAR = 2.0
"""Points by which a word may stand beside the left edge of its column."""


@dataclass(frozen=True)
class Piece:
    """A row or a paragraph, and where it stands on its page."""

    boxes: tuple[Box, ...]
    block: str | TableRow

    def holds(self, box: Box) -> bool:
        """Return whether a box stands in this piece."""
        return any(own.holds(box) for own in self.boxes)


def are_ruled(pages: Sequence[Page]) -> bool:
    """Return whether all table headers stand in ruled tables."""
    headers = sum(len(row) == 4 and _is_header(row) for page in pages for table in page.tables for row in table)
    return headers > 0 and headers == sum(bool(TABLE_HEADER.match(line.text)) for p in pages for line in p.lines)


def _is_header(row: Sequence[TableCell]) -> bool:
    return TABLE_HEADER.match(" ".join(cell.text for cell in row)) is not None


def ruled_pieces(
    pages: Sequence[Page], lines: Sequence[Sequence[TextLine]], evidence: Evidence
) -> Iterator[list[Piece]]:
    """Yield the pieces of each page from above: the rows of its tables, and the paragraphs outside them."""
    for page, own in zip(pages, lines, strict=True):
        rows = [row for table in page.tables for row in table if any(cell.lines for cell in row)]
        pieces = [Piece(tuple(cell.box for cell in row), _block(row, evidence)) for row in rows]
        pieces.extend(_paragraphs([line for line in own if not any(row.holds(line.box) for row in pieces)]))
        yield sorted(pieces, key=lambda piece: piece.boxes[0].top)


def _block(row: Sequence[TableCell], evidence: Evidence) -> str | TableRow:
    """Return the header, a row of four cells, or the text of cells that are no row of the report."""
    if _is_header(row):
        return HEADER
    return make_row(row, evidence) if len(row) == 4 else " ".join(cell.text for cell in row if cell.lines)


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[Piece]:
    """Yield blocks of lines; a part's heading that goes on below stands on one line."""
    blocks: list[list[TextLine]] = []
    for line in lines:
        if blocks and not line.gap:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    for block in blocks:
        text = block[0].text
        for line in block[1:]:
            goes_on = PART.match(text) and line.text[:1].islower()
            text += f"{' ' if goes_on else chr(10)}{line.text}"
        yield Piece(tuple(line.box for line in block), text)


def column_pieces(lines: Sequence[Sequence[TextLine]], evidence: Evidence) -> Iterator[list[Piece]]:
    """Yield the pieces of each page in the order in which the file draws them."""
    columns = _columns([line for own in lines for line in own])
    for own in lines:
        pieces: list[Piece] = []
        for is_header, between in groupby(own, _is_header_line):
            if is_header:
                pieces.extend(Piece((line.box,), HEADER) for line in between)
            else:
                pieces.extend(_rows([*between], columns, evidence))
        yield pieces


def _is_header_line(line: TextLine) -> bool:
    return TABLE_HEADER.match(line.text) is not None


def _columns(lines: Sequence[TextLine]) -> tuple[Box, ...]:
    """Return the columns that the first header begins; each ends where the longest of its lines does."""
    header = next((line for line in lines if _is_header_line(line)), None)
    if header is None:
        return ()
    columns = tuple(word.box for word in header.words)
    ends = [box.x1 for box in columns]
    for part in (part for line in lines for part in _cut(line, columns)):
        index = _column(part, columns)
        limit = columns[index + 1].x0 if index + 1 < len(columns) else part.box.x1
        ends[index] = max(ends[index], part.box.x1 if part.box.x1 <= limit else 0)
    return tuple(replace(box, x1=end) for box, end in zip(columns, ends, strict=True))


def _column(part: TextLine, columns: Sequence[Box]) -> int:
    return max((index for index, box in enumerate(columns) if part.box.x0 >= box.x0 - _NEAR), default=0)


def _rows(lines: Sequence[TextLine], columns: Sequence[Box], evidence: Evidence) -> Iterator[Piece]:
    """Yield rows: a new one begins where a wording follows another cell. Wordings alone are paragraphs."""
    rows: list[list[list[TextLine]]] = []
    before = -1
    for part in (part for line in lines for part in _cut(line, columns)):
        column = _column(part, columns)
        if not rows or (column == 0 and before > 0):
            rows.append([[], [], [], []])
        rows[-1][column].append(part)
        before = column
    for row in rows:
        if any(row[1:]):
            cells = [TableCell(_around(cell, box), tuple(cell)) for cell, box in zip(row, columns, strict=True)]
            yield Piece(tuple(cell.box for cell in cells if cell.lines), make_row(cells, evidence))
        else:
            yield from _paragraphs(row[0])


def _around(lines: Sequence[TextLine], column: Box) -> Box:
    """Return the part of a column in which lines stand."""
    boxes = [line.box for line in lines] or [column]
    return Box(column.x0, min(box.top for box in boxes), column.x1, max(box.bottom for box in boxes))


def _cut(line: TextLine, columns: Sequence[Box]) -> Iterator[TextLine]:
    """Yield the parts of a line that stand in columns of their own."""
    start = 0
    for index, word in enumerate(line.words[1:], 1):
        space = word.box.x0 - line.words[index - 1].box.x1
        wide = space > (word.box.bottom - word.box.top) * 0.4
        if wide and any(abs(word.box.x0 - box.x0) <= _NEAR for box in columns):
            yield TextLine(line.words[start:index], line.gap and start == 0)
            start = index
    yield TextLine(line.words[start:], line.gap and start == 0)
