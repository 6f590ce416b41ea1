"""The index by itself: which things words find, in what order, and what is no index."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from nbkg import text_index
from nbkg.text_index import Index

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


def test_results_are_the_same_on_a_machine_on_which_each_look_at_the_clock_takes_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = (f"bøker og {'mer ' * (i % 7)}" for i in range(9_000))
    index = Index.in_memory(((f"urn:{i:04d}", LABEL, name) for i, name in enumerate(names)), NAMES)
    shortest = [f"urn:{i:04d}" for i in range(0, 9_000, 7)]
    assert list(index.find("bøker", 20)) == shortest[:20]
    monkeypatch.setattr(time, "monotonic", count(step=60.0).__next__)
    assert list(index.find("bøker", 20)) == shortest[:20]


def test_of_very_many_resources_those_that_come_first_in_the_index_are_ranked() -> None:
    names = (f"bøker og {'mer' if i not in (9_999, 11_000) else ''}" for i in range(12_000))
    index = Index.in_memory(((f"urn:{i:05d}", LABEL, name) for i, name in enumerate(names)), NAMES)
    assert list(index.find("bøker", 3)) == ["urn:09999", "urn:00000", "urn:00001"]


def test_named_and_other_resources_that_come_in_turns_make_one_segment(tmp_path: Path) -> None:
    texts = ((f"urn:{i:04d}", LABEL if i % 2 else "urn:p", f"bok {i}") for i in range(3_000))
    text_index.write(tmp_path / "words", texts, NAMES)
    with closing(sqlite3.connect(tmp_path / "words")) as connection:
        segments = connection.execute("SELECT count(DISTINCT segid) FROM words_idx").fetchone()
    assert segments == (1,)


def test_what_is_no_index_is_none(tmp_path: Path) -> None:
    assert Index.open(tmp_path / "none") is None
    (tmp_path / "text").write_text("no data base at all, but long enough to be looked at" * 50)
    assert Index.open(tmp_path / "text") is None
    with closing(sqlite3.connect(tmp_path / "other")) as other:
        other.execute("PRAGMA user_version = 99")
    assert Index.open(tmp_path / "other") is None


def test_an_index_has_the_same_bytes_whatever_the_order_of_hashes(tmp_path: Path) -> None:
    write = "from pathlib import Path; from nbkg import text_index; text_index.write(Path({!r}), {}, {!r})"
    texts = [(f"urn:{i}", LABEL, f"lærebøkene bærekraftsmålenes folkebibliotekene e-lydbøker {i}") for i in range(50)]
    for seed in ("1", "2"):
        command = [sys.executable, "-c", write.format(str(tmp_path / seed), texts, NAMES)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


@pytest.mark.parametrize("written", ["I\u0361Urii", "I\ufe20U\ufe21rii", "IUrii", "iurii"])
@pytest.mark.parametrize("sought", ["I\u0361Urii", "I\ufe20U\ufe21rii", "iurii", "iur"])
def test_marks_over_two_letters_may_be_left_out(written: str, sought: str) -> None:
    index = Index.in_memory([("urn:a", "urn:label", f"Olesha, {written}")], {"urn:label"})
    assert index.find(sought, 5) == ["urn:a"]
