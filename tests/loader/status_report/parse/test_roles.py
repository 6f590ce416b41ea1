"""The role of each organisation or group in a sentence, as a person read it (roles.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loader.status_report.mention_roles import role_in_report
from loader.status_report.model.report import MentionRole
from loader.status_report.model.report_text import ReportText
from loader.status_report.parse.dehyphenate import Reading
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.parse.mentions import MentionFinder
from loader.status_report.parse.roles import read_mentions

PUBLISHER = "https://w3id.org/nbkg/id/organisation/nasjonalbiblioteket"
CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "roles.toml").read_text(encoding="utf-8"))["case"]


def test_no_sentence_is_there_twice() -> None:
    texts = [case["text"] for case in CASES]
    assert len(texts) == len(set(texts)) >= 100


@pytest.fixture(scope="module")
def finder(words: Gazetteer) -> MentionFinder:
    return MentionFinder(words.entities, words.agents)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_role(case: dict[str, Any], words: Gazetteer, finder: MentionFinder) -> None:
    text = ReportText(Path("one-sentence.txt"), case["text"], "")
    flow = Reading(text.text, tuple(range(len(text.text))))
    read = []
    for mention in read_mentions(text, flow, finder, words):
        if mention.entity in words.agents:
            role = role_in_report(mention, PUBLISHER)
            told = mention.evidence.text if mention.evidence and role is not MentionRole.NAMED else None
            read.append([mention.printed.text, role.value, *filter(None, [told])])
    assert read == case["roles"]
