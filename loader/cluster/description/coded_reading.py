"""What codes, extents and statements of a record say: content, carrier, form, language, years, edition, pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from loader.cluster.description.catalogue_words import read_catalogue_words
from loader.cluster.description.title_reading import Fields
from loader.cluster.values import fold_words
from loader.marc.values.language_codes import current_language
from nbkg.records.record import MarcRecord

_CONTENTS = {
    **dict.fromkeys("at", "text"),
    **dict.fromkeys("cd", "score"),
    **dict.fromkeys("ef", "map"),
    "g": "film",
    "i": "spoken",
    "j": "music",
    "k": "picture",
    "m": "text",
    "o": "kit",
    "p": "mixed",
    "r": "object",
}
_PARTS, _SERIALS = frozenset("ab"), frozenset("si")
_CARRIER_CODES = {
    "d": "large print",
    "f": "braille",
    "o": "file",
    "q": "file",
    "s": "file",
    "a": "microform",
    "b": "microform",
}
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_SHORT = 37
"""The length of an 008 in which runs of blanks became one: its language is known by the end."""
_NUMBER = re.compile(r"\d{1,5}")
_MUTED = frozenset({"und", "mul", "zxx", ""})


def read_content(record: MarcRecord) -> str:
    """Return what leader/06 says that the record is of."""
    return _CONTENTS.get(record.type, "text")


def read_extent(record: MarcRecord) -> str:
    """Return whether it is a whole, a part or a serial (leader/07)."""
    level = record.leader[7:8]
    return "part" if level in _PARTS else "serial" if level in _SERIALS else "whole"


def read_languages(fields: Fields) -> frozenset[str]:
    """Return the codes of the languages of the text: those of 041 $a and $d, or that of 008/35-37."""
    codes = [
        value[start : start + 3]
        for field in fields.get("041", ())
        for value in field.values("ad")
        for start in range(0, len(value), 3)
    ]
    codes += [
        field.data[35:38] if len(field.data) > _SHORT else field.data[-5:-2] for field in fields.get("008", ())[:1]
    ]
    return frozenset(current_language(code) for code in codes) - _MUTED


def read_years(fields: Fields) -> tuple[int, ...]:
    """Return the year of publication, and others that may be it: of 264 and 260, then of 008/07-10."""
    stated = [
        year
        for tag in ("264", "260")
        for field in fields.get(tag, ())
        for text in field.values("c")
        for year in _YEAR.findall(text)
    ]
    coded = [year for field in fields.get("008", ())[:1] for year in _YEAR.findall(field.data[7:11])]
    return tuple(dict.fromkeys(map(int, [*coded, *stated])))


def read_first_years(fields: Fields) -> frozenset[int]:
    """Return the years in which notes and 008/11-14 say that it came out first."""
    texts = [" ".join(field.values("ac")).lower() for tag in ("500", "534") for field in fields.get(tag, ())]
    first = read_catalogue_words().patterns["first_year"]
    years = [int(year) for text in texts for match in first.findall(text) for year in match if year]
    coded = [
        int(year)
        for field in fields.get("008", ())[:1]
        if field.data[6:7] in "rt"
        for year in _YEAR.findall(field.data[11:15])
    ]
    return frozenset([*years, *coded])


def read_pages(fields: Fields, extent: str) -> frozenset[int]:
    """Return the numbers of pages or leaves of 300 $a; of a part, the pages on which it is."""
    if extent == "part":
        return frozenset(int(number) for text in _extents(fields) for number in _NUMBER.findall(text)[:2])
    pages = read_catalogue_words().patterns["pages"]
    return frozenset(int(number) for text in _extents(fields) for number in pages.findall(text))


def _extents(fields: Fields) -> list[str]:
    return [text.lower() for field in fields.get("300", ()) for text in field.values("a")]


def read_minutes(fields: Fields) -> int:
    """Return how many minutes a recording takes, by 300 $a and 306; 0 where it does not say so."""
    text = _joined(fields, {"300": "a", "500": "a"})
    match = read_catalogue_words().patterns["duration"].search(text)
    return 60 * int(match["hours"] or 0) + int(match["minutes"] or 0) if match else 0


def read_carrier(record: MarcRecord, fields: Fields) -> str:
    """Return the carrier: by codes where they say it, else by words of the extent, the edition and the ISBN."""
    if coded := next(_coded_carriers(record, fields), ""):
        return coded
    texts = {"245": "h", "250": "a", "300": "a", "338": "a", "490": "a", "020": "q", "655": "a", "260": "ab"}
    text = _joined(fields, texts)
    return next((name for name, pattern in read_catalogue_words().carriers.items() if pattern.search(text)), "print")


def _coded_carriers(record: MarcRecord, fields: Fields) -> Iterator[str]:
    if record.type in "ij":
        yield "audio"
    for field in fields.get("007", ()):
        yield from (name for code, name in (("h", "microform"), ("f", "braille")) if field.data[:1] == code)
    for field in fields.get("008", ())[:1]:
        yield from filter(
            None, [_CARRIER_CODES.get(field.data[29:30] if record.type in "efgk" else field.data[23:24], "")]
        )


def _joined(fields: Fields, codes: dict[str, str]) -> str:
    """Return the texts of subfields by tags, in small letters."""
    texts = [field.values(subfields) for tag, subfields in codes.items() for field in fields.get(tag, ())]
    return " | ".join(map(" ".join, texts)).lower()


_FORM_PARTS = {
    "245": "abch",
    "246": "a",
    "250": "a",
    "300": "a",
    "490": "a",
    "500": "a",
    "655": "a",
    "520": "a",
    "260": "b",
    "264": "b",
}
_TITLE_PARTS = {"245": "abch", "250": "a", "655": "a", "300": "a"}


def read_form(fields: Fields) -> str:
    """Return what was made of a work, by words of titles, statements, genres and notes; empty for the work itself."""
    by_words = (name for name, text in _form_texts(fields) if read_catalogue_words().forms[name].search(text))
    return next(by_words, "play" if _is_stage_text(fields) else "")


def _is_stage_text(fields: Fields) -> bool:
    """Return whether it is a typescript of a theatre, or a part for actors."""
    is_typed = bool(read_catalogue_words().carriers["typescript"].search(_joined(fields, {"300": "a"})))
    return (is_typed and _is_of_theatre(fields)) or _is_part(fields)


def _is_of_theatre(fields: Fields) -> bool:
    stage = _joined(fields, {"260": "b", "264": "b", "710": "a"})
    return bool(read_catalogue_words().patterns["stage"].search(stage))


def _is_part(fields: Fields) -> bool:
    return "rollehefte" in _joined(fields, {"500": "a"})


def _form_texts(fields: Fields) -> Iterator[tuple[str, str]]:
    title, everything = _joined(fields, _TITLE_PARTS), _joined(fields, _FORM_PARTS)
    texts = {"review": everything, "programme": everything, "selection": _joined(fields, {"240": "akl"})}
    for name in read_catalogue_words().forms:
        yield name, texts.get(name, title)


def is_abridged(fields: Fields) -> bool:
    """Return whether a record says that the text was shortened."""
    text = _joined(fields, {"245": "abc", "250": "a", "490": "a", "500": "a", "655": "a"})
    return bool(read_catalogue_words().abridged.search(text)) and "unabridged" not in text and "uforkort" not in text


def read_edition(fields: Fields) -> tuple[int, frozenset[str]]:
    """Return the number of the edition, 0 without one, and words that tell it from others."""
    words = read_catalogue_words()
    number, distinct = 0, set[str]()
    for field in fields.get("250", ()):
        statement = fold_words(" ".join(field.values("a")))
        for before, word in pairwise(statement):
            if word in words.edition_words and before[:2].strip("stndrh").isdecimal():
                number = number or int("".join(sign for sign in before if sign.isdecimal()))
        distinct |= words.new_words.intersection(statement)
    return number, frozenset(distinct)


def read_publishers(fields: Fields) -> frozenset[str]:
    """Return the words of the publishers' names that tell them from others."""
    names = [
        value
        for tag in ("264", "260")
        for field in fields.get(tag, ())
        for value in field.values("b")
        if field.indicators[1:2] not in ("4", "3")
    ]
    return frozenset(word for name in names for word in fold_words(name)) - read_catalogue_words().publisher_words
