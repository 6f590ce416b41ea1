"""When two fields are the same: strictly, and by their words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from loader.marc.profiles.marc_profile import LocalField
from nbkg.records.record import MarcField

PUNCTUATION = " ,;:/=+."
"""The marks by which ISBD parts the elements of a description, and the full stop."""
_LINKING = "68"
"""Subfields that join fields of a record and hold no text."""
_NOT_CODED = str.maketrans("#|\\^", "    ")
_FIXED = frozenset({"006", "007", "008"})

Text = tuple[str, ...]


def strict_text(field: MarcField) -> Text:
    """Return all of a field in NFC: tag, indicators, and codes and values of the subfields in their order."""
    values = [unicodedata.normalize("NFC", code + value) for code, value in field.subfields]
    return (field.tag, field.indicators, field.data, *values)


def loose_text(field: MarcField) -> Text:
    """Return the tag and the words of a field, in NFC and in any order, without ISBD punctuation around them.

    Linking subfields ($6, $8) do not count. In 006–008 what is blank, filled (`|`) or `#` is one: not coded.
    """
    if field.tag in _FIXED:
        return (field.tag, field.data.translate(_NOT_CODED).rstrip())
    text = " ".join([field.data, *(value for code, value in field.subfields if code not in _LINKING)])
    words = (word.strip(PUNCTUATION) for word in unicodedata.normalize("NFC", text).split())
    return (field.tag, *sorted(filter(None, words)))


def read_by_profile(field: MarcField, local: Mapping[str, LocalField]) -> MarcField:
    """Return a field as its source's profile reads it: one of its own may be read as another field of MARC 21."""
    meaning = local.get(field.tag)
    if meaning is None:
        return field
    codes = {code: each.read_as for code, each in meaning.subfields.items() if each.read_as}
    subfields = [(codes.get(code, code), value) for code, value in field.subfields]
    return MarcField(meaning.read_as or field.tag, meaning.indicators or field.indicators, subfields, field.data)


def compare(before: Iterable[MarcField], after: Iterable[MarcField]) -> Counter[tuple[str, str]]:
    """Return, by tag, how many distinct fields there were, came back loosely and strictly, and are new.

    The keys are pairs of a tag and `fields`, `loose`, `strict` or `new`. Fields that are equal in a record count once.
    """
    counts: Counter[tuple[str, str]] = Counter()
    old, new = list(before), list(after)
    loose, strict = {loose_text(each) for each in new}, {strict_text(each) for each in new}
    known = {loose_text(each): each for each in old}
    exact = {strict_text(each) for each in old}
    for text in known:
        counts[text[0], "fields"] += 1
        counts[text[0], "loose"] += text in loose
    for text in exact:
        counts[text[0], "forms"] += 1
        counts[text[0], "strict"] += text in strict
    for text in loose - known.keys():
        counts[text[0], "new"] += 1
    return counts
