"""A report printed as a PDF says the same as its text, however the PDF is laid out; a bad PDF gets a clear error."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from loader.errors import ReportError
from loader.status_report.model.report import Row, StatusReport, Words
from loader.status_report.model.report_text import decode_report_text
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.parse.parse import parse, parse_text
from loader.status_report.pdf.pdf_file import read_pages
from loader.status_report.pdf.pdf_text import read_pdf_text
from tests.loader.status_report.pdf.printed_report import Style, print_report

FILE = Path("statusrapport.pdf")
STYLES = {
    "as published": Style(),
    "with a header on each page": Style(repeats_header=True),
    "without ruled lines": Style(ruled=False),
    "without ruled lines, with a header on each page": Style(ruled=False, repeats_header=True),
    "without hyphens": Style(hyphenates=False),
    "in small print": Style(size=7, widths=(190, 62, 62, 200)),
    "in larger print": Style(size=10, widths=(190, 72, 72, 180)),
    "with a running head": Style(head="Nasjonalbiblioteket", numbers="Side {page} av 9"),
    "with a running head on pages": Style(ruled=False, head="Statusrapport oktober 2025", numbers="- {page} -"),
    "encrypted against changes alone": Style(encryption=""),
}


@pytest.fixture(scope="module")
def from_text(report_files: list[Path], words: Gazetteer) -> StatusReport:
    return parse(report_files[0], words)


def _statements(row: Row) -> dict[str, object]:
    """Return what a row says, without where it is printed."""
    return {
        "part": row.part,
        "number": row.number and row.number[0],
        "wording": row.text.text,
        "theme": row.theme and row.theme[0],
        "page": row.page and row.page.pages,
        "agents": [(one.agent, one.role) for one in row.responsibilities],
        "status": row.status and (row.status.concept, row.status.printed.text, _text(row.status.note)),
        "comment": _text(row.comment),
        "milestones": [
            (one.when, one.earliest, one.latest, one.outcome, one.scope, one.printed.text, one.year_inferred)
            for one in row.milestones
        ],
        "mentions": {one.entity for one in row.mentions},
        "references": {one.target.rstrip("/") for one in row.references},
        "refers to": [one.target for one in row.refers_to],
    }


def _text(words: Words | None) -> str | None:
    return words.text if words else None


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_pdf_says_what_the_text_says(style: Style, from_text: StatusReport, words: Gazetteer) -> None:
    read = read_pdf_text(print_report(from_text, style), FILE)
    from_pdf = parse_text(decode_report_text(read.text.encode(), FILE), words)
    for row, expected in zip(from_pdf.rows, from_text.rows, strict=True):
        assert _statements(row) == _statements(expected)
    assert (from_pdf.issued, from_pdf.strategy, from_pdf.title.text) == (
        from_text.issued,
        from_text.strategy,
        from_text.title.text,
    )
    assert [(unit.code, unit.name.text) for unit in from_pdf.units] == [
        (unit.code, unit.name.text) for unit in from_text.units
    ]
    assert from_pdf.unplaced == ()
    assert read.text.replace("\n", "").replace("\t", "").isprintable(), "RDF/XML holds it"
    assert (read.warnings, from_pdf.warnings) == ((), ())


def test_what_is_printed_twice_for_bold_is_read_once() -> None:
    target = io.BytesIO()
    canvas = Canvas(target)
    for shift in (0, 0, 0.4):
        canvas.drawString(50 + shift, 700, "Tiltak 11")
    canvas.drawString(50, 650, "Tiltak 11")
    canvas.save()
    [page] = read_pages(target.getvalue(), FILE)
    assert [line.text for line in page.lines] == ["Tiltak 11", "Tiltak 11"]


def _blank(pages: int) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target)
    for _ in range(pages):
        canvas.rect(50, 50, 200, 200)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _damaged(pdf: bytes) -> dict[str, tuple[bytes, str]]:
    return {
        "cut off in its head": (pdf[:60], r"damaged|no pages"),
        "nothing but its head": (b"%PDF-1.7\n", r"damaged|no pages"),
        "other bytes after its head": (b"%PDF-1.4\n" + bytes(range(256)) * 20, r"damaged|no pages"),
        "without text": (_blank(2), r"holds no text, as a scan does"),
    }


@pytest.mark.parametrize(
    "fault", ["cut off in its head", "nothing but its head", "other bytes after its head", "without text"]
)
def test_a_bad_pdf_gets_a_clear_error(fault: str, from_text: StatusReport) -> None:
    raw, message = _damaged(print_report(from_text))[fault]
    with pytest.raises(ReportError, match=message) as caught:
        read_pdf_text(raw, FILE)
    assert str(caught.value).startswith("statusrapport.pdf: ")


def test_an_encrypted_pdf_gets_a_clear_error(from_text: StatusReport) -> None:
    with pytest.raises(ReportError, match="is encrypted; save a copy of it without a password"):
        read_pdf_text(print_report(from_text, Style(encryption="secret")), FILE)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_pdf_that_is_cut_off_never_gives_half_a_report(
    part: float, from_text: StatusReport, words: Gazetteer
) -> None:
    raw = print_report(from_text)
    with pytest.raises(ReportError, match=r"damaged|no pages|no text|cut off|legend|expected"):
        parse_text(decode_report_text(read_pdf_text(raw[: int(len(raw) * part)], FILE).text.encode(), FILE), words)
