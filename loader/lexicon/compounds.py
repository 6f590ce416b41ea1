"""Finds the compounds among Norwegian words, by the words that they are made of and their forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

Paradigms = Mapping[str, Mapping[str, Set[str]]]
"""The forms of each word by its part of speech: noun, verb, adj and adv."""

_PARTICLES_LIST = """
ad an ana anti av bak be bi de dis etter for fore fra fram frem før gjen hen i in inn inter ko kon med mellom mis mot
ned om opp over pre pro på re sam sub til u under unn ut van ved vel å
"""
_PARTICLES = frozenset(_PARTICLES_LIST.split())
"""What words begin with that are not compounds of two meanings: an “avtale” is no “tale”."""
_SUFFIXES_LIST = """
aktig bar dom else ende eri esse het ing isme ist itet laus lig løs messig ning ring sjon skap som tikk ting
"""
_SUFFIXES = frozenset(_SUFFIXES_LIST.split())
"""Words that mostly are suffixes: what is “ideløs” is not looked for by “løs”."""
_LINKS = ("", "s", "e")
_SHORTEST = 3
_LONG = 5
"""Letters of a part that is hardly there by chance."""
_HEADS, _TAILS = {2: 30, 3: 12, 4: 6}, {3: 6, 4: 3}
"""With how many long parts a part of so many letters must occur."""
_KINDS = ("noun", "adj")
"""The parts of speech whose compounds are looked for."""


@dataclass(frozen=True)
class Compounds:
    """The words that are compounds, and those that begin and end them."""

    words: frozenset[str]
    heads: frozenset[str]
    tails: frozenset[str]


def find_compounds(paradigms: Paradigms) -> Compounds:
    """Return the compounds among the nouns and adjectives.

    A compound begins with a noun, an adjective or a verb, with or without a linking letter, and ends with a word that
    is inflected as it is. Short parts must recur in other words; else they are there by chance.
    """
    divisions = {word: parts for kind in _KINDS for word, parts in _divide_all(paradigms.get(kind, {}), paradigms)}
    heads, tails = Counter[str](), Counter[str]()
    for parts in divisions.values():
        heads.update({head for head, tail in parts if max(len(head), len(tail)) >= _LONG})
        tails.update({tail for head, tail in parts if max(len(head), len(tail)) >= _LONG})
    begin = frozenset(head for head, times in heads.items() if times >= _HEADS.get(len(head), 1))
    end = frozenset(tail for tail, times in tails.items() if times >= _TAILS.get(len(tail), 1))
    words = {word for word, parts in divisions.items() if any(head in begin and tail in end for head, tail in parts)}
    others = (forms_of for kind, forms_of in paradigms.items() if kind not in _KINDS)
    return Compounds(frozenset(words.difference(*others)), begin, end)


def _divide_all(
    forms_of: Mapping[str, Set[str]], paradigms: Paradigms
) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """Yield the words of a part of speech that may be compounds, with the beginnings and ends that they are made of."""
    forms = frozenset[str]().union(*forms_of.values())
    for word in filter(lambda one: one in forms_of[one], forms_of):  # a participle is listed with its verb
        parts = [
            (head, word[start:])
            for start in range(2, len(word) - _SHORTEST + 1)
            if word[start:] in forms_of.get(word[start:], ())
            and word[start:] not in _SUFFIXES
            and all(form.startswith(word[:start]) and form[start:] in forms for form in forms_of[word])
            and (head := _find_head(word[:start], paradigms))
        ]
        if parts:
            yield word, parts


def _find_head(beginning: str, paradigms: Paradigms) -> str | None:
    """Return the word that a compound begins with, without its linking letter; a noun rather than a verb."""
    if not _PARTICLES.isdisjoint({beginning, beginning[:-1]}):  # also with a linking letter, as in “forslag”
        return None
    stems = [beginning.removesuffix(link) for link in _LINKS if beginning.endswith(link)]
    if len(beginning) >= _LONG - 1:
        stems.append(f"{beginning}e")
    for kind, possible in (("noun", stems), ("adj", stems), ("verb", [beginning])):
        for stem in possible:
            if (
                stem in paradigms.get(kind, {}).get(stem, ())
                and stem not in _PARTICLES
                and len(stem) >= _shortest(kind)
            ):
                return stem
    return None


def _shortest(kind: str) -> int:
    return 2 if kind == "noun" else _SHORTEST
