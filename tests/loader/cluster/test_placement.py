"""One record is placed where a run would put it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from loader.cluster.description.describe import describe_record
from loader.cluster.description.description_json import parse_description, serialize_description
from loader.cluster.description.record_description import RecordDescription
from loader.cluster.levels.catalogue_clusters import PersonAnswers, cluster_records
from loader.cluster.levels.level_settings import LEVELS, read_level_settings
from loader.cluster.union.cluster_keys import KeyedClusters, assign_keys
from loader.cluster.union.placement import place_record
from loader.cluster.union.placing_index import open_index, write_index
from loader.marc.reading.marc_file import read_marc_file
from nbkg.errors import UsageError
from nbkg.records.record import DeliveredRecord

CASES = Path(__file__).parents[1] / "marc" / "cases"
RECORDS = [
    describe_record(item.record, f"nb/{item.record.control_number.strip()}")
    for name in sorted(file.name for file in CASES.glob("dd*.mrc"))
    for item in read_marc_file(CASES / name)
    if isinstance(item, DeliveredRecord)
]


def run(records: Sequence[RecordDescription]) -> dict[str, KeyedClusters]:
    levels = cluster_records(records, read_level_settings())
    clusters = {each.level: [[records[one].key for one in cluster] for cluster in each.clusters] for each in levels}
    return {level: assign_keys(clusters[level], KeyedClusters()) for level in LEVELS}


def placements(record: RecordDescription, folder: Path, answers: PersonAnswers) -> dict[str, str]:
    with open_index(folder) as index:
        found_places = place_record(record, index, read_level_settings(), answers)
    return {placement.level: placement.cluster for placement in found_places}


def test_a_description_comes_back_from_json() -> None:
    assert [parse_description(serialize_description(record)) for record in RECORDS] == RECORDS


@pytest.mark.parametrize("number", range(len(RECORDS)), ids=lambda number: RECORDS[number].key.partition("/")[2])
def test_a_record_is_placed_with_those_that_a_run_puts_it_with(number: int, tmp_path: Path) -> None:
    record, others = RECORDS[number], [*RECORDS[:number], *RECORDS[number + 1 :]]
    levels, expected = run(others), run(RECORDS)
    write_index(tmp_path, others, levels)
    placed = placements(record, tmp_path, PersonAnswers())
    for level in LEVELS:
        key = expected[level].cluster_of(record.key)
        together = {*expected[level].members[key]} - {record.key} if key else set()
        home = placed.get(level)
        assert ({*levels[level].members.get(home, (home,))} if home else set()) == together


def test_a_refused_pair_is_placed_apart(tmp_path: Path) -> None:
    record = next(one for one in RECORDS if one.key == "nb/dd12d")
    others = [one for one in RECORDS if one is not record]
    write_index(tmp_path, others, run(others))
    refused = PersonAnswers(refused={"work": frozenset({frozenset(("nb/dd12d", "nb/dd12b"))})})
    assert placements(record, tmp_path, refused) == {"hub": "nb/dd12a"}


def test_without_a_run_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nbkg cluster run"), open_index(tmp_path):
        pass
