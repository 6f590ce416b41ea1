"""Prints a report that was read from text as a PDF laid out like the published ones."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from loader.status_report.model.report import Row, StatusReport

_PARTS = {
    "I": "Del I. Tiltaksliste",
    "II": "Del II. Tiltak som omtales i teksten, men ikke løftes fram i tiltakslisten",
}
_HEADER = ("Tiltak", "Ansvar", "Status", "Kommentar")
_LONG = re.compile(r"[a-zæøå]{12,}")


@dataclass(frozen=True)
class Style:
    """How a report is printed."""

    ruled: bool = True
    repeats_header: bool = False
    hyphenates: bool = True
    widths: tuple[float, ...] = (215, 62, 62, 172)
    size: float = 9
    numbers: str = "{page}"
    head: str = ""
    encryption: str | None = None


def print_report(report: StatusReport, style: Style = Style()) -> bytes:
    """Return the PDF."""
    target = io.BytesIO()

    def furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(A4[0] / 2, 20, style.numbers.format(page=document.page))
        canvas.drawString(40, A4[1] - 20, style.head)

    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        encrypt=style.encryption,
        invariant=1,
        leftMargin=40,
        rightMargin=40,
        topMargin=40,
        bottomMargin=40,
    )
    document.build([*_story(report, style)], onFirstPage=furniture, onLaterPages=furniture)
    return target.getvalue()


def _story(report: StatusReport, style: Style) -> Iterator[Flowable]:
    plain = ParagraphStyle("plain", fontName="Helvetica", fontSize=style.size, leading=style.size * 1.2, spaceAfter=10)
    yield Paragraph("Statusrapporter bibliotekstrategier 2015 - 2025", plain)
    yield Paragraph(report.title.text, plain)
    yield Paragraph("Merknader: Tiltak i grått er gjennomført/avsluttet.", plain)
    part = ""
    for (row_part, theme), rows in groupby(report.rows, lambda row: (row.part, row.theme[1].text if row.theme else "")):
        if row_part != part:
            yield Paragraph(_PARTS[row_part], plain)
        if theme:
            yield Paragraph(theme, plain)
        part = row_part
        yield _table([*rows], report.source.text, style)
        yield Spacer(1, 12)
    start = min(span[0] for unit in report.units for span in unit.entry)
    yield Paragraph(escape(" ".join(report.source.text[start:].split())), plain)


def _table(rows: list[Row], source: str, style: Style) -> Table:
    cell = ParagraphStyle("cell", fontName="Helvetica", fontSize=style.size, leading=style.size * 1.2)
    cell.embeddedHyphenation = 1
    texts = [[*_HEADER], *([*_cells(row, source, style)] for row in rows)]
    commands: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if style.ruled:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    commands += [
        ("BACKGROUND", (0, index), (-1, index), colors.lightgrey)
        for index, row in enumerate(rows, 1)
        if style.ruled and row.status and row.status.printed.text == "Avsluttet"
    ]
    return Table(
        [[Paragraph(text, cell) for text in row] for row in texts],
        colWidths=style.widths,
        style=commands,
        repeatRows=1 if style.repeats_header else 0,
        splitInRow=0 if style.repeats_header else 1,  # both at once draw no line between the parts
    )


def _cells(row: Row, source: str, style: Style) -> Iterator[str]:
    start, end = row.text.spans[0][0], row.text.spans[-1][1]
    quotes = ("«" if source[start - 1] == "«" else "", "»" if source[end : end + 1] == "»" else "")
    page = f" {row.page.printed.text}" if row.page else ""
    number = f"{row.number[0]}. " if row.number else ""
    yield number + _hyphenated(escape(quotes[0] + row.text.text + quotes[1] + page), style)
    yield escape(_agents(row, source))
    status = f"{row.status.printed.text} {row.status.note.text if row.status.note else ''}" if row.status else ""
    yield _hyphenated(escape(status.strip()), style)
    yield _comment(row, style)


def _agents(row: Row, source: str) -> str:
    """Return the cell of the responsible ones as it is printed, brackets included."""
    spans = [span for one in row.responsibilities for span in one.printed.spans]
    if not spans:
        return ""
    printed = " ".join(source[min(spans)[0] : max(spans)[1]].split())
    printed = printed.replace("Nasjonalb ibliotekar", "Nasjonalbibliotekar")
    return printed + ")" * (printed.count("(") - printed.count(")"))


def _comment(row: Row, style: Style) -> str:
    """Return the comment, with a part of its words for each link that is not printed in it."""
    text = row.comment.text if row.comment else ""
    links = [link for link in dict.fromkeys(one.target for one in row.references) if link.rstrip("/") not in text]
    if not links:
        return _hyphenated(escape(text), style)
    words = text.split()
    step = max(1, len(words) // len(links))
    parts = [words[i * step : (i + 1) * step if i + 1 < len(links) else None] for i in range(len(links))]
    return " ".join(
        f'<link href="{escape(link)}">{escape(" ".join(part))}</link>' for link, part in zip(links, parts, strict=True)
    )


def _hyphenated(text: str, style: Style) -> str:
    """Return the text with a soft hyphen in the middle of long words."""
    if not style.hyphenates or "http" in text:
        return text
    return _LONG.sub(lambda word: f"{word[0][: len(word[0]) // 2]}\u00ad{word[0][len(word[0]) // 2 :]}", text)
