"""The words in names that are not the name itself, as `data/lexicon/name-words.toml` lists them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class NameWords:
    """Words in small letters, and patterns of what stands beside years."""

    particles: frozenset[str]
    generations: Mapping[str, str]
    """Words for which of several persons with one name, and the form by which all of one meaning are known."""
    titles: frozenset[str]
    articles: frozenset[str]
    patterns: Mapping[str, str]


@cache
def read_name_words() -> NameWords:
    """Return the words, which are read at the first call."""
    lists = tomllib.loads(files("data").joinpath("lexicon", "name-words.toml").read_text(encoding="utf-8"))
    lines = [line.split() for line in lists["generations"].strip().splitlines()]
    return NameWords(
        frozenset(lists["particles"].split()),
        {word.replace(".", " ").strip(): line[0] for line in lines for word in line},
        frozenset(word.replace(".", "") for word in lists["titles"].split()),
        frozenset(lists["articles"].split()),
        {name: lists[name] for name in ("born", "died", "about", "active", "around", "before_christ", "century")},
    )


def compile_pattern(template: str) -> re.Pattern[str]:
    """Return a pattern in which `{born}` and so on stand for the patterns of the list."""
    patterns = read_name_words().patterns
    for name, pattern in patterns.items():
        template = template.replace(f"{{{name}}}", f"(?:{pattern})")
    return re.compile(template, re.IGNORECASE)
