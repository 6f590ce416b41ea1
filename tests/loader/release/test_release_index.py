"""The index of a release: what is written is read again, and what is no index is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from loader.release.release_index import DataFile, DataSet, File, GraphPart, Release, is_release_name, read_release
from nbkg.errors import DataError

DIGEST = "ab" * 32
RELEASE = Release(
    name="2026-03-02",
    issued="2026-03-02",
    previous="2025-10-14",
    tool="nbkg 0.1.0",
    datasets=(
        DataSet(
            name="curated",
            iri="https://example.org/dataset/curated",
            title={"nb": "Kuratert «kunnskap»", "en": "Curated"},
            licence="http://creativecommons.org/publicdomain/zero/1.0/",
            graphs=(GraphPart(None, 2, None, None), GraphPart("https://example.org/graph/curated", 3, DIGEST, None)),
            files=(
                DataFile(
                    "datasets/curated/curated.nq.gz",
                    9,
                    DIGEST,
                    "application/n-quads",
                    format="nq",
                    compression="gz",
                    triples=5,
                ),
            ),
        ),
    ),
    files=(File("void.ttl", 7, DIGEST, "text/turtle"),),
)


def test_what_is_written_is_read() -> None:
    assert read_release(RELEASE.as_json()) == RELEASE
    assert read_release(RELEASE.as_json()).as_json() == RELEASE.as_json()


def test_the_json_has_the_documented_names() -> None:
    told = json.loads(RELEASE.as_json())
    assert sorted(told) == ["datasets", "files", "issued", "previous", "tool", "version"]
    assert sorted(told["datasets"][0]["files"][0]) == [
        "bytes", "compression", "format", "mediaType", "path", "sha256", "triples",
    ]  # fmt: skip


def test_files_come_by_path_and_quads_are_summed() -> None:
    assert [file.path for file in RELEASE.every_file()] == ["datasets/curated/curated.nq.gz", "void.ttl"]
    assert RELEASE.datasets[0].quads == 5


def _with(**changed: Any) -> bytes:
    return json.dumps({**json.loads(RELEASE.as_json()), **changed}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        _with(version="../x"),
        _with(previous=3),
        _with(files=[{"path": "../../etc/passwd", "bytes": 1, "sha256": DIGEST, "mediaType": "text/plain"}]),
        _with(files=[{"path": "/etc/passwd", "bytes": 1, "sha256": DIGEST, "mediaType": "text/plain"}]),
        _with(files=[{"path": "a", "bytes": 1, "sha256": "abc", "mediaType": "text/plain"}]),
        _with(datasets=[{"name": "a"}]),
    ],
)
def test_what_is_no_index_is_told(content: bytes) -> None:
    with pytest.raises(DataError, match=r"release\.json: "):
        read_release(content)


@pytest.mark.parametrize(
    ("name", "good"), [("2026-11-22", True), ("1.0.0-rc.1", True), (".hidden", False), ("a/b", False), ("", False)]
)
def test_names_of_versions(name: str, good: bool) -> None:
    assert is_release_name(name) is good
