"""The labelled set of matching is that which is published, and matching is as good on it as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.matching import DECISIONS, make_matcher, measure_quality, our_answer
from benchmarks.matching_decisions import Decision, LabelledSet, contradict, make_set
from benchmarks.matching_headings import LC_FILE, Heading, read_years
from benchmarks.matching_variations import VARIATIONS

SHARED = Path(os.environ.get("NBKG_SHARED", Path(__file__).parents[2].parent / "shared")) / "data"
EVERY = 6
"""Only each sixth decision of the tuning part is asked, which takes a second."""
needs_records = pytest.mark.skipif(not (SHARED / LC_FILE).is_file(), reason="the records are not at NBKG_SHARED")


@pytest.fixture(scope="module")
def labelled() -> LabelledSet:
    return make_set(SHARED)


@needs_records
def test_the_decisions_are_those_that_are_published(labelled: LabelledSet) -> None:
    published = DECISIONS.read_text(encoding="utf-8").splitlines()[1:]
    assert [one.line for one in labelled.decisions] == published
    assert len(published) > 3_000


@needs_records
def test_matching_is_right_as_often_as_is_told(labelled: LabelledSet) -> None:
    some = [one for one in labelled.decisions if one.part == "tuning"][::EVERY]
    answer = our_answer(make_matcher(labelled.indexed))
    quality = measure_quality(some, [answer(one.text) for one in some])
    assert quality.precision >= 0.995
    assert quality.recall >= 0.96
    assert quality.wrong_absent <= 0.01


def test_headings_are_varied_as_catalogues_vary_them() -> None:
    heading = Heading("key", "Bjørnson, Bjørnstjerne Martinius (dikter)", "1832-1910", is_person=True)
    texts = {name: vary(heading) for name, vary in VARIATIONS.items()}
    assert texts["direct-order"] == "Bjørnstjerne Martinius (dikter) Bjørnson (1832-1910)"
    assert texts["initials"] == "Bjørnson, B. M., 1832-1910"
    assert texts["without-marks"] == "Bjornson, Bjornstjerne Martinius (dikter), 1832-1910"
    assert texts["digraphs"].startswith("Bjoernson, Bjoernstjerne")
    assert texts["without-parentheses"] == "Bjørnson, Bjørnstjerne Martinius, 1832-1910"
    assert texts["typing-error"] != heading.text


def test_years_contradict_where_both_are_known() -> None:
    assert read_years("f. 1944") == (1944, None)
    assert contradict(read_years("1921-1999"), read_years("1921-1998"))
    assert not contradict(read_years("1921-1999"), read_years("1921-"))


def test_quality_counts_what_is_right_wrong_and_missed() -> None:
    decisions = [
        Decision("tuning", key, "as-it-is", key, expected, is_absent=is_absent)
        for key, expected, is_absent in (("a", "a", False), ("b", "b", False), ("c", "", True), ("d", "", False))
    ]
    quality = measure_quality(decisions, ["a", "", "x", ""])
    assert (quality.precision, quality.recall, quality.wrong_absent) == (0.5, 0.5, 1.0)
