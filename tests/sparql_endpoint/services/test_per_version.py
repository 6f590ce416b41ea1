"""A value is computed once for each version of the data."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from sparql_endpoint.errors import BusyError, QueryTooSlowError
from sparql_endpoint.services.per_version import Versioned


class _Counting:
    """A value whose computation is counted, and takes until `meet` have come."""

    def __init__(self, *results: int | Exception) -> None:
        self.results = list(results)
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        result = self.results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result


def test_computed_once_for_each_version() -> None:
    version, compute, kept = ["1"], _Counting(1, 2), Versioned[int]()
    assert [kept.get(lambda: version[0], compute, 1) for _ in range(3)] == [1, 1, 1]
    version[0] = "2"
    assert kept.get(lambda: version[0], compute, 1) == 2
    assert compute.times == 2


def test_many_at_once_compute_once() -> None:
    barrier, kept, times = Barrier(8), Versioned[int](), []

    def compute() -> int:
        times.append(1)
        barrier.wait(5)
        return 1

    def ask(place: int) -> int:
        if place:
            barrier.wait(5)
        return kept.get(lambda: "1", compute, 8)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [1] * 8
    assert times == [1]


def test_failures_are_not_kept() -> None:
    kept, compute = Versioned[int](), _Counting(QueryTooSlowError("slow", 60), 1)
    with pytest.raises(QueryTooSlowError):
        kept.get(lambda: "1", compute, 1)
    assert kept.get(lambda: "1", compute, 1) == 1


def test_without_a_version_nothing_is_kept() -> None:
    kept, compute = Versioned[int](), _Counting(1, 2)
    assert [kept.get(str, compute, 1) for _ in range(2)] == [1, 2]


def test_a_value_is_of_one_version() -> None:
    versions = iter("1123" + "3" * 9)
    assert Versioned[int]().get(lambda: next(versions), _Counting(1, 2, 3), 1) == 2
    forever = iter(str(number) for number in range(99))
    with pytest.raises(BusyError):
        Versioned[int]().get(lambda: next(forever), _Counting(1, 2, 3), 1)
