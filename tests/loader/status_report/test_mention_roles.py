"""Every mention of the real report with its role, as a person read it (mentions.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loader.status_report.measure_keys import Registry
from loader.status_report.mention_roles import RoleMention, merge_mentions
from loader.status_report.model.report import StatusReport

FACTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "mentions.toml").read_text(encoding="utf-8"))[
    "measure"
]
PUBLISHER = "https://w3id.org/nbkg/id/organisation/nasjonalbiblioteket"


@pytest.fixture(scope="module")
def mentions(report: StatusReport) -> dict[str, list[str]]:
    keys, _ = Registry({}).assign(report)
    rows = zip(keys, report.rows, strict=True)
    return {key: [_line(mention) for mention in merge_mentions(row.mentions, PUBLISHER)] for key, row in rows}


def test_every_row_is_there(mentions: dict[str, list[str]]) -> None:
    assert list(mentions) == [fact["key"] for fact in FACTS]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["key"])
def test_roles(fact: dict[str, Any], mentions: dict[str, list[str]]) -> None:
    assert mentions[fact["key"]] == fact["mentions"]


def _line(mention: RoleMention) -> str:
    words = "; ".join(dict.fromkeys(evidence.text for evidence in mention.evidence))
    return f"{mention.entity.split('/id/')[1]} {mention.role}{f': {words}' if words else ''}"
