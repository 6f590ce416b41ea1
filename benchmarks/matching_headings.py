"""The headings of two files of MARC records, as entities of an index and as what catalogues write instead of them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loader.marc.reading.marc_file import read_marc_file
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord

LC_FILE = "intl_loc_sample10k/lc_booksall2016_part01_every25th.mrc"
BARE_FILE = "no_bare_authority/bare_bringsvaerd_dev70.xml"
_PERSONS, _BODIES = ("100", "700", "600"), ("110", "710", "111", "711")
_SPAN = re.compile(r"(\d{4})?\??\s*-\s*(\d{4})?")
_BIRTH = re.compile(r"\b(?:b\.|f\.)\s*(\d{4})")
_DEATH = re.compile(r"\bd\.\s*(\d{4})")
_VAGUE = re.compile(r"B\.?\s?C|f\.\s?Kr|cent|tall|active|fl\.", re.IGNORECASE)

Years = tuple[int | None, int | None]


@dataclass(frozen=True)
class Heading:
    """A name as a record has it."""

    key: str
    """The file, the control number of the first record, and the number of the field in it."""
    name: str
    """The heading without dates."""
    dates: str
    """The dates in it, as they are written; empty where it has none."""
    is_person: bool
    variants: tuple[str, ...] = ()
    """See-from headings of an authority record, with their dates."""

    @property
    def text(self) -> str:
        """The whole heading."""
        return f"{self.name}, {self.dates}" if self.dates else self.name

    @property
    def years(self) -> Years:
        """The years of birth and death that it gives."""
        return read_years(self.dates)

    @property
    def parts(self) -> tuple[str, str]:
        """The family name and the rest; an empty rest where there is no comma."""
        family, _, given = self.name.partition(", ")
        return family, given

    def draw(self, purpose: str, most: int) -> int:
        """Return a number below `most` that is always the same for the same heading and purpose."""
        digest = hashlib.sha256(f"{self.key} {purpose}".encode()).digest()
        return int.from_bytes(digest[:6], "big") % most


def read_years(dates: str) -> Years:
    """Return the years of birth and death in the dates of a heading; nothing of vague ones."""
    if _VAGUE.search(dates):
        return None, None
    if match := _SPAN.search(dates):
        return _year(match[1]), _year(match[2])
    birth, death = _BIRTH.search(dates), _DEATH.search(dates)
    return _year(birth and birth[1]), _year(death and death[1])


def _year(digits: str | None) -> int | None:
    return int(digits) if digits else None


def read_headings(shared: Path) -> list[Heading]:
    """Return the headings of both files, each once, in the order of the files."""
    known: dict[str, Heading] = {}
    for heading in (*_lc_headings(shared / LC_FILE), *_bare_headings(shared / BARE_FILE)):
        if heading.name:
            known.setdefault(fold(heading.text), heading)
    return list(known.values())


def fold(text: str) -> str:
    """Return the letters and digits of a text without marks and in small letters."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split())


def _records(file: Path) -> Iterator[MarcRecord]:
    for delivery in read_marc_file(file):
        if isinstance(delivery, DeliveredRecord) and delivery.record.control_number:
            yield delivery.record


def _lc_headings(file: Path) -> Iterator[Heading]:
    for record in _records(file):
        fields = [field for tag in (*_PERSONS, *_BODIES) for field in record.fields_with(tag)]
        for place, field in enumerate(fields):
            if not field.values("t"):
                yield _heading(field, f"lc {record.control_number.strip()} {place}")


def _bare_headings(file: Path) -> Iterator[Heading]:
    for record in _records(file):
        variants = tuple(_text(one) for tag in ("400", "410", "411") for one in record.fields_with(tag))
        for field in (one for tag in ("100", "110", "111") for one in record.fields_with(tag)):
            if not field.values("t"):
                yield _heading(field, f"bare {record.control_number.strip()} 0", variants)


def _heading(field: MarcField, key: str, variants: tuple[str, ...] = ()) -> Heading:
    is_person = field.tag in _PERSONS
    name = _trim(" ".join(field.values("abcq" if is_person else "abcdn")))
    dates = _trim(" ".join(field.values("d"))) if is_person else ""
    return Heading(key, name, dates, is_person, tuple(filter(None, variants)))


def _text(field: MarcField) -> str:
    return _trim(" ".join(field.values("abcdqn")))


def _trim(text: str) -> str:
    """Return a text without the punctuation of MARC at its end; the full stop of an initial stays."""
    text = " ".join(text.split()).rstrip(" ,;:")
    return text[:-1].rstrip(" ,") if re.search(r"[\w)\]]{3}\.$", text) else text
