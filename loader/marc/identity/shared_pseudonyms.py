"""Pseudonyms that several persons share: an identifier of one of them would make them one.

An authority record says so by several see-also tracings (500) whose relationship ($i) is that of the real name.
https://www.loc.gov/marc/authority/ad5xx.html
"""

from __future__ import annotations

from collections.abc import Container

from nbkg.records.record import MarcField, MarcRecord

_PERSON = "500"


def is_shared_pseudonym(record: MarcRecord, real_name_words: Container[str]) -> bool:
    """Return whether a record describes the pseudonym of more than one person; the words are in lower case."""
    return sum(_is_real_name(field, real_name_words) for field in record.fields_with(_PERSON)) > 1


def _is_real_name(field: MarcField, words: Container[str]) -> bool:
    return any(value.strip(" .:;,").lower() in words for value in field.values("i"))
