"""The real report, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from loader.status_report.model.report import StatusReport
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.parse.parse import parse


@pytest.fixture(scope="session")
def report_file(report_files: list[Path]) -> Path:
    return next(file for file in report_files if "2025-10-14" in file.name)


@pytest.fixture(scope="session")
def report_text(report_file: Path) -> str:
    return report_file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def report(report_file: Path, words: Gazetteer) -> StatusReport:
    return parse(report_file, words)
