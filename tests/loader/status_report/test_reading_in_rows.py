"""Sentences that look like a number, a status or a row are read as comments where they stand in a cell."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path

import pytest

from loader.status_report.model.report_text import decode_report_text
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.parse.parse import parse_text

SENTENCES = [
    ("Ferdig høsten 2026.", [("2026-23", "planned")]),
    ("Skal åpnes for alle folkebibliotek og fylkesbibliotek i landet 1. desember 2026.", [("2026-12-01", "planned")]),
    ("Avsluttes 31.12.2026.", [("2026-12-31", "planned")]),
    ("Løpende, med oppstart høsten 2026.", [("2026-23", "planned")]),
    ("Under arbeid er utlysningen 2. halvår 2026.", [("2026-07/2026-12", "planned")]),
    ("Lanseringen av den nye løsningen for bibliotekene er flyttet fra november 2025 til mars 2027.",
     [("2025-11", "postponed"), ("2027-03", "planned")]),
]  # fmt: skip
COMMENT = """KF Løpende Arrangementer tilgjengeliggjøres på video/strømming og 
podkast. Vi utveksler kontinuerlig kompetanse med andre 
bibliotek. 
"""  # noqa: W291  # as the report is printed


@pytest.mark.parametrize(("sentence", "claims"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
@pytest.mark.parametrize("width", [24, 58])
def test_claims(sentence: str, claims: list[tuple[str, str]], width: int, report_text: str, words: Gazetteer) -> None:
    assert COMMENT in report_text
    printed = "".join(f"{line} \n" for line in textwrap.wrap(sentence, width, break_on_hyphens=False))
    text = report_text.replace(COMMENT, f"KF Under arbeid {printed}").replace("14.10 - 2025", "15.04 - 2026")
    report = parse_text(decode_report_text(text.encode(), Path("report.txt")), words)
    assert report.issued == date(2026, 4, 15)
    (row,) = (row for row in report.rows if row.number and row.number[0] == 3)
    assert [(one.when, one.outcome.value) for one in row.milestones] == claims
