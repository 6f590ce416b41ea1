"""When two fields count as the same in the measure of the round trip."""

from __future__ import annotations

import pytest

from benchmarks.field_texts import compare, loose_text, read_by_profile
from loader.marc.profiles.marc_profile import LocalField, LocalSubfield
from nbkg.records.record import MarcField


def _field(*subfields: str, tag: str = "245", indicators: str = "10") -> MarcField:
    return MarcField(tag, indicators, tuple((text[0], text[1:]) for text in subfields))


@pytest.mark.parametrize(
    "other",
    [
        _field("aHavet :", "bå"),
        _field("bå", "aHavet"),
        _field("aHavet", "ba\u030a"),
        _field("aHavet", "bå", "6880-01"),
        _field("aHavet", "bå.", indicators="00"),
    ],
)
def test_order_punctuation_indicators_and_links_do_not_count_loosely(other: MarcField) -> None:
    same = _field("aHavet", "bå")
    assert loose_text(other) == loose_text(same)


def test_words_numbers_and_tags_count_loosely() -> None:
    same = _field("aHavet", "0(NO-TrBIB)1")
    assert loose_text(_field("aHavet")) != loose_text(same)
    assert loose_text(_field("aHavet", "0(NO-TrBIB)2")) != loose_text(same)
    assert loose_text(_field("aHavet", "0(NO-TrBIB)1", tag="246")) != loose_text(same)


def test_in_coded_fields_what_is_not_coded_is_one() -> None:
    assert loose_text(MarcField("007", data="cr||||")) == loose_text(MarcField("007", data="cr#  |"))
    assert loose_text(MarcField("008", data="0|1")) != loose_text(MarcField("008", data="0|0"))


def test_equal_fields_count_once_and_what_is_new_is_counted() -> None:
    before = [_field("aHavet"), _field("aHavet"), _field("aLand", tag="246")]
    counts = compare(before, [_field("aHavet :"), _field("aFjell", tag="246")])
    assert counts["245", "fields"] == counts["245", "loose"] == counts["245", "forms"] == 1
    assert counts["245", "strict"] == counts["246", "loose"] == 0
    assert counts["246", "new"] == 1


def test_a_field_of_the_source_is_the_field_as_which_it_is_read() -> None:
    local = {"691": LocalField(read_as="650", indicators=" 7", subfields={"q": LocalSubfield(read_as="2")})}
    read = read_by_profile(_field("aTid", "qhumord", tag="691", indicators="  "), local)
    assert read == MarcField("650", " 7", [("a", "Tid"), ("2", "humord")])
