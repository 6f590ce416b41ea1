"""What cannot be read is an error that names file, line and what was expected; nothing is read wrongly in silence."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from loader.errors import ReportError
from loader.status_report.model.report import Mention, Milestone
from loader.status_report.model.report_text import ReportText
from loader.status_report.parse import footlinks, roles, rows
from loader.status_report.parse.dehyphenate import Reading
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.parse.parse import parse
from loader.status_report.parse.rows import RowReader
from nbkg.errors import NbkgError, UsageError

CHANGES = {
    "no title": ("statusrapport 14.10 - 2025", "rapport", r"expected the title"),
    "impossible date": ("statusrapport 14.10 - 2025", "statusrapport 44.10 - 2025", r":3: expected the report's date"),
    "no period": ("bibliotekstrategi 2020-2025", "bibliotekstrategi", r":3: expected the strategy's period"),
    "no part": ("Del I. Tiltaksliste", "Tiltaksliste", r"Del I"),
    "unknown unit": ("KF/DF Avsluttet", "KF/XY Avsluttet", r":24: the unit “XY” is not in the report's legend"),
    "unknown status": ("KF Løpende Arr", "KF Utsatt Arr", r":3\d: expected a status after “KF”, found “Utsatt"),
    "unknown theme": ("\nInfrastruktur \n", "\nØkonomi \n", r":\d+: “Økonomi” is where a theme heading should be"),
    "no units in a row": ("\nKF Løpende Arr", "\nArr", r":\d+: expected"),
    "numbers fall": ("\n6. Utdanning", "\n4. Utdanning", r":61: measure 4 follows measure 5"),
    "no number": ("\n3. Nasjonalbiblioteket", "\nNasjonalbiblioteket", r"expected"),
    "pages run backwards": ("(s. 35-36)", "(s. 36-35)", r":\d+: the strategy's pages run backwards"),
    "a wording breaks off": ("leveransen.» (s. 41)", "leveransen.", r"breaks off|expected the wording"),
    "a unit twice in the legend": ("KD – Kulturarv", "KF – Kulturarv", r":375: the legend gives the unit KF twice"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_report(change: str, report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    old, new, message = CHANGES[change]
    assert old in report_text
    file = tmp_path / "changed.txt"
    file.write_text(report_text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReportError, match=message) as caught:
        parse(file, words)
    assert str(caught.value).startswith("changed.txt:")


@pytest.mark.parametrize("lines", range(5, 371, 12))
def test_a_truncated_report(lines: int, report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    file = tmp_path / "cut.txt"
    file.write_text("\n".join(report_text.split("\n")[:lines]), encoding="utf-8")
    with pytest.raises(ReportError, match=r"cut\.txt.*(legend|cut off|part heading)"):
        parse(file, words)


FILES = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n ", "is empty"),
    "latin-1": ("Nasjonalbiblioteket på nett".encode("latin-1"), r":1: byte 0xe5 is not UTF-8"),
    "utf-16": ("Nasjonalbiblioteket på nett".encode("utf-16"), "UTF-16|binary"),
    "binary": (b"%PDF-1.7\x00\x01\x02 abc", "binary"),
    "other text": ("Kjære leser,\n\nher er noe annet.\n".encode(), "legend"),
}


@pytest.mark.parametrize("kind", FILES)
def test_not_a_report(kind: str, words: Gazetteer, tmp_path: Path) -> None:
    content, message = FILES[kind]
    file = tmp_path / "file.txt"
    file.write_bytes(content)
    with pytest.raises(ReportError, match=message):
        parse(file, words)


def test_no_such_file(words: Gazetteer, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        parse(tmp_path / "nowhere.txt", words)


@pytest.fixture
def cells_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read mentions, dates and shared words of a text once: two thirds of a parse, and the same with each line less."""
    mentions, milestones, shared = roles.read_mentions, RowReader._milestones, footlinks._shared
    by_text: dict[object, list[Any]] = {}

    def read_mentions(source: ReportText, reading: Reading, *others: Any) -> list[Mention]:
        if reading.text not in by_text:
            by_text[reading.text] = list(mentions(source, reading, *others))
        return by_text[reading.text]

    def read_milestones(reader: RowReader, line: int, text: Reading, comment: Reading | None) -> list[Milestone]:
        key = text.text, comment and comment.text
        if key not in by_text:
            by_text[key] = list(milestones(reader, line, text, comment))
        return by_text[key]

    monkeypatch.setattr(rows, "read_mentions", read_mentions)
    monkeypatch.setattr(RowReader, "_milestones", read_milestones)
    monkeypatch.setattr(footlinks, "_shared", cache(shared))


@pytest.mark.usefixtures("cells_read_once")
def test_a_line_less_is_an_error_or_a_true_reading(report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    """Any one line taken out: a clear error, or a reading in which no measure swallows another."""
    lines = report_text.split("\n")
    file = tmp_path / "report.txt"
    for removed in (i for i, line in enumerate(lines) if line.strip()):
        file.write_text("\n".join(lines[:removed] + lines[removed + 1 :]), encoding="utf-8")
        result = _rows_or_error(file, words)
        assert result == 32 or re.match(r"report\.txt(:\d+)?: ", str(result)), (
            f"without line {removed + 1} ({lines[removed]!r}): {result}"
        )


def _rows_or_error(file: Path, words: Gazetteer) -> int | str:
    try:
        return len(parse(file, words).rows)
    except NbkgError as error:
        return str(error)


WARNED = {
    "a date that is none": ("28.08.25", "31.02.25", r":18: “31.02.25” looks like a date but is not one"),
    "a measure that is not there": ("(tiltak 14) lanseres", "(tiltak 99) lanseres", "“tiltak 99” names a measure that"),
    "a link of no row": ("https://bibsyst.no/oaiservere.html", "https://example.org/qqq", "no row on the page cites"),
}


@pytest.mark.parametrize("change", WARNED)
def test_what_can_be_read_but_not_believed(change: str, report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    old, new, message = WARNED[change]
    file = tmp_path / "odd.txt"
    file.write_text(report_text.replace(old, new, 1), encoding="utf-8")
    report = parse(file, words)
    assert len(report.rows) == 32
    (warning,) = report.warnings
    assert re.search(message, warning)
