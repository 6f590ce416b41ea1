"""Standard numbers as they are written in records, and in the one form in which they are compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from stdnum import ismn, issn
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

_ISBN_SIGNS: Final = re.compile(r"(?<![\w-])(?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx](?![\w])")
_LEADING_NUMBER: Final = re.compile(r"[\dXx][\dXx\s-]*")
_QUALIFIER: Final = re.compile(r"\(([^()]+)\)")
_FILLERS: Final = re.compile(r"97[89]\d{3}0{6,7}\d?|0{10,13}")
"""Numbers that stand where a number is demanded and there is none, such as 9788200000000: they fit many books."""
_SHORTEST: Final = 7
"""Fewer digits are no number that was written wrongly but something else, such as a price."""
_LCCN: Final = re.compile(r"([a-z]{0,3})(\d{8,10})")
_HANDLE: Final = re.compile(r"^(?:https?://hdl\.handle\.net/|hdl:)?(\d[\w.]*/\S+)$", re.IGNORECASE)
_NORWEGIAN_URN: Final = re.compile(r"(?:https?://urn\.nb\.no/)?urn:nbn:no([:-][^?#\s]+)", re.IGNORECASE)
_DOI: Final = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+?)\.?$", re.IGNORECASE)


class StandardNumber(NamedTuple):
    """One number of a subfield."""

    number: str
    """In its one form if it is valid, else as it is written."""
    is_valid: bool
    written: str = ""
    """The number as written, without words."""


class IsbnText(NamedTuple):
    """What a subfield with ISBNs holds."""

    numbers: tuple[StandardNumber, ...]
    qualifiers: tuple[str, ...]


def read_isbns(text: str) -> IsbnText:
    """Return the ISBNs of 020 $a or $z as ISBN-13, and the qualifiers in parentheses (ISO 2108).

    A text without a number that has the length of one gives its first number, which is not valid.
    """
    qualifiers, bare = _split_qualifiers(text) if "(" in text else ((), text)
    numbers = [_isbn(match.group()) for match in _ISBN_SIGNS.finditer(bare)]
    if not numbers and (start := _LEADING_NUMBER.search(bare)):
        compact = re.sub(r"[\s-]", "", start.group())
        numbers = [StandardNumber(compact, False, compact)] if len(compact) >= _SHORTEST else []
    return IsbnText(tuple(dict.fromkeys(numbers) if len(numbers) > 1 else numbers), qualifiers)


def _split_qualifiers(text: str) -> tuple[tuple[str, ...], str]:
    """Return what stands in parentheses, and the rest."""
    return tuple(part.strip() for part in _QUALIFIER.findall(text)), _QUALIFIER.sub(" ", text)


def _isbn(text: str) -> StandardNumber:
    compact, written = text.translate(_NO_HYPHENS).upper(), text.strip()
    if not _is_isbn(compact) or ("000000" in compact and _FILLERS.fullmatch(compact)):
        return StandardNumber(compact, False, written)
    return StandardNumber(compact if len(compact) == _EAN else _as_ean(compact), True, written)


_NO_HYPHENS: Final = str.maketrans("", "", " -\t")
_EAN: Final = 13
_ZERO: Final = 48
"""The code of the sign 0."""


def _is_isbn(compact: str) -> bool:
    """Return whether the check digit of ten or thirteen signs is right; python-stdnum takes ten times as long."""
    body, check = compact[:-1], compact[-1:]
    if not (compact.isascii() and body.isdigit()):
        return False
    if len(compact) == _EAN:
        return check == _ean_digit(body)
    return len(compact) == 10 and (check == "X" or check.isdigit()) and _weighted_sum(compact) % 11 == 0


def _weighted_sum(compact: str) -> int:
    """Return the sum of the digits by weight: the last counts once, the one before twice, and so on."""
    total = weighted = 0
    for sign in compact:
        total += 10 if sign == "X" else ord(sign) - _ZERO
        weighted += total
    return weighted


def _as_ean(compact: str) -> str:
    body = f"978{compact[:-1]}"
    return body + _ean_digit(body)


def _ean_digit(body: str) -> str:
    total, weight = 0, 1
    for sign in body:
        total += weight * (ord(sign) - _ZERO)
        weight = 4 - weight
    return str(-total % 10)


@lru_cache(1 << 14)
def read_issn(text: str) -> StandardNumber:
    """Return an ISSN with its hyphen (ISO 3297)."""
    try:
        return StandardNumber(issn.format(issn.validate(text)), True, text)
    except ValidationError:
        return StandardNumber(text, False, text)


def read_ismn(text: str) -> StandardNumber:
    """Return an ISMN of thirteen digits; the older `M` in front is 979-0 (ISO 10957)."""
    try:
        return StandardNumber(ismn.to_ismn13(ismn.validate(text)), True, text)
    except ValidationError:
        return StandardNumber(text, False, text)


def read_doi(text: str) -> StandardNumber:
    """Return a DOI in lower case, as DOIs are compared (https://www.doi.org/the-identifier/resources/handbook/)."""
    match = _DOI.match(text.strip())
    return StandardNumber(match[1].lower(), True, text) if match else StandardNumber(text, False, text)


def read_handle(text: str) -> StandardNumber:
    """Return a handle without the address of its resolver."""
    match = _HANDLE.match(text.strip())
    return StandardNumber(match[1], True, text) if match else StandardNumber(text, False, text)


def read_norwegian_urn(text: str) -> str:
    """Return a URN:NBN of Norway without the address of its resolver, in one form (RFC 8141 section 3), or nothing."""
    match = _NORWEGIAN_URN.match(text.strip())
    return f"URN:NBN:no{match[1]}" if match else ""


@lru_cache(1 << 12)
def read_isni(text: str) -> StandardNumber:
    """Return the sixteen characters of an ISNI or ORCID, of which the last is a check character (ISO 27729)."""
    compact = re.sub(r"^.*/|^ISNI|[\s-]", "", text.strip(), flags=re.IGNORECASE).upper()
    is_valid = bool(re.fullmatch(r"\d{15}[\dX]", compact)) and mod_11_2.is_valid(compact)
    return StandardNumber(compact, is_valid, text)


def read_lccn(text: str) -> StandardNumber:
    """Return a normalised LCCN (https://www.loc.gov/marc/lccn-namespace.html): no blanks, suffix or hyphen."""
    compact = text.partition("/")[0].replace(" ", "").lower()
    if "-" in compact:
        year, _hyphen, serial = compact.partition("-")
        compact = year + serial.zfill(6)
    return StandardNumber(compact, bool(_LCCN.fullmatch(compact)), text)
