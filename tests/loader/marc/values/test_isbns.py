"""ISBNs are read as python-stdnum reads them (ISO 2108)."""

from __future__ import annotations

import random

import pytest
from stdnum import isbn

from loader.marc.values.standard_numbers import read_isbns


def _numbers() -> list[str]:
    """Return numbers of ten and thirteen signs, one in ten of them with a right check digit."""
    choice = random.Random(11)  # noqa: S311  it chooses what is tried
    bodies = [f"{choice.randrange(1, 10**9):09}" for _number in range(200)]
    tens = [body + end for body in bodies for end in "0123456789X"]
    return tens + [f"{prefix}{body}{end}" for body in bodies[:50] for prefix in ("978", "979") for end in "0123456789"]


def test_check_digits_are_those_of_stdnum() -> None:
    numbers = _numbers()
    wrong = [each for each in numbers if read_isbns(each).numbers[0].is_valid != isbn.is_valid(each)]
    assert wrong == []
    assert sum(isbn.is_valid(each) for each in numbers) == 300


@pytest.mark.parametrize("number", ["8299990300", "82-999903-0-0", "978 82 999903 0 1", "829999005x"])
def test_a_number_of_ten_is_that_of_thirteen(number: str) -> None:
    [read] = read_isbns(number).numbers
    assert read.number == isbn.to_isbn13(isbn.compact(number)).replace("-", "")
