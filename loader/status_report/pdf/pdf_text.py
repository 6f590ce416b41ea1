"""The text of a PDF, laid out as `parse.layout` reads it: a block for each cell, pages with their links at the foot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loader.status_report.parse.layout import LEGEND
from loader.status_report.pdf.furniture import without_furniture
from loader.status_report.pdf.pdf_file import Page, read_pages
from loader.status_report.pdf.pieces import HEADER, Piece, are_ruled, column_pieces, ruled_pieces
from loader.status_report.pdf.table_rows import Evidence, TableRow

_PAGE_BREAK = "\n "
"""A page opens with a space, as `parse.layout` knows it: XML, and so RDF/XML, cannot hold a form feed."""


@dataclass(frozen=True)
class PdfText:
    """The text of a PDF, and what a person must look at."""

    text: str
    warnings: tuple[str, ...]


@dataclass
class _PageText:
    """The blocks of a page from above, and the addresses of its links."""

    blocks: list[str | TableRow] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)


def read_pdf_text(raw: bytes, path: Path) -> PdfText:
    """Return the text of a PDF.

    The cells of ruled tables keep apart whatever order the file draws them in; without ruled lines the headers tell the
    columns, and a row begins where a wording follows another cell. Raises ReportError for a PDF that is damaged,
    encrypted or without text.
    """
    pages = read_pages(raw, path)
    lines = without_furniture(pages)
    evidence = Evidence.of(pages)
    pieces = ruled_pieces(pages, lines, evidence) if are_ruled(pages) else column_pieces(lines, evidence)
    texts = [text for page in _joined(pages, pieces) if (text := _page_text(page))]
    empty = [number for number, page in enumerate(pages, 1) if page.has_images and not page.lines]
    warnings = tuple(f"{path.name}, page {number}: is a picture without text and was not read" for number in empty)
    return PdfText(_PAGE_BREAK.join(texts) + "\n", warnings)


def _joined(pages: Sequence[Page], pieces: Iterable[list[Piece]]) -> list[_PageText]:
    """Return the pages; a row that goes on over a page break stands on the first page, with its links."""
    texts: list[_PageText] = []
    for page, own in zip(pages, pieces, strict=True):
        before = next((text for text in reversed(texts) if text.blocks), None)
        headings = _headings(before) if before and own and own[0].block == HEADER else []
        moved = _pieces_before(before, own) if before and not headings else 0
        text = _PageText([*headings, *(piece.block for piece in own[moved:])])
        for link in page.links:
            target = before if before and any(piece.holds(link.box) for piece in own[:moved]) else text
            target.links.setdefault(link.target)
        texts.append(text)
    return texts


def _headings(page: _PageText) -> list[str | TableRow]:
    """Take the headings that end a page away from it: their table begins on the next page."""
    rows = [index for index, block in enumerate(page.blocks) if isinstance(block, TableRow)]
    if not rows:
        return []
    headings = page.blocks[rows[-1] + 1 :]
    del page.blocks[rows[-1] + 1 :]
    return headings


def _pieces_before(before: _PageText, pieces: Sequence[Piece]) -> int:
    """Return how many pieces belong to the page before: a header that is printed again, and a row that goes on."""
    if not isinstance(before.blocks[-1], TableRow):
        return 0
    repeated = int(bool(pieces) and pieces[0].block == HEADER)
    for piece in pieces[repeated : repeated + 1]:
        if isinstance(piece.block, TableRow) and before.blocks[-1].is_continued_by(piece.block):
            before.blocks[-1] += piece.block
            return repeated + 1
    return repeated


def _page_text(page: _PageText) -> str:
    """Return a page: its blocks, and its links before a legend that ends it, else at its foot."""
    legend = (i for i, block in enumerate(page.blocks) if isinstance(block, str) and LEGEND.match(block))
    blocks = [block.text if isinstance(block, TableRow) else block for block in page.blocks]
    if page.links:
        blocks.insert(next(legend, len(blocks)), "\n".join(page.links))
    return "\n\n".join(blocks)
