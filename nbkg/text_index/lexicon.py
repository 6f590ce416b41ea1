"""The Norwegian words by which inflected forms and compounds are recognised, as `data/lexicon` lists them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Lexicon:
    """Words that are no compounds, and what endings do not explain."""

    words: frozenset[str]
    heads: frozenset[str]
    """The words with which compounds begin."""
    tails: frozenset[str]
    """The words with which compounds end, which they are inflected by."""
    forms: Mapping[str, tuple[str, ...]]
    """Irregular forms, and the words that they are forms of."""
    same: Mapping[str, str]
    """Words, and the word of the other written language or spelling by which both are found."""
    compounds: Mapping[str, tuple[str, ...]]
    """Compounds that are not recognised by their parts, and these."""


@cache
def read_lexicon() -> Lexicon:
    """Return the lexicon, which is read at the first call; that takes 50 ms."""
    additions = tomllib.loads(_read("additions.toml"))
    both, begin, end, neither = (frozenset(section.split()) for section in _sections("words.txt"))
    both |= frozenset(" ".join(additions["words"].values()).split())
    forms: dict[str, tuple[str, ...]] = {}
    for line in "".join(_sections("irregular.txt")).splitlines():
        form, *words = line.split(" ")
        forms[form] = tuple(words)
    for form, word in additions["forms"].items():
        forms[form] = (word, *forms.get(form, ()))
    return Lexicon(
        both | begin | end | neither,
        both | begin,
        both | end,
        forms,
        additions["same"],
        {word: tuple(parts.split()) for word, parts in additions["compounds"].items()},
    )


def _read(name: str) -> str:
    return files("data").joinpath("lexicon", name).read_text(encoding="utf-8")


def _sections(name: str) -> list[str]:
    """Return what stands between the comments of a file."""
    return [section for section in re.split(r"(?m)^#.*\n", _read(name)) if section]
