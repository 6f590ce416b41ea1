"""The file of a new report: a PDF as published, or its text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from loader.status_report.model.report_text import ReportText, decode_report_text
from loader.status_report.pdf.pdf_file import is_pdf
from loader.status_report.pdf.pdf_text import read_pdf_text
from nbkg.errors import UsageError


@dataclass(frozen=True)
class ReportFile:
    """A report's text, and its PDF where it came as one."""

    text: ReportText
    pdf: bytes | None
    warnings: tuple[str, ...]
    """What a person must look at in the PDF."""


def read_report_file(file: Path) -> ReportFile:
    """Return what a file holds.

    Raises UsageError for one that cannot be read, ReportError for one that is no report.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}); name a report's PDF or its text") from error
    if not is_pdf(raw):
        return ReportFile(decode_report_text(raw, file), None, ())
    read = read_pdf_text(raw, file)
    return ReportFile(decode_report_text(read.text.encode(), file), raw, read.warnings)
