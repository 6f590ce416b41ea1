"""A transcribed statement of publication, cut again into places, names and dates by what the graph says they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from loader.marc.fields.provision_fields import NOBODY, NOWHERE
from loader.marc.writing.heading_parts import Parts

_BETWEEN = r"[\s,;:.\]\)]*"
_DATES = re.compile(r"(?:(?:cop\.?|c|©|p|℗|trykt|ca\.?|printed)\s?)?\d{2,4}[-\d?]*\]?(?:[\s,-]+\d{2,4}[-\d?]*\]?)*\.?$")


def cut_statement(statement: str, known: Mapping[str, list[str]]) -> Parts:
    """Return the subfields of a statement; `known` has the places, names and dates by their codes.

    What is no known text belongs to what follows it: words before the first name are places, and words before a date
    are names.
    """
    parts: Parts = []
    rest = statement.strip()
    while rest:
        code, end = _next_known(rest, known)
        if not code:
            return _merged([*parts, *_unknown(rest, parts)])
        parts.append((code, rest[:end].rstrip(" ,;:")))
        rest = rest[end:].lstrip(" ,;:")
    return _merged(parts)


def _next_known(rest: str, known: Mapping[str, list[str]]) -> tuple[str, int]:
    """Return the code of the longest known text that stands first, and where it ends."""
    matches = [
        (match.end(), code) for code, texts in known.items() for text in texts if (match := _pattern(text).match(rest))
    ]
    end, code = max(matches, default=(0, ""))
    return code, end


@lru_cache(1 << 12)
def _pattern(text: str) -> re.Pattern[str]:
    """Return a pattern of a text in which square brackets may stand anywhere, and marks at its end."""
    signs = r"[\[\]]?".join(map(re.escape, text))
    return re.compile(rf"[\[\(]?{signs}(?![\w]){_BETWEEN}", re.IGNORECASE)


def _unknown(rest: str, before: Parts) -> Parts:
    """Return the subfields of words that the graph does not have as a place, name or date."""
    dates = _DATES.search(rest)
    words, date = (rest[: dates.start()], rest[dates.start() :]) if dates else (rest, "")
    words = words.strip(" ,;:")
    return [*_nameless(words, before), *([("c", date)] if date else [])]


def _nameless(words: str, before: Parts) -> Parts:
    if not words:
        return []
    has_place = any(code == "a" for code, _text in before)
    location, mark, name = words.partition(" : ")
    if mark:
        return [("a", location), ("b", name)]
    if has_place:
        return [("b", words)]
    first, bracket, second = words.partition("] [")
    if bracket:
        return [("a", f"{first}]"), ("b", f"[{second}")]
    return [("b" if NOBODY.search(words) and not NOWHERE.search(words) else "a", words)]


def _merged(parts: Parts) -> Parts:
    """Return parts of which dates that follow one another are one."""
    merged: Parts = []
    for code, text in parts:
        if code == "c" and merged and merged[-1][0] == "c":
            merged[-1] = ("c", f"{merged[-1][1].rstrip()} {text}")
        else:
            merged.append((code, text))
    return merged
