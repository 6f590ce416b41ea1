"""Closure joins the most probable pairs first, and never two clusters whose ends contradict each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loader.cluster.cluster_closure import ClusterClosure
from loader.cluster.cluster_settings import ClosureSettings

STRICT = ClosureSettings(least_mean=0.0, contradiction=0.0)


def test_a_chain_is_cut_where_it_is_weakest() -> None:
    closure = ClusterClosure(3, lambda one, other: -1.0 if {one, other} == {0, 2} else 1.0, STRICT)
    closure.join_all([(0.6, 0, 1), (0.9, 1, 2)])
    assert sorted(closure.clusters()) == [[0], [1, 2]]
    assert [(each.one, each.other, each.ends) for each in closure.refused] == [(0, 1, (0, 2))]


def test_clusters_need_a_mean_that_is_high_enough() -> None:
    closure = ClusterClosure(4, lambda one, other: 0.9 if one // 2 == other // 2 else 0.1, ClosureSettings(0.5, 0.0))
    closure.join_all([(0.9, 0, 1), (0.9, 2, 3), (0.8, 1, 2)])
    assert sorted(closure.clusters()) == [[0, 1], [2, 3]]


PAIRS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]))


@given(PAIRS, PAIRS)
def test_no_two_that_contradict_are_ever_in_one_cluster(
    joined: set[tuple[int, int]], never: set[tuple[int, int]]
) -> None:
    def probability(one: int, other: int) -> float:
        return -1.0 if (min(one, other), max(one, other)) in never else 1.0

    closure = ClusterClosure(8, probability, STRICT)
    closure.join_all((1.0, one, other) for one, other in joined)
    for cluster in closure.clusters():
        assert not any(one in cluster and other in cluster for one, other in never)
