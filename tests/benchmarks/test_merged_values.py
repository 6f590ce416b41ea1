"""The rated values of merged records are in the records they are of, and the records are of one instance."""

from __future__ import annotations

import os
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from benchmarks.catalogue_pair_checks import connect_records
from benchmarks.catalogue_pairs import field_text, read_named_records, read_pairs
from benchmarks.merged_values import RATINGS, RatedValue, read_rated_values

SHARED = Path(os.environ.get("NBKG_SHARED", Path(__file__).parents[2].parent / "shared")) / "data"
VALUES = read_rated_values()
MANY = {"isbn", "publisher"}
"""Properties of which an instance may have several values."""


@pytest.mark.skipif(not (SHARED / VALUES[0].record.file).is_file(), reason="no records at NBKG_SHARED")
def test_every_value_is_in_the_field_of_its_record() -> None:
    records = read_named_records((value.record for value in VALUES), SHARED)
    assert [
        value
        for value in VALUES
        if not any(value.value in field_text(field) for field in records[value.record].fields_with(value.tag))
    ] == []


def test_records_of_a_cluster_must_be_one_instance() -> None:
    pairs = [pair for pair in read_pairs() if (pair.level, pair.label) == ("instance", "must")]
    roots = connect_records(pairs)
    clusters = {(value.cluster, roots[value.record]) for value in VALUES}
    assert len(clusters) == len({cluster for cluster, _root in clusters}) == 20


def _by_property() -> list[tuple[str, Counter[str]]]:
    groups = groupby(VALUES, lambda value: (value.cluster, value.property))
    return [(name, Counter(value.rating for value in values)) for (_cluster, name), values in groups]


def test_each_property_has_one_best_value_unless_all_are_wrong() -> None:
    assert {value.rating for value in VALUES} == set(RATINGS)
    for name, ratings in _by_property():
        assert ratings["best"] == 1 or (name in MANY and ratings["best"]) or set(ratings) == {"wrong"}, name


def test_what_is_not_shown_has_a_reason() -> None:
    def lacks_reason(value: RatedValue) -> bool:
        return value.rating in ("variant", "wrong") and not value.reason.endswith(".")

    assert [value for value in VALUES if lacks_reason(value)] == []
