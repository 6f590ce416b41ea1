"""Dates of publication as they are transcribed (264 $c), as EDTF.

EDTF is the Extended Date/Time Format of ISO 8601-2 (https://www.loc.gov/standards/datetime/). What cannot be read with
certainty gives no date: the words stay beside it in any case.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple


class ImprintDate(NamedTuple):
    """What a transcribed date says; each part is EDTF or an empty text."""

    date: str = ""
    copyright: str = ""
    phonogram: str = ""


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        [
            "januar january jan",
            "februar february feb",
            "mars march mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "desember december des dec",
        ],
        start=1,
    )
    for name in names.split()
}
_SEASONS: Final = {
    **dict.fromkeys(("våren", "vår", "spring"), 21),
    **dict.fromkeys(("sommeren", "sommaren", "sommer", "sommar", "summer"), 22),
    **dict.fromkeys(("høsten", "hausten", "høst", "haust", "autumn", "fall"), 23),
    **dict.fromkeys(("vinteren", "vinter", "winter"), 24),
}
_PARTS_OF_YEAR: Final = {**_SEASONS, **_MONTHS}
_MARKED: Final = re.compile(
    r"(©|℗|\bcop\.?|\bcopyright|\bc(?=\d{4}\b)|\bp(?=\d{4}\b))\s*((?:1[4-9]|20)\d\d)(?:[-–]\d{2,4})?", re.I
)
_CORRECTED: Final = re.compile(r"\bi\.?\s?e\.?\s*|\bdvs\.?\s*|\brett(?:e)?\s*:?\s*|\bsvs\.?\s*", re.IGNORECASE)
_UNKNOWN: Final = re.compile(
    r"u\.\s?å\.?|uten år|utan år|s\.\s?a\.?|n\.\s?d\.?|ikke identifisert|ikkje identifisert", re.I
)
_BETWEEN: Final = re.compile(r"\b(?:mellom|between|zwischen|entre)\s+(.+?)\s+(?:og|and|und|et)\s+(.+)", re.IGNORECASE)
_EITHER: Final = re.compile(
    r"(?<![\d<-])((?:1[4-9]|20)\d\d)\??\s+(?:eller|el\.|or|oder)\s+((?:1[4-9]|20)\d\d)(?![\d<-])", re.IGNORECASE
)
_BOUND: Final = re.compile(
    r"\b(?P<no>(?:ikke|ikkje|inte|not|nicht)\s+)?"
    r"(?:(?P<latest>før|before|vor|senest|seinast)|etter|after|nach|tidligst|tidlegast)\s+(?P<date>.+)",
    re.IGNORECASE,
)
_CIRCA: Final = re.compile(r"\b(?:ca|circa|omkr|cirka)\b\.?\s*", re.IGNORECASE)
_HUNDRED: Final = re.compile(r"(?<!\d)(\d{2})(\d)0(?:-?(?:tallet|talet|årene|åra|åri)|s)(?!\w)", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"(?<!\d)(0?[1-9]|1\d|2[01])(?:\. (?:årh|hundreår)\w*|(?:st|nd|rd|th) cent\w*)", re.IGNORECASE
)
_DECADE: Final = re.compile(r"(?<!\d)((?:1\d|20)\d)(?:-\??|\?)(?!\d)")
_CENTURY: Final = re.compile(r"(?<!\d)(\d{2})(?:--\??|\?\?)(?!\d)")
_RANGE: Final = re.compile(r"(?<!\d)(\d{4})(\??)\s*[-–/]\s*(\d{4}|\d{2})(?!\d)(\??)")
_OPEN: Final = re.compile(r"^\W*(\d{4})(\??)\s*[-–]\s*[>. ]*$")
_ENDED: Final = re.compile(r"^\W*[-–]\s*(\d{4})(\??)\W*$")
_NUMERIC_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_DAY: Final = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})\.?\s*(?P<month>[a-zæøå]+)\.?,?|\b(?P<month_before>[a-z]+)\s+(?P<day_after>\d{1,2}),)"
    r"\s+(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH: Final = re.compile(r"\b([a-zæøå]+)\.?\s+(\d{4})(?!\d)", re.IGNORECASE)
_MONTHS_OF_YEAR: Final = re.compile(
    r"\b([a-zæøå]+)\.?\s*(\d{4})?\s*[-–/]\s*([a-zæøå]+)\.?\s+(\d{4})(?!\d)", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?<!\d)(\d{4})\s?(\?)?(?!\d)")
_OTHER_CALENDAR: Final = re.compile(r"^[\[\]\d\s]{3,8}\[(\d{4})\][.\s]*$")
"""A year of another calendar, and the year of ours that the cataloguer supplied: 1378 [1999]."""
_ROMAN: Final = re.compile(r"\bM{1,2}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_PRINTED: Final = re.compile(r"[\[(,]?\s*\b(?:trykt|printed|opplag|impr\.?|tr\.)\s.*$", re.IGNORECASE)
_REPRINTED: Final = re.compile(
    r"(?<=\d)[\])\s]*[\[(,;]\s*(?:\d+\.\s*)?(?:ny(?:tt)?\s)?(?:opptr|oppl|reprint|repr\.).*$", re.IGNORECASE
)
_ISO_DAY: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?")
_POSSIBLE_YEAR: Final = re.compile(r"1[0-9]\d\d|20\d\d")


@lru_cache(1 << 14)
def read_imprint_date(text: str) -> ImprintDate:
    """Return what a transcribed date says; an uncertain year has its mark (`2010?`), a decade is `197X`."""
    if "not identified" in text or _UNKNOWN.search(text):
        return ImprintDate()
    marks: dict[str, str] = {}
    for match in _MARKED.finditer(text):
        kind = "phonogram" if match[1].lower() in {"℗", "p"} else "copyright"
        marks.setdefault(kind, match[2])
    if supplied := _OTHER_CALENDAR.match(text):
        return ImprintDate(supplied[1])
    rest = _PRINTED.sub("", _REPRINTED.sub("", _MARKED.sub("", text))).translate(_BRACKETS).strip(" ,.;")
    return ImprintDate(_date(rest), marks.get("copyright", ""), marks.get("phonogram", ""))


_BRACKETS: Final = str.maketrans("", "", "[]")
"""What a cataloguer supplied stands between them: [20]10 is the year 2010."""


def _date(text: str) -> str:
    if _ISO_DAY.fullmatch(text) and not (len(text) < 10 and _span(text)):
        return text
    if corrected := _CORRECTED.search(text):
        text = text[corrected.end() :]
    for read in (_alternatives, _bounded, _unspecified, _span, _with_month, _single):
        if edtf := read(text):
            return edtf
    return ""


def _alternatives(text: str) -> str:
    """Return years of which one is meant: a list, or all between two dates."""
    if match := _EITHER.search(text):
        return f"[{match[1]},{match[2]}]"
    if match := _BETWEEN.search(text):
        first, last = _one_date(match[1]), _one_date(match[2])
        return f"[{first}..{last}]" if first and last else ""
    return ""


def _bounded(text: str) -> str:
    """Return all that lies before or after a date: of it nothing more is known."""
    match = _BOUND.search(text)
    bound = _one_date(match["date"]) if match else ""
    if not match or not bound:
        return ""
    return f"[..{bound}]" if bool(match["latest"]) != bool(match["no"]) else f"[{bound}..]"


def _one_date(text: str) -> str:
    return _with_month(text) or _single(text).rstrip("?~")


def _unspecified(text: str) -> str:
    """Return a century or a decade, in words or with figures left open."""
    years = _in_words(text) or _left_open(text)
    return f"{years}~" if years and _CIRCA.search(text) else years


def _in_words(text: str) -> str:
    if match := _HUNDRED.search(text):
        return f"{match[1]}{match[2] if match[2] != '0' else 'X'}X"
    match = _NUMBERED.search(text)
    return f"{int(match[1]) - 1:02}XX" if match else ""


def _left_open(text: str) -> str:
    if match := _CENTURY.search(text):
        return f"{match[1]}XX"
    match = None if _RANGE.search(text) else _DECADE.search(text)
    return f"{match[1]}X" if match else ""


def _span(text: str) -> str:
    if match := _OPEN.match(text):
        return f"{match[1]}{match[2]}/.."
    if match := _ENDED.match(text):
        return f"/{match[1]}{match[2]}"
    if not (match := _RANGE.search(text)):
        return ""
    first, last = match[1], match[3] if len(match[3]) == 4 else match[1][:2] + match[3]
    return f"{first}{match[2]}/{last}{match[4]}" if first < last else ""


def _with_month(text: str) -> str:
    if match := _NUMERIC_DAY.search(text):
        return _valid_day(match[3], int(match[2]), int(match[1]))
    if match := _MONTHS_OF_YEAR.search(text):
        return _months(match)
    return _day(text) or _month(text)


def _months(match: re.Match[str]) -> str:
    first, last = _MONTHS.get(match[1].lower()), _MONTHS.get(match[3].lower())
    return f"{match[2] or match[4]}-{first:02}/{match[4]}-{last:02}" if first and last else ""


def _day(text: str) -> str:
    match = _DAY.search(text)
    month = _MONTHS.get((match["month"] or match["month_before"]).lower()) if match else None
    return _valid_day(match["year"], month, int(match["day"] or match["day_after"])) if match and month else ""


def _month(text: str) -> str:
    match = _MONTH.search(text)
    part = _PARTS_OF_YEAR.get(match[1].lower()) if match else None
    return f"{match[2]}-{part:02}" if match and part else ""


def _valid_day(year: str, month: int, day: int) -> str:
    """Return the day where the calendar has it, else nothing."""
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return ""


def _single(text: str) -> str:
    years = {(match[1], "?" if match[2] else "") for match in _YEAR.finditer(text) if _POSSIBLE_YEAR.match(match[1])}
    if len({year for year, _mark in years}) == 1:
        return min(years)[0] + ("~" if _CIRCA.search(text) else max(mark for _year, mark in years))
    if not years and (match := _ROMAN.search(text)):
        return str(_roman(match.group()))
    return ""


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[sign] for sign in text]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
