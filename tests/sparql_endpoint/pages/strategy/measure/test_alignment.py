"""A source and the text that was read from it, side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparql_endpoint.pages.strategy.measure.alignment import moved, reading_offsets


@pytest.mark.parametrize(
    ("source", "told", "words", "found"),
    [
        ("en to tre", "en to tre", "to", "to"),
        ("metadata i MARC-\nformat. Resten", "metadata i MARC-format. Resten", "MARC-\nformat", "MARC-format"),
        ("alle biblio-\ntek her", "alle bibliotek her", "biblio-\ntek", "bibliotek"),
        ("lese- \nog skrive", "lese- og skrive", "skrive", "skrive"),
        ("Nasjonalb\nibliotekar, DF", "Nasjonalbibliotekar, DF", "Nasjonalb\nibliotekar", "Nasjonalbibliotekar"),
        ("lenkede \ndata  som", "lenkede data som", "lenkede \ndata", "lenkede data"),
        ("en |\nto |", "en to", "to", "to"),
        ("my\u00adke ord", "myke ord", "my\u00adke", "myke"),
        ("på 🙂 én", "på 🙂 én", "én", "én"),
    ],
)
def test_words_are_found_where_the_print_was_undone(source: str, told: str, words: str, found: str) -> None:
    start = source.index(words)
    place = moved(start, start + len(words), reading_offsets(source, [(0, len(source))], told))
    assert place is not None
    assert told[slice(*place)] == found


def test_parts_that_stand_apart_are_one_text() -> None:
    source = "første del\nTK Løpende\nandre del"
    to = reading_offsets(source, [(0, 10), (22, 31)], "første del andre del")
    assert moved(22, 27, to) == (11, 16)
    assert moved(11, 13, to) is None


def test_another_text_has_no_places() -> None:
    assert reading_offsets("abc", [(0, 3)], "xyz") == {}
    assert reading_offsets("abc", [(0, 3)], "") == {}
    assert reading_offsets("", [(0, 9)], "abc") == {}
    assert moved(1, 3, reading_offsets("abx", [(0, 3)], "aby")) == (1, 2)


_WORDS = st.lists(st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8), min_size=1, max_size=12)


@given(_WORDS, st.lists(st.sampled_from([" ", "\n", " \n", "  "]), min_size=12, max_size=12))
def test_every_word_has_its_place(words: list[str], between: list[str]) -> None:
    source = "".join(word + space for word, space in zip(words, between, strict=False))
    told = " ".join(words)
    to = reading_offsets(source, [(0, len(source))], told)
    start = 0
    for word, space in zip(words, between, strict=False):
        place = moved(start, start + len(word), to)
        assert place is not None
        assert told[slice(*place)] == word
        start += len(word + space)
