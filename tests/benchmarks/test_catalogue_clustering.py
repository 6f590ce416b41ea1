"""No pair that a reader labelled “never” while the rules were made is joined, alone or over others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.catalogue_pair_checks import labels_at
from benchmarks.catalogue_pairs import LEVELS, PARTS, read_named_records, read_pairs
from loader.cluster.description.describe import describe_record
from loader.cluster.levels.catalogue_clusters import cluster_records
from loader.cluster.levels.level_settings import read_level_settings

SHARED = Path(os.environ.get("NBKG_SHARED", Path(__file__).parents[2].parent / "shared")) / "data"
PAIRS = [pair for pair in read_pairs() if pair.part == PARTS[0]]
LEAST_RECALL = {"instance": 0.9, "expression": 0.88, "hub": 0.78}


@pytest.mark.skipif(not (SHARED / PAIRS[0].first.file).is_file(), reason="no records at NBKG_SHARED")
def test_pairs_that_are_never_one_are_in_no_cluster_and_most_that_must_be_are() -> None:
    records = read_named_records((name for pair in PAIRS for name in pair.records), SHARED)
    names = sorted(records)
    described = [describe_record(records[name], f"{name.file}#{name.id}") for name in names]
    wide_to_narrow = [*reversed(LEVELS)]
    for level, result in zip(wide_to_narrow, cluster_records(described, read_level_settings()), strict=True):
        homes = {names[record]: number for number, cluster in enumerate(result.clusters) for record in cluster}
        never, must = (labels_at(PAIRS, level, label) for label in ("never", "must"))
        assert [pair for pair in never if homes[pair.first] == homes[pair.second]] == []
        joined = sum(homes[pair.first] == homes[pair.second] for pair in must)
        assert joined / len(must) >= LEAST_RECALL[level]
