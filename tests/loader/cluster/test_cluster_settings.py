"""Settings are data: those of the project can be read, and others say what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from loader.cluster.cluster_settings import read_settings
from loader.cluster.levels.level_settings import LEVELS, read_level_settings
from loader.cluster.pair_decision import PairDecider
from loader.cluster.values import read_record
from nbkg.errors import DataError, UsageError

SMALL = """
name = "small"
intercept = -2.0
[[field]]
name = "title"
reading = "words"
columns = ["title"]
[[comparison]]
name = "words"
function = "share-words"
field = "title"
weight = 4.0
"""


@pytest.mark.parametrize("name", ["dblp_acm", "dblp_scholar"])
def test_settings_of_the_project_name_functions_that_there_are_and_how_they_were_learnt(name: str) -> None:
    settings = read_settings(name)
    PairDecider(settings, [])
    assert settings.learnt


def test_the_levels_go_from_wide_to_narrow_and_keep_the_vetoes_of_the_wider_ones() -> None:
    levels = read_level_settings()
    assert tuple(level.name for level in levels) == LEVELS
    assert {*levels[0].vetoes} < {*levels[1].vetoes} < {*levels[2].vetoes}


def test_a_file_of_ones_own_decides_on_pairs(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(SMALL, encoding="utf-8")
    settings = read_settings(str(file))
    records = [
        read_record({"title": title}, settings.fields) for title in ("Havet og fjellet", "Havet & fjellet", "Sult")
    ]
    decider = PairDecider(settings, [records])
    assert [decider.decide(records[0], other).is_same for other in records] == [True, True, False]


def test_unknown_settings_are_an_error_of_the_call() -> None:
    with pytest.raises(UsageError, match="dblp_acm"):
        read_settings("dblp")


@pytest.mark.parametrize(
    ("old", "new"),
    [("share-words", "like-words"), ('field = "title"', 'field = "name"'), ("weight = 4.0", "wait = 4.0"), ("[[", "[")],
)
def test_settings_that_do_not_fit_are_an_error_of_the_data(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError):
        PairDecider(read_settings(str(file)), [])
