"""The words of $i that lead to the original of a translation are those of the profile."""

from __future__ import annotations

import pytest

from loader.marc.profiles.profile_file import read_profile
from loader.marc.profiles.relation_phrases import RelationPhrases, compile_phrases

PHRASES = read_profile("alma").phrases


@pytest.mark.parametrize(
    "words",
    ["Originaltittel:", "originaltittel", "Orig.tittel", "Orig. tittel:", "Original  title", "Originalens tittel"],
)
def test_words_for_an_original_title(words: str) -> None:
    assert PHRASES.names_original_title(words)


@pytest.mark.parametrize("words", ["Originaltittelark", "Tittel på originalen", "Parallelltittel", ""])
def test_words_for_other_titles(words: str) -> None:
    assert not PHRASES.names_original_title(words)


@pytest.mark.parametrize(
    ("words", "is_original"),
    [("Oversettelse av (verk):", True), ("Omsetjing av", True), ("Translation of", True), ("Oversettelser", False)],
)
def test_words_for_a_translated_work(words: str, *, is_original: bool) -> None:
    assert PHRASES.names_translated(words) is is_original


def test_without_phrases_no_words_mean_it() -> None:
    assert not RelationPhrases().names_translated("Oversettelse av")
    assert not compile_phrases(()).match("")
