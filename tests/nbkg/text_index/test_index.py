"""The index by itself: which things words find, in what order, and what is no index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from nbkg import text_index
from nbkg.text_index import Index, reading

LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
NAMES = {LABEL}
SAID = [
    ("urn:a", LABEL, "Idé og får"),
    ("urn:a", "urn:p", "en lang tekst om bøker"),
    ("urn:b", "urn:p", "bøker, bøker og får"),
    ("urn:c", LABEL, "Bøker"),
    ("urn:d", LABEL, "bokhylla"),
]


@pytest.fixture(params=["file", "memory"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    if request.param == "memory":
        yield Index.in_memory(SAID, NAMES)
        return
    text_index.write(tmp_path / "a ?#.words", SAID, NAMES)
    found = Index.open(tmp_path / "a ?#.words")
    assert found is not None
    yield found


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("bøker", ["urn:c", "urn:d", "urn:a", "urn:b"]),
        ("BØKER får", ["urn:a", "urn:b"]),
        ("ide", ["urn:a"]),
        ("bok", ["urn:c", "urn:d", "urn:a", "urn:b"]),
        ("bo", []),
        ("", []),
        ('"* AND (', []),
        ("får OR", []),
        ("_", []),
    ],
)
def test_find(index: Index, text: str, things: list[str]) -> None:
    assert list(index.find(text, 10)) == things


def test_no_more_than_asked_for(index: Index) -> None:
    assert len(index.find("bøker", 2)) == 2


def test_named_things_in_parts(index: Index) -> None:
    assert index.last() == 3
    assert [iri for _, iri in index.page(0, 2)] == ["urn:a", "urn:c"]
    assert list(index.page(2, 9)) == [(3, "urn:d")]


def test_ranking_that_takes_long_is_given_up(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    many = Index.in_memory(((f"urn:{i:06d}", LABEL, "bøker og mer") for i in range(30_000)), NAMES)
    monkeypatch.setattr(reading, "_RANKING_SECONDS", 0.0)
    assert len(many.find("bøker", 20)) == 20


def test_what_is_no_index_is_none(tmp_path: Path) -> None:
    assert Index.open(tmp_path / "none") is None
    (tmp_path / "text").write_text("no data base at all, but long enough to be looked at" * 50)
    assert Index.open(tmp_path / "text") is None
    with closing(sqlite3.connect(tmp_path / "other")) as other:
        other.execute("PRAGMA user_version = 99")
    assert Index.open(tmp_path / "other") is None
