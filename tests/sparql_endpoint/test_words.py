"""The pages' own words: complete, said in every language, and all of them used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sparql_endpoint.http.languages import OFFERED
from sparql_endpoint.words import words

ENDPOINT = Path(__file__).parents[2] / "sparql_endpoint"
SOURCES = [*ENDPOINT.rglob("*.py"), *ENDPOINT.rglob("*.html")]
PLACES = re.compile(r"\{(\w*)\}")


@pytest.mark.parametrize("key", sorted(words()))
def test_every_word_is_said_in_every_language(key: str) -> None:
    said = words()[key]
    assert set(said) == set(OFFERED)
    assert all(text.strip() for text in said.values())
    assert len({tuple(sorted(PLACES.findall(text))) for text in said.values()}) == 1


def test_no_word_is_said_that_is_not_defined() -> None:
    whole = re.compile(r'\bsay\(["\'](\w+)["\']\s*[,)]')
    said = {key for file in SOURCES for key in whole.findall(file.read_text(encoding="utf-8"))}
    assert said - set(words()) == set()
