"""The pages' own words: complete, said in every language, and all of them used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sparql_endpoint.http.languages import OFFERED
from sparql_endpoint.words import words

ENDPOINT = Path(__file__).parents[2] / "sparql_endpoint"
SOURCES = [*ENDPOINT.rglob("*.py"), *ENDPOINT.rglob("*.html")]
PLACES = re.compile(r"\{(\w*)\}")


def test_every_word_is_said_in_every_language() -> None:
    assert sorted(key for key, said in words().items() if not _is_said_in_every_language(said)) == []


def _is_said_in_every_language(said: Mapping[str, str]) -> bool:
    """Return whether each language has a text, with the same places to fill in."""
    places = {tuple(sorted(PLACES.findall(text))) for text in said.values()}
    return set(said) == set(OFFERED) and all(text.strip() for text in said.values()) and len(places) == 1


def test_no_word_is_said_that_is_not_defined() -> None:
    whole = re.compile(r'\bsay\(["\'](\w+)["\']\s*[,)]')
    said = {key for file in SOURCES for key in whole.findall(file.read_text(encoding="utf-8"))}
    assert said - set(words()) == set()
