"""What is computed in a faster way for the sake of speed is what its definition says."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import isbn

from loader.marc.values.heading_keys import heading_key
from loader.marc.values.isbd import without_end_punctuation
from loader.marc.values.literals import literal, path_segment
from loader.marc.values.remembered import remember
from loader.marc.values.standard_numbers import read_isbns

WORDS = st.text(alphabet="aB ,.;-'æß_1²", max_size=12)


@given(WORDS)
@example(", a ,, b , ,c,")
def test_the_commas_of_a_heading_have_no_spaces_and_stand_alone(text: str) -> None:
    key = heading_key(text)
    parts = key.split(",")
    assert key == ",".join(part.strip() for part in parts)
    assert key == "" or all(parts)
    assert heading_key(key) == key


@given(WORDS)
@example("H.")
@example("x H.")
@example("J.-P.")
@example("_.")
def test_the_full_stop_of_an_initial_stays(text: str) -> None:
    is_initial = re.search(r"(?:^|[\s.\-])\w\.$", text[-3:]) is not None
    assert not is_initial or without_end_punctuation(text) == text


@given(st.from_regex(r"[0-9]{9}[0-9X]", fullmatch=True) | st.from_regex(r"97[89][0-9]{10}", fullmatch=True))
@example("080442957X")
@example("9780306406157")
def test_an_isbn_is_valid_where_python_stdnum_finds_it_so(text: str) -> None:
    number = read_isbns(text).numbers[0]
    assert number.is_valid == isbn.is_valid(text) or "000000" in text  # which stands where there is no number
    assert not number.is_valid or number.number == isbn.to_isbn13(text).replace("-", "")


def test_digits_of_other_scripts_are_no_valid_isbn() -> None:
    assert not read_isbns("٠٣٠٦٤٠٦١٥٢").numbers[0].is_valid


@given(st.text(alphabet='a"\\\n\r ', max_size=9))
def test_a_literal_is_escaped_sign_by_sign(text: str) -> None:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"} if '"' in text or "\\" in text else {}
    assert literal(text) == f'"{"".join(escapes.get(sign, sign) for sign in text)}"'


@pytest.mark.parametrize(("key", "segment"), [("abc1", "abc1"), ("a b", "a%20b"), ("ås", "%C3%A5s"), ("", "")])
def test_a_key_is_quoted_where_it_has_to_be(key: str, segment: str) -> None:
    assert path_segment(key) == segment


def test_a_dictionary_forgets_all_when_it_is_full() -> None:
    known: dict[str, int] = {}
    for number, key in enumerate("abc"):
        assert remember(known, key, number, 2) == number
    assert known == {"c": 2}
