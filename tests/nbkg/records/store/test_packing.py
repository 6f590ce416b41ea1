"""Records without their directory come back exactly, and those that would not are not packed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbkg.records.store.packing import pack, unpack
from tests.nbkg.records.store.marc_samples import SAMPLE, book, cut, iso2709

GOOD = book("1", "Kristin Lavransdatter")
IN_ANOTHER_ORDER = GOOD[:24] + GOOD[36:48] + GOOD[24:36] + GOOD[48:]


def test_a_packed_record_has_no_directory_and_comes_back() -> None:
    packed = pack(GOOD)
    assert packed is not None
    assert packed.endswith(b"0011\x1e24510\x1faKristin Lavransdatter")
    assert unpack(packed) == GOOD


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        b"\x1d",
        GOOD[:-1],
        GOOD + b"\n",
        b"99999" + GOOD[5:],
        GOOD.replace(b"4500", b"4508"),
        IN_ANOTHER_ORDER,
        iso2709(),
        iso2709(("245", "00\x1fa" + 9995 * "x")),
        GOOD.replace(b"Kristin", b"Kris\x1ein"),
    ],
)
def test_a_record_that_cannot_be_packed_is_left_as_it_is(odd: bytes) -> None:
    packed = pack(odd)
    assert packed is None or unpack(packed) == odd


def test_odd_lengths_are_not_packed() -> None:
    assert pack(b"99999" + GOOD[5:]) is None
    assert pack(IN_ANOTHER_ORDER) is None
    assert pack(iso2709()) is None


@given(st.binary(max_size=200), st.integers(0, 100), st.integers(0, 100))
def test_whatever_is_packed_comes_back(noise: bytes, start: int, length: int) -> None:
    damaged = GOOD[:start] + noise + GOOD[start + length :]
    packed = pack(damaged)
    assert packed is None or unpack(packed) == damaged


@pytest.mark.skipif(not SAMPLE, reason="the sample of the Library of Congress is not at NBKG_SHARED")
def test_all_records_of_the_sample_are_packed() -> None:
    for record in cut(SAMPLE[-1]):
        packed = pack(record)
        assert packed is not None
        assert unpack(packed) == record
