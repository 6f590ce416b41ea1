"""Which series statement (490) and which added entry (800–830) are of the same series."""

from __future__ import annotations

import re
from typing import Final

from loader.marc.fields.name_headings import split_title
from loader.marc.fields.projection import SeriesStatement, Subfields
from loader.marc.fields.title_nodes import title_label
from loader.marc.values.heading_keys import heading_key
from loader.marc.values.isbd import without_end_punctuation
from loader.marc.values.standard_numbers import read_issn

_DIGITS: Final = re.compile(r"\d+")


def paired(entries: list[Subfields], statements: list[SeriesStatement]) -> list[SeriesStatement | None]:
    """Return the statement of each entry: by ISSN, then by title, then by number where only one has it."""
    pairs: list[SeriesStatement | None] = [None] * len(entries)
    left = list(statements)
    for sign in (issn_of, _title, _number):
        for index, entry in enumerate(entries):
            value = sign(entry) if pairs[index] is None else ""
            same = [each for each in left if sign(each.subfields) == value] if value else []
            if same and (sign is not _number or len(same) == 1):
                pairs[index] = same[0]
                left = [each for each in left if each is not same[0]]
    return pairs


def first_value(subfields: Subfields, code: str) -> str:
    """Return the first value of a subfield, or an empty text."""
    return next((value for each, value in subfields if each == code), "")


def issn_of(subfields: Subfields) -> str:
    """Return the ISSN of a series, or an empty text where there is none or it is not valid."""
    number = read_issn(without_end_punctuation(first_value(subfields, "x")))
    return number.number if number.is_valid else ""


def _title(subfields: Subfields) -> str:
    """Return the key of a title without the statement of who is responsible."""
    name, title = split_title(subfields)
    return heading_key(title_label(title or name, "atnp").partition(" / ")[0])


def _number(subfields: Subfields) -> str:
    return " ".join(_DIGITS.findall(first_value(subfields, "v")))
