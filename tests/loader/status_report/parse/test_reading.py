"""Sentences as later reports will write them, and what a careful reader takes from them."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loader.status_report.model.report import Milestone
from loader.status_report.model.report_text import ReportText
from loader.status_report.parse.dehyphenate import Reading
from loader.status_report.parse.milestones import MilestoneReader

FOLDER = Path(__file__).parent
CASES: list[dict[str, Any]] = [
    case
    for name in (
        "reading.toml",
        "reading_siblings.toml",
        "reading_offices.toml",
        "reading_notes.toml",
        "reading_half_year.toml",
    )
    for case in tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["case"]
]
NOTES = [case for case in CASES if any("inferred" in claim for claim in case["claims"])]


def milestones(text: str, issued: date) -> tuple[Milestone, ...]:
    source = ReportText(Path("report.txt"), text, hashlib.sha256(text.encode()).hexdigest())
    return MilestoneReader(source, issued).comment(Reading(text, tuple(range(len(text)))), [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_claims(case: dict[str, Any]) -> None:
    read = [(one.when, one.outcome.value) for one in milestones(case["text"], case["report"])]
    assert read == [(claim.get("when"), claim["outcome"]) for claim in case["claims"]]


@pytest.mark.parametrize(
    "case", [c for c in CASES if any("scope" in claim for claim in c["claims"])], ids=lambda c: c["text"]
)
def test_scope(case: dict[str, Any]) -> None:
    read = [one.scope.value for one in milestones(case["text"], case["report"])]
    assert read == [claim["scope"] for claim in case["claims"]]


@pytest.mark.parametrize("case", NOTES, ids=lambda case: case["text"])
def test_words_and_inferred(case: dict[str, Any]) -> None:
    read = milestones(case["text"], case["report"])
    for claim, one in zip(case["claims"], read, strict=True):
        assert claim.get("words") in (None, one.cue.text if one.cue else "")
        inferred = [name for name, is_so in (("year", one.year_inferred), ("bounds", one.bounds_inferred)) if is_so]
        assert inferred == claim["inferred"]
