"""What catalogues write instead of a heading: another order, no dates, initials, foldings, typing errors."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from benchmarks.matching_headings import Heading

_FOLDED = {"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"}
_DIGRAPHS = {"ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "ue", "Ø": "Oe", "Å": "Aa", "Ö": "Oe", "Ä": "Ae"}
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_PARENTHESIS = re.compile(r"\s*\([^()]*\)")


def as_it_is(heading: Heading) -> str:
    """Return the heading."""
    return heading.text


def undated(heading: Heading) -> str:
    """Return the heading without dates."""
    return heading.name


def direct_order(heading: Heading) -> str:
    """Return “Knut Hamsun (1859-1952)” for “Hamsun, Knut, 1859-1952”."""
    family, given = heading.parts
    if not (given and heading.is_person):
        return heading.text
    names, comma, titles = given.partition(",")
    words = f"{names} {family}{comma}{titles}"
    return f"{words} ({heading.dates})" if heading.dates else words


def capitals(heading: Heading) -> str:
    """Return the heading in capitals and with a full stop, as old catalogues have it."""
    return heading.text.upper() + "."


def initials(heading: Heading) -> str:
    """Return the heading with initials for its given names."""
    family, given = heading.parts
    if not (given and heading.is_person):
        return heading.text
    words = [word for word in _PARENTHESIS.sub("", given).replace("-", " ").split() if word[0].isalpha()]
    short = f"{family}, {' '.join(f'{word[0]}.' for word in words)}"
    return f"{short}, {heading.dates}" if heading.dates else short


def without_marks(heading: Heading) -> str:
    """Return the heading in the letters a to z: å as a, ø as o."""
    text = "".join(_FOLDED.get(letter, letter) for letter in unicodedata.normalize("NFC", heading.text))
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def digraphs(heading: Heading) -> str:
    """Return the heading with aa, oe, ae and ue for the letters that are not on all keyboards."""
    return "".join(_DIGRAPHS.get(letter, letter) for letter in unicodedata.normalize("NFC", heading.text))


def decomposed(heading: Heading) -> str:
    """Return the heading with letters and marks apart."""
    return unicodedata.normalize("NFD", heading.text)


def typing_error(heading: Heading) -> str:
    """Return the heading with an error in a word of five letters or more: one left out, doubled, exchanged or wrong."""
    text = unicodedata.normalize("NFC", heading.name)
    words = list(_LONG_WORD.finditer(text))
    if not words:
        return heading.text
    word = words[heading.draw("word", len(words))]
    place = word.start() + 1 + heading.draw("letter", len(word[0]) - 2)
    wrong = string.ascii_lowercase[heading.draw("wrong", 26)]
    changed = (
        text[:place] + text[place + 1 :],
        text[:place] + text[place] + text[place:],
        text[:place] + text[place + 1] + text[place] + text[place + 2 :],
        text[:place] + wrong + text[place + 1 :],
    )[heading.draw("kind", 4)]
    return f"{changed}, {heading.dates}" if heading.dates else changed


def without_parentheses(heading: Heading) -> str:
    """Return the heading without what stands in parentheses."""
    name = _PARENTHESIS.sub("", heading.name)
    return f"{name}, {heading.dates}" if heading.dates else name


VARIATIONS: Mapping[str, Callable[[Heading], str]] = {
    "as-it-is": as_it_is,
    "undated": undated,
    "direct-order": direct_order,
    "capitals": capitals,
    "initials": initials,
    "without-marks": without_marks,
    "digraphs": digraphs,
    "decomposed": decomposed,
    "typing-error": typing_error,
    "without-parentheses": without_parentheses,
}


def choose_variation(heading: Heading) -> tuple[str, str]:
    """Return the name of a variation that changes the heading, or of none at all, and the text."""
    texts = {name: vary(heading) for name, vary in VARIATIONS.items()}
    kinds: Sequence[str] = [name for name, text in texts.items() if name == "as-it-is" or text != heading.text]
    kind = kinds[heading.draw("variation", len(kinds))]
    return kind, texts[kind]
