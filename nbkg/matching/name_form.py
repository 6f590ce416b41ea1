"""A name in its parts, however it is written: family name and given names, years, what only tells it from others."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from nbkg.matching.name_words import read_name_words
from nbkg.matching.years import Years, split_years
from nbkg.text_index.analysis import fold, normalize

_WORD = re.compile(r"[^\W_]+")
_PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_IN_WORD = re.compile("['\u2019\u2018`\u00b4\u02b9-\u02bf\u02bc]")
"""Apostrophes and the marks of romanisation, which one catalogue writes and another does not."""
_LETTERS = str.maketrans({"ı": "i", "ə": "a", "ǝ": "a", "ё": "е"})
_KEYED = str.maketrans({"å": "a", "ø": "o", "æ": "a", "ü": "u"})
_DIGRAPHS = re.compile("aa|ae|oe|ue")
_LONGEST = 400
"""Characters of a name that are read."""
_MOST_FAMILY_WORDS = 4


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name in its parts; all words are in small letters, with æ, ø and å but without other marks."""

    family: tuple[str, ...]
    """The words before the comma; all words of a name in direct order."""
    forenames: tuple[str, ...]
    """The words behind the comma."""
    fuller: tuple[str, ...]
    """The given names in parentheses that the initials before stand for."""
    qualifiers: frozenset[str]
    """Words in parentheses, in a subtitle, and titles: what tells it from others."""
    generation: str
    years: Years

    @property
    def is_inverted(self) -> bool:
        """Whether the family name comes first."""
        return bool(self.forenames)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name in direct order."""
        return (*self.forenames, *self.family)

    @property
    def key(self) -> str:
        """The words without the marks that are typed in several ways, sorted: equal for all forms of one name."""
        return " ".join(sorted(map(key_of, self.words)))

    @property
    def full_key(self) -> str:
        """The key with what tells it from others."""
        return " ".join(sorted(map(key_of, {*self.words, *self.qualifiers}))) if self.qualifiers else self.key


@lru_cache(1 << 16)
def key_of(word: str) -> str:
    """Return a word without æ, ø, å and the digraphs for them: “oyen” for øyen, oeyen and oyen."""
    return _DIGRAPHS.sub(_first_letter, word).translate(_KEYED)


def _first_letter(match: re.Match[str]) -> str:
    return match[0][0]


def plain(text: str) -> str:
    """Return a text in small letters, without marks but for æ, ø and å, however they were composed."""
    if not text.isascii():
        text = normalize(text)
        text = "".join(c for c in text if c.isascii() or not _is_mark(c))
    text = _IN_WORD.sub("", text).lower()
    return text if text.isascii() else fold(text.translate(_LETTERS))


@lru_cache(1 << 12)
def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}


@lru_cache(1 << 16)
def read_name(text: str) -> NameForm:
    """Return the parts of a name, which is never empty of words unless the text is."""
    rest, years = split_years(" ".join(text[:_LONGEST].split()))
    rest = plain(rest)
    return _read_parts(rest, years) if "(" in rest or "[" in rest else _assemble(rest, [], years)


def _read_parts(text: str, years: Years) -> NameForm:
    """Return the parts of a name with parentheses, which hold fuller given names or what tells it from others."""
    inside = [_WORD.findall(one) for one in _PARENTHESES.findall(text)]
    rest = _PARENTHESES.sub(" ", text)
    before, behind = (
        _WORD.findall(one) for one in (text[: text.index("(")] if "(" in text else "", text.rpartition(")")[2])
    )
    if "," not in rest and before and behind and _stand_for(before, inside[0]):
        rest = f"{' '.join(behind)}, {' '.join(before)}"  # “R. (Rumen) Avramov”
    return _assemble(rest, inside, years)


def _assemble(text: str, inside: list[list[str]], years: Years) -> NameForm:
    main, _, subtitle = text.partition(":")
    family, *others = map(_WORD.findall, main.split(","))
    qualifiers = {*_flat(inside), *_WORD.findall(subtitle)}
    if not family and not any(others):
        return NameForm(tuple(sorted(qualifiers)), (), (), frozenset(), "", years)
    generation, family, others = _split_generation(family, others)
    ranks = [part for part in others if _is_rank(part)]
    qualifiers |= read_name_words().titles.intersection(_flat(others)).union(_flat(ranks))
    others = _without_titles([part for part in others if part not in ranks])
    if not others or len(family) > _MOST_FAMILY_WORDS:
        words = (*_without_article(family), *_flat(others))
        return NameForm(words, (), (), frozenset(qualifiers), generation, years)
    fuller = _fuller_names(others[0], inside)
    qualifying = frozenset({*qualifiers, *_flat(others[1:])}.difference(fuller))
    return NameForm(tuple(family), tuple(others[0]), fuller, qualifying, generation, years)


def _is_rank(part: list[str]) -> bool:
    """Return whether a part of a name is a title with what it is of: “konge av Norge”."""
    words = read_name_words()
    return len(part) > 2 and part[0] in words.titles and part[1] in words.particles


def _flat(parts: list[list[str]]) -> list[str]:
    return [word for part in parts for word in part]


def _without_titles(parts: list[list[str]]) -> list[list[str]]:
    titles = read_name_words().titles
    return list(filter(None, ([word for word in part if word not in titles] for part in parts)))


def _fuller_names(forenames: list[str], inside: list[list[str]]) -> tuple[str, ...]:
    """Return the words of the first parentheses where the forenames are initials, or a part, of them."""
    return tuple(inside[0]) if inside and _stand_for(forenames, inside[0]) else ()


def _split_generation(family: list[str], others: list[list[str]]) -> tuple[str, list[str], list[list[str]]]:
    """Return which of several persons of one name it is, and the parts without it: “jr.”, “d.y.”."""
    known = read_name_words().generations
    for part in (*others, family if len(family) > 2 else []):
        for size in (1, 2):
            if generation := known.get(" ".join(part[-size:])):
                end = part[:-size]
                return generation, end if part is family else family, [end if one is part else one for one in others]
    return "", family, others


def _without_article(words: list[str]) -> list[str]:
    is_article = len(words) > 1 and words[0] in read_name_words().articles
    return words[1:] if is_article and (len(words) > 2 or len(words[0]) > 1) else words  # “A. Vik” has an initial


def _stand_for(short: list[str], full: list[str]) -> bool:
    """Return whether given names are initials, or a part, of fuller ones."""
    return len(short) <= len(full) and all(a[0] == b[0] for a, b in zip(short, full, strict=False))
