"""The keys by which names are found that are similar to one: parts that at least one stays as it is after an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nbkg.matching.name_form import NameForm, key_of
from nbkg.matching.name_words import read_name_words

_MOST_FAMILY, _MOST_GIVEN, _MOST_WORDS = 2, 2, 5
_ENDS = 3
"""Letters of the beginning and the end of a single word."""


def block_keys(form: NameForm) -> Sequence[str]:
    """Return the keys of a name: each word with the first letter of another.

    A family name stands with the initials of given names, and a given name with the initial of the family name. So
    “vik|t” finds Vik, Tor and Vik, T., and “tor|v” finds Vyk, Tor. The ends of family names do for initials.
    """
    if not form.forenames:
        words = _main(form.family)[:_MOST_WORDS]
        if len(words) < 2:
            return [key for word in words for key in _ends(key_of(word))]
        return _distinct([*pairwise(words), (words[0], words[-1])])
    forenames, family = _main([*form.forenames[:_MOST_GIVEN], *form.fuller[:_MOST_GIVEN]]), _main(form.family)
    ends = (f"{end}|{key_of(forenames[0])[0]}" for end in _ends(key_of(family[-1])))
    return [*_distinct([(one, other) for one in family[-_MOST_FAMILY:] for other in forenames]), *ends]


def _distinct(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return list(dict.fromkeys(key for one, other in pairs for key in _crossed(key_of(one), key_of(other))))


def _main(words: Sequence[str]) -> Sequence[str]:
    return [word for word in words if word not in read_name_words().particles] or words


def _crossed(one: str, other: str) -> Iterator[str]:
    if len(one) > 1:
        yield f"{one}|{other[0]}"
    if len(other) > 1:
        yield f"{other}|{one[0]}"


def _ends(word: str) -> Iterator[str]:
    yield f"^{word[:_ENDS]}"
    yield f"${word[-_ENDS:]}"
