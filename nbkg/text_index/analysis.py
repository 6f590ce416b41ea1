"""The analysis of Norwegian words for finding and matching: normalisation, folding, inflection and compounds.

`split_words` gives the words of a text in normal form. `find_lemmas` gives the lemmas of a word, each as the sequence
of its parts: ("folk", "bibliotek") for “folkebibliotekene”, so that spellings with and without a hyphen or a linking
letter are the same. `fold` and `spellings` treat letters that a reader may not have on the keyboard.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from nbkg.text_index.lexicon import read_lexicon

Lemma = tuple[str, ...]
"""The parts of a word, each as the dictionary has it."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_JOINED = ("\u0361", "\ufe20", "\ufe21")
"""The marks over two letters by which ALA-LC writes one Cyrillic letter, as a whole and as two halves."""
_UNIFIED = (("\u00ad", ""), ("\u200b", ""), ("\u2010", "-"), ("\u2011", "-"), *((mark, "") for mark in _JOINED))
"""What is no letter is left out; the other hyphens are written as the one on keyboards."""
_FOREIGN = str.maketrans({"ö": "ø", "ä": "æ", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th", "ł": "l", "ß": "ss"})
"""Letters that Norwegian does not have, by those that stand for them; others lose their marks."""
_OWN = "æøå"
_TRANSLITERATED = str.maketrans({"å": "a", "ø": "o", "æ": "ae"})
_DIGRAPHS = str.maketrans({"å": "aa", "ø": "oe", "æ": "ae"})
"""How æ, ø and å are typed without them."""
_NOUNS, _ADJECTIVES, _VERBS = "en et ene ane er ar a s", "e r ere est este ast are st t n", "te de ende ande"
_ENDINGS = {
    **dict.fromkeys(_NOUNS.split(), ("", "e")),
    **dict.fromkeys(_ADJECTIVES.split(), ("",)),
    **dict.fromkeys(_VERBS.split(), ("e",)),
    "dde": ("",),
    "ert": ("ere",),
    "rte": ("ere",),
    "ede": ("e", "et"),
    "ete": ("e",),
    "ne": ("", "en"),
    "leg": ("lig",),
    "lege": ("lig",),
}
"""Endings of forms, and what stands in the dictionary instead; what comes out must be a word of the lexicon."""
_LONGEST_ENDING = max(map(len, _ENDINGS))
_VARIANTS = (("ar", "er"), ("leg", "lig"), ("heit", "het"), ("ing", "ning"))
"""Endings of words in nynorsk and bokmål by which the word of the other language is found, where it exists."""
_NYNORSK = ("ar", "leg", "heit")
"""The ones by which a word is known that the lexicon does not have; “utdaning” is a typing error."""
_UNKNOWN = ("ene", "ane", "en", "et", "er", "ar", "s")
"""Endings that are taken from words that the lexicon does not know, such as names."""
_LINKS = ("", "s", "e")
_SHORTEST_HEAD = 2
_SHORTEST_TAIL = 3
_LONGEST = 40
"""Letters of a word that is analysed; a longer one is none."""


def normalize(text: str) -> str:
    """Return a text with composed letters (NFC), without soft hyphens and with one kind of hyphen."""
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    for mark, replacement in _UNIFIED:  # which is three times as fast as translating a text without them
        if mark in text:
            text = text.replace(mark, replacement)
    return text


def split_words(text: str) -> list[str]:
    """Return the words of a text in small letters; those with hyphens are one word."""
    return _WORD.findall(normalize(text).lower())


def find_words(text: str, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield where each word of a text up to a character stands, and the word as `split_words` has it."""
    lower = text.lower()
    if len(lower) != len(text) or not unicodedata.is_normalized("NFC", lower):  # offsets would differ
        yield from ((match.start(), match.end(), normalize(match[0]).lower()) for match in _WORD.finditer(text, 0, end))
        return
    for match in _WORD.finditer(lower, 0, end):
        yield match.start(), match.end(), match[0]


def fold(word: str) -> str:
    """Return a word with the letters of Norwegian only: “gröndahl” as “grøndahl”, “idé” as “ide”; å stays å."""
    if word.isascii():
        return word
    letters = (
        letter if letter in _OWN else unicodedata.normalize("NFD", letter)[0] for letter in word.translate(_FOREIGN)
    )
    return "".join(letters)


def transliterate(word: str) -> str:
    """Return a word in the letters a to z, with å as a and ø as o."""
    return fold(word).translate(_TRANSLITERATED)


def spellings(word: str) -> tuple[str, ...]:
    """Return how else a word is typed: without foreign marks, and without æ, ø and å in both ways."""
    folded = fold(word)
    return tuple({folded, folded.translate(_TRANSLITERATED), folded.translate(_DIGRAPHS)} - {word})


@lru_cache(maxsize=20_000)
def find_lemmas(word: str) -> tuple[Lemma, ...]:
    """Return the lemmas of a word in small letters; of one that the lexicon does not know one without its ending."""
    if "-" in word:
        elements = [find_lemmas(element)[0] for element in word.split("-")]
        return (tuple(part for element in elements for part in element),)
    if len(word) > _LONGEST or not word.isalpha():
        return ((word,),)
    if simple := _simple(word):
        return tuple(read_lexicon().compounds.get(lemma, (lemma,)) for lemma in simple)
    if compounds := _compounds(word):
        return compounds
    for ending in _UNKNOWN:
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            return ((word.removesuffix(ending),),)
    return ((word,),)


def parts(lemma: Lemma) -> Sequence[Lemma]:
    """Return the parts of a lemma that are words: of (a, b, c) a, b, c, (a, b) and (b, c); of a single one none."""
    length = len(lemma)
    return [lemma[start : start + size] for size in range(1, length) for start in range(length - size + 1)]


@lru_cache(maxsize=20_000)
def _simple(form: str) -> tuple[str, ...]:
    """Return the words of the lexicon that a form may be of."""
    lexicon = read_lexicon()
    if form in lexicon.compounds:
        return (form,)
    words = dict.fromkeys(lexicon.forms.get(form, ()))
    if form in lexicon.words:
        words[form] = None
    elif not words:
        words |= dict.fromkeys(_strip(form))
        if _is_word(form):
            words[form] = None
        if not words and form.endswith("s"):
            words |= dict.fromkeys(_strip(form[:-1]))
    return tuple(dict.fromkeys(_variant(word) for word in words))


def strip_endings(form: str, is_word: Callable[[str], bool]) -> Sequence[str]:
    """Return the words that a form is made of by the table of endings."""
    words = list[str]()
    for length in range(min(_LONGEST_ENDING, len(form) - 2), 0, -1):
        stem = form[:-length]
        if len(stem) < 3 and length == 1 and not form.endswith("a"):
            continue  # “lan” is not a form of “la”, but “øya” is one of “øy”
        for replacement in _ENDINGS.get(form[-length:], ()):
            word = stem + replacement
            if is_word(word):
                words.append(word)
            elif not replacement and stem.endswith("mm") and is_word(stem[:-1]):
                words.append(stem[:-1])
    return words


def _strip(form: str) -> Sequence[str]:
    """Return the words of the lexicon that a form is made of by the table of endings."""
    return strip_endings(form, _is_word)


def _is_word(word: str) -> bool:
    """Return whether the lexicon has a word, or that of the other written language by which it is found."""
    lexicon = read_lexicon()
    if word in lexicon.words or word in lexicon.compounds or word in lexicon.same:
        return True
    return word.endswith(_NYNORSK) and _variant(word) != word


def _variant(word: str) -> str:
    """Return the word by which those of both written languages are found."""
    lexicon = read_lexicon()
    if word in lexicon.same:
        return lexicon.same[word]
    for ending, other in _VARIANTS:
        if word.endswith(ending) and (counterpart := word.removesuffix(ending) + other) in lexicon.words:
            return counterpart
    return word


def _compounds(form: str) -> tuple[Lemma, ...]:
    """Return the parts of a compound, of those that are possible the ones that are longest; else nothing."""
    best, best_score = list[Lemma](), (0, 0)
    for start in range(_SHORTEST_HEAD, len(form) - _SHORTEST_TAIL + 1):
        if (tail := _tail(form[start:])) and (heads := _heads(form[:start])):
            score = min(start, 4) + min(len(tail), 4), len(form) - start
            if score > best_score:
                best, best_score = [(*head, tail) for head in heads], score
    return tuple(best)


@lru_cache(maxsize=20_000)
def _tail(form: str) -> str | None:
    """Return the word that ends a compound in this form."""
    lexicon = read_lexicon()
    if (word := _first_tail((*lexicon.forms.get(form, ()), form))) or (word := _first_tail(_strip(form))):
        return word
    return _first_tail(_strip(form[:-1])) if form.endswith("s") else None


def _first_tail(words: Sequence[str]) -> str | None:
    tails = read_lexicon().tails
    for word in words:
        if word in tails or (_is_word(word) and _variant(word) in tails):
            return _variant(word)
    return None


@lru_cache(maxsize=20_000)
def _heads(form: str) -> tuple[Lemma, ...]:
    """Return the parts of what a compound begins with, which may have a linking letter at its end."""
    lexicon = read_lexicon()
    if form in lexicon.compounds:
        return (lexicon.compounds[form],)
    stems = [form.removesuffix(link) for link in _LINKS if form.endswith(link)]
    if words := [
        _variant(one) for one in stems if _is_word(one) and not lexicon.heads.isdisjoint({one, _variant(one)})
    ]:
        return tuple((word,) for word in dict.fromkeys(words))
    if len(form) > 3 and f"{form}e" in lexicon.heads:
        return ((_variant(f"{form}e"),),)
    return next((inner for stem in stems if len(stem) > 5 and (inner := _compounds(stem))), ())
