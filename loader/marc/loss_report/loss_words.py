"""The words of the loss report in Bokmål, Nynorsk and English."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from loader.marc.fields.reasons import REASONS

LANGUAGES = ("nb", "nn", "en")


class Phrase(NamedTuple):
    """A text with its language, which may be another one than that of the page."""

    text: str
    language: str


@cache
def words(language: str) -> dict[str, str]:
    """Return the texts of a language by their names."""
    text = (files("loader.marc.loss_report") / "words.toml").read_text(encoding="utf-8")
    return {name: str(value) for name, value in tomllib.loads(text)[language].items() if name != "reasons"}


@cache
def reason_phrase(language: str, reason: str) -> Phrase:
    """Return why something stays in the record, in English where it is not translated.

    The text is empty for what was odd in reading, since its examples say what it is.
    """
    text = (files("loader.marc.loss_report") / "words.toml").read_text(encoding="utf-8")
    translated = tomllib.loads(text)[language].get("reasons", {}).get(reason)
    return Phrase(translated, language) if translated else Phrase(REASONS.get(reason, ""), "en")
