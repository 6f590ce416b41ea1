"""How the texts of records in JSON are read, by names that profiles use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from loader.errors import CuratedError
from loader.identifiers import slug
from loader.marc.values.heading_keys import heading_key
from loader.marc.values.imprint_dates import read_imprint_date
from loader.marc.values.language_codes import LANGUAGES, current_language
from nbkg.identifiers.identifier_reading import known_schemes, read_as

Reading = Callable[[str], str]
"""Returns what a text says in its one form, or an empty text where it cannot be read so."""

_TERMINOLOGY = {
    "sqi": "alb", "hye": "arm", "eus": "baq", "mya": "bur", "zho": "chi", "ces": "cze", "nld": "dut", "fra": "fre",
    "kat": "geo", "deu": "ger", "ell": "gre", "isl": "ice", "mkd": "mac", "mri": "mao", "msa": "may", "fas": "per",
    "ron": "rum", "slk": "slo", "bod": "tib", "cym": "wel",
}  # fmt: skip
"""Codes of ISO 639-2/T and 639-3, and those of the MARC list for the same languages."""
_NO_LANGUAGE = {"und", "zxx", "mis"}
_GLUED = re.compile(r"((?:1[4-9]|20)\d\d)(\d\d)(\d\d)")
_YEAR_ENDS = {"01-01", "12-31"}
_TWO = re.compile(r"0*([1-9]\d?)")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?")
_WORDS = re.compile(r"[^\W\d_]+")


def reading_of(name: str) -> Reading:
    """Return the reading of a name. `identifier:KEY` gives a number of a register, `address:KEY` its address.

    Raises CuratedError for a name that is not known.
    """
    kind, _, scheme = name.partition(":")
    if scheme in known_schemes() and kind in {"identifier", "address"}:
        return partial(_identifier, scheme, 1 if kind == "identifier" else 2)
    if name not in READINGS:
        raise CuratedError(f"there is no reading “{name}”; choose one of {', '.join(sorted(READINGS))}")
    return READINGS[name]


def _identifier(scheme: str, part: int, text: str) -> str:
    reading = read_as(scheme, text)
    return str(reading[part]) if reading.scheme == scheme and not reading.fault else ""


def _language(text: str) -> str:
    """Return the code of the MARC list (https://www.loc.gov/marc/languages/)."""
    code = text.lower()
    code = current_language(_TERMINOLOGY.get(code, code))
    return code if code in LANGUAGES and code not in _NO_LANGUAGE else ""


def _date(text: str) -> str:
    """Return a year, a month or a day (EDTF level 0) if there is such a day."""
    year, month, day = (*text.split("-"), "1", "1")[:3]
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return text


def _glued_date(text: str) -> str:
    """Return a date of eight digits with hyphens, another one as a transcribed date is read."""
    bare = text.strip("[]. ")
    match = _GLUED.fullmatch(bare)
    return _date("-".join(match.groups())) if match else read_imprint_date(bare).date


def _glued_date_or_year(text: str) -> str:
    """Return a date; the first and the last day of a year are doubtful, for systems fill in a year so."""
    day = _glued_date(text)
    return f"{day}?" if day[5:] in _YEAR_ENDS else day


def _two_digits(text: str) -> str:
    match = _TWO.fullmatch(text)
    return match[1].zfill(2) if match else ""


def _date_time(text: str) -> str:
    """Return an xsd:dateTime without parts of a second, or an empty text where there is no such time."""
    match = _DATE_TIME.fullmatch(text)
    try:
        return match[1] + (match[2] or "Z") if match and datetime.fromisoformat(match[1]) else ""
    except ValueError:
        return ""


def _words_of_name(text: str) -> str:
    """Return the words of a name in the order of the alphabet, so that inverted names and years make no difference."""
    return " ".join(sorted(_WORDS.findall(heading_key(text))))


READINGS: Mapping[str, Reading] = {
    "date": _date,
    "date-time": _date_time,
    "glued-date": _glued_date,
    "glued-date-or-year": _glued_date_or_year,
    "heading": heading_key,
    "language": _language,
    "language-tag": lambda text: text if _TAG.fullmatch(text) else "",
    "slug": slug,
    "token": lambda text: text if re.fullmatch(r"[\w-]+", text) else "",
    "two-digits": _two_digits,
    "whole-number": lambda text: str(int(text)) if re.fullmatch(r"\d{1,9}", text) else "",
    "words-of-name": _words_of_name,
}
"""Name to reading, besides those of identifiers."""
