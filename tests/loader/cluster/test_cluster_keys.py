"""Keys of clusters survive runs, splits and merges."""

from __future__ import annotations

from pathlib import Path

import pytest

from loader.cluster.union.cluster_keys import KeyedClusters, assign_keys
from loader.cluster.union.cluster_table import NAME, read_clusters, write_clusters
from nbkg.errors import DataError


def keyed(text: str, before: KeyedClusters | None = None) -> KeyedClusters:
    """Return keyed clusters of records with one letter each: “abc de”."""
    return assign_keys([list(word) for word in text.split()], before or KeyedClusters())


def shown_members(clusters: KeyedClusters) -> dict[str, str]:
    return {key: "".join(records) for key, records in clusters.members.items()}


def test_a_cluster_is_called_by_its_smallest_record_and_a_single_record_is_none() -> None:
    assert shown_members(keyed("cba d fe")) == {"a": "abc", "e": "ef"}


@pytest.mark.parametrize(
    ("before", "after", "members", "redirects"),
    [
        ("abc", "abc", {"a": "abc"}, {}),
        ("bcd", "abcd", {"b": "abcd"}, {}),
        ("abc", "a bc", {"a": "bc"}, {}),
        ("abcde", "ab cde", {"a": "cde", "b": "ab"}, {}),
        ("abc de", "abcde", {"a": "abcde"}, {"d": "a"}),
        ("ab cde", "abcde", {"c": "abcde"}, {"a": "c"}),
        ("ab", "a b", {}, {"a": "a"}),
        ("ab cd", "ac bd", {"a": "ac", "c": "bd"}, {}),
    ],
)
def test_a_key_stays_with_most_of_its_records(
    before: str, after: str, members: dict[str, str], redirects: dict[str, str]
) -> None:
    result = keyed(after, keyed(before))
    assert (shown_members(result), result.redirects) == (members, redirects)


def test_a_redirect_leads_to_what_survives_over_several_runs() -> None:
    merged = keyed("abcde", keyed("abc de"))
    assert keyed("abcde", merged).redirects == {"d": "a"}
    assert keyed("fgabcde hi", keyed("abcde fg hi", merged)).redirects == {"d": "a", "f": "a"}


def test_a_key_that_is_used_again_is_no_redirect() -> None:
    dissolved = keyed("a b", keyed("ab"))
    assert keyed("ab", dissolved) == KeyedClusters({"a": ("a", "b")}, {})


def test_the_file_of_clusters_is_read_as_it_was_written(tmp_path: Path) -> None:
    levels = {"hub": keyed("abcde", keyed("abc de")), "work": keyed("abc"), "instance": KeyedClusters()}
    write_clusters(tmp_path, levels)
    assert read_clusters(tmp_path) == levels


@pytest.mark.parametrize("text", ["", "level\n", "level\tcluster\trelation\trecord\nhub\ta\tpart\tb\n"])
def test_a_file_that_is_none_of_clusters_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=NAME):
        read_clusters(tmp_path)
