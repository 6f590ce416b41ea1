"""Which of several texts a reader gets: one order of languages for pages, dumps and summaries of changes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from pyoxigraph import Literal

_T = TypeVar("_T")

LANGUAGES = ("nb", "nn", "en")
"""The languages in which readers are addressed, the first by default."""
_PREFERENCES = {"nb": ("nb", "no", "nn", "en"), "nn": ("nn", "nb", "no", "en"), "en": ("en", "nb", "nn", "no")}


@lru_cache(maxsize=1024)
def language_rank(language: str | None, preferred: str) -> int:
    """Return how well a text's language suits a reader of one of LANGUAGES: the lower, the better.

    Regions do not count (`en-GB` is `en`). A text without a language follows the four that readers here understand;
    any other language is last.
    """
    order = _PREFERENCES[preferred]
    if not language:
        return len(order)
    primary = language.partition("-")[0]
    return order.index(primary) if primary in order else len(order) + 1


def label_rank(label: Literal, property_rank: int, preferred: str) -> tuple[int, int, str]:
    """Return the key by which labels are sorted, the best first: by language, then property, then text."""
    return language_rank(label.language, preferred), property_rank, label.value


def best_text(texts: Iterable[Literal], preferred: str) -> Literal | None:
    """Return the text in the language that suits best, the first in alphabetical order of several; None of none."""
    return min(texts, key=lambda text: label_rank(text, 0, preferred), default=None)


def in_best_language(terms: Iterable[_T], preferred: str) -> list[_T]:
    """Return the literals in the language that suits best, and all terms that are no literals, in their order."""
    candidates = list(terms)
    ranks = [language_rank(term.language, preferred) for term in candidates if isinstance(term, Literal)]
    best = min(ranks, default=0)
    return [t for t in candidates if not isinstance(t, Literal) or language_rank(t.language, preferred) == best]
