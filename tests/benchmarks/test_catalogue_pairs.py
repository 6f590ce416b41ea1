"""The labelled pairs of records lead to records, quote them, and do not contradict each other."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.catalogue_pair_checks import connect_records, iter_contradictions
from benchmarks.catalogue_pairs import (
    LABELS,
    LEVELS,
    PARTS,
    LabelledPair,
    RecordName,
    choose_part,
    field_text,
    iter_quotes,
    read_named_records,
    read_pairs,
)
from nbkg.records.record import MarcRecord

SHARED = Path(os.environ.get("NBKG_SHARED", Path(__file__).parents[2].parent / "shared")) / "data"
ROWS = read_pairs()
needs_records = pytest.mark.skipif(not (SHARED / ROWS[0].first.file).is_file(), reason="no records at NBKG_SHARED")


@pytest.fixture(scope="module")
def records() -> Mapping[RecordName, MarcRecord]:
    return read_named_records((name for row in ROWS for name in row.records), SHARED)


@needs_records
def test_every_row_leads_to_two_records(records: Mapping[RecordName, MarcRecord]) -> None:
    assert [row for row in ROWS if len(row.records) != 2 or not row.records <= records.keys()] == []


@needs_records
def test_what_a_reason_quotes_is_in_the_record(records: Mapping[RecordName, MarcRecord]) -> None:
    wrong = [
        (quote.record.id, quote.tag, quote.text)
        for row in ROWS
        for quote in iter_quotes(row)
        if not any(quote.text in field_text(field) for field in records[quote.record].fields_with(quote.tag))
    ]
    assert wrong == []


def test_every_reason_is_a_sentence_that_quotes_both_records() -> None:
    assert [row for row in ROWS if {quote.record for quote in iter_quotes(row)} != row.records] == []
    assert [row.reason for row in ROWS if not row.reason[0].isupper() or not row.reason.endswith(".")] == []


def test_levels_labels_and_parts_are_those_that_are_defined() -> None:
    assert {row.level for row in ROWS} == set(LEVELS)
    assert {row.label for row in ROWS} == set(LABELS)
    assert {row.part for row in ROWS} == set(PARTS)


def test_no_pair_has_two_labels_at_one_level() -> None:
    assert [key for key, number in Counter((row.records, row.level) for row in ROWS).items() if number > 1] == []


def test_no_label_contradicts_others_over_levels_and_chains() -> None:
    assert list(iter_contradictions(ROWS)) == []


def test_connected_records_are_in_one_part() -> None:
    roots = connect_records(ROWS)
    first: dict[RecordName, RecordName] = {}
    for row in ROWS:
        first.setdefault(roots[row.first], row.first)
    assert [row for row in ROWS if row.part != choose_part(first[roots[row.first]])] == []


def test_a_third_is_held_out() -> None:
    held_out = [row for row in ROWS if row.part == "held-out"]
    assert 0.28 < len(held_out) / len(ROWS) < 0.40
    assert {(row.level, row.label) for row in held_out} == {(row.level, row.label) for row in ROWS}


def test_there_are_enough_pairs_of_each_kind() -> None:
    numbers = Counter((row.level, row.label) for row in ROWS)
    by_title = {row.records for row in ROWS if row.drawn_by == "title_alone" and row.label == "never"}
    assert len(ROWS) >= 1700
    assert len({row.records for row in ROWS}) >= 1100
    assert len(by_title) >= 500
    assert numbers["instance", "must"] >= 150
    assert numbers["expression", "must"] >= 200
    assert numbers["hub", "must"] >= 350


def test_contradictions_are_seen_over_levels_and_chains() -> None:
    a, b, c = (RecordName("f", name) for name in "abc")

    def row(first: RecordName, second: RecordName, level: str, label: str) -> LabelledPair:
        return LabelledPair(first, second, level, label, "isbn", "tuning", "")

    chain = [row(a, b, "instance", "must"), row(b, c, "expression", "must")]
    assert list(iter_contradictions(chain)) == []
    assert {one.level for one in iter_contradictions([*chain, row(a, c, "hub", "never")])} == {"expression", "hub"}
    assert [one.implied for one in iter_contradictions([*chain, row(a, c, "expression", "may")])] == ["must"]
    divided = [chain[0], row(b, c, "hub", "never"), row(a, c, "instance", "may")]
    assert [(one.level, one.implied) for one in iter_contradictions(divided)] == [("instance", "never")]
