"""Which identifiers a text is: by its address, by the code before the number, or by the form of the number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from nbkg.identifiers.clean_text import clean_text, host_and_path
from nbkg.identifiers.scheme import IdentifierReading, IdentifierScheme
from nbkg.identifiers.scheme_file import codes_of, read_schemes

_CODED = re.compile(r"\(([^()]+)\)\s*(.*)")
_LONGEST = 400
"""Longer texts are no identifiers."""


@lru_cache(1 << 14)
def read_identifiers(text: str) -> tuple[IdentifierReading, ...]:
    """Return what a text may identify, the likeliest reading first; nothing for words and for wrong numbers.

    A text that says itself which register it is of has certain readings only: mostly one, and two where the form is
    that of two registers (ISNI with hyphens looks like ORCID). A bare number has one reading for each register with
    such numbers.
    """
    cleaned = clean_text(text)
    if len(cleaned) > _LONGEST:
        return ()
    return _good(_explicit(cleaned) or _good(_alone(cleaned)) or _bare(cleaned))


@lru_cache(1 << 14)
def read_as(scheme: str, text: str) -> IdentifierReading:
    """Return what a text is in a register, which is named by its key or one of its codes, as $2 of MARC has them.

    A text that says itself which register it is of is of that: `https://isni.org/…` under `uri`. The identifier of a
    register that is not known, and a wrong number, has a `fault`.
    """
    cleaned = clean_text(text)
    named = _by_code().get(scheme.strip().lower(), ())
    explicit = _explicit(cleaned)
    keys = {one.key for one in named}
    own = [each for each in explicit if each.scheme in keys]
    readings = own or explicit or ([] if _is_address(cleaned) else [one.read_number(cleaned) for one in named])
    return next(iter([*_good(readings), *readings]), IdentifierReading(scheme.strip().lower(), cleaned, fault="scheme"))


def known_schemes() -> Mapping[str, IdentifierScheme]:
    """Return the registers by their keys, in the order of their ranks."""
    return read_schemes()


def _good(readings: Iterable[IdentifierReading]) -> tuple[IdentifierReading, ...]:
    return tuple(dict.fromkeys(each for each in readings if not each.fault))


def _is_address(cleaned: str) -> bool:
    return bool(host_and_path(cleaned))


def _explicit(cleaned: str) -> Sequence[IdentifierReading]:
    """Return the readings of a text that names its register: an address, or a code before the number."""
    code, rest = _parted(cleaned)
    if address := host_and_path(rest):
        return [each for one in read_schemes().values() if (each := one.read_address(address)) is not None]
    return [one.read_number(rest) for one in _by_code().get(code, ())]


def _parted(cleaned: str) -> tuple[str, str]:
    """Return the code before a number in lower case, and the number: `(NO-TrBIB)90090033`, `urn:isni:…`, `ISNI …`."""
    if match := _CODED.fullmatch(cleaned):
        return match[1].strip().lower(), match[2]
    if match := _before_number().fullmatch(cleaned):
        return match[1].lower(), match[2]
    return "", cleaned


def _alone(cleaned: str) -> list[IdentifierReading]:
    return [one.read_number(cleaned) for one in read_schemes().values() if one.has_alone(cleaned)]


def _bare(cleaned: str) -> list[IdentifierReading]:
    return [one.read_number(cleaned, is_certain=False) for one in read_schemes().values()]


@cache
def _by_code() -> Mapping[str, tuple[IdentifierScheme, ...]]:
    return codes_of(read_schemes().values())


@cache
def _before_number() -> re.Pattern[str]:
    """Return the pattern of a code that stands before a number without parentheses, the longest code first."""
    codes = "|".join(map(re.escape, sorted(_by_code(), key=lambda code: (-len(code), code))))
    return re.compile(rf"(?:urn:|info:)?({codes})(?:\s*[:/#=]\s*|[\s_-]+|(?=\d))(.+)", re.IGNORECASE)
