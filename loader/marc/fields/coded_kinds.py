"""What the codes of 008 say of the content of books and of how serials come out.

https://www.loc.gov/marc/bibliographic/bd008b.html and https://www.loc.gov/marc/bibliographic/bd008s.html. The terms are
those of the MARC lists at https://id.loc.gov/vocabulary/: each code has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import BF, LOC
from loader.marc.values.remembered import remember

ILLUSTRATIONS: Final = {
    **{"a": "ill", "b": "map", "c": "por", "d": "chr", "e": "pln", "f": "plt", "g": "mus", "h": "fac"},
    **{"i": "coa", "j": "gnt", "k": "for", "l": "sam", "m": "pho", "o": "pht", "p": "ilm"},
}
CONTENTS: Final = {
    **{"a": "abs", "c": "cat", "d": "dic", "e": "enc", "f": "han", "g": "lea", "i": "ind", "j": "pat", "l": "leg"},
    **{"m": "the", "n": "sur", "o": "rev", "p": "pro", "r": "dir", "s": "sta", "t": "ter", "u": "stp", "v": "lec"},
    **{"w": "law", "y": "yea", "z": "tre", "2": "off", "5": "cal", "6": "cgn"},
}
SUPPLEMENTS: Final = {"b": "bibliography", "k": "discography", "q": "film"}
"""What stands beside the content, and is not what the content is."""
LITERARY: Final = {
    **{"1": "fic", "d": "dra", "e": "ess", "f": "nov", "h": "hum", "i": "let", "j": "sho", "p": "poe", "s": "spe"},
}
"""Of 008/33; a mixture of forms (m) says of none that the work is one."""
BIOGRAPHY: Final = {"a": "aut", "b": "bio", "c": "bio"}
FLAGS: Final = {29: "cpb", 30: "fes"}
"""By position the genre for which a 1 stands there."""
FREQUENCIES: Final = {
    **{"a": "ann", "b": "bmn", "c": "swk", "d": "dyl", "e": "bwk", "f": "san", "g": "bin", "h": "ten", "i": "ttw"},
    **{"j": "ttm", "k": "con", "m": "mon", "q": "qrt", "s": "smn", "t": "tty", "w": "wkl"},
}

_BOOKS: Final[dict[str, tuple[list[str], list[str]]]] = {}
"""What the positions of books say, by these: a few hundred are those of nearly all books."""
_REMEMBERED: Final = 1 << 12


def write_book(coded: str, into: Projection) -> None:
    """Write 008/18–34 of a book: illustrations, nature of the contents, index, literary form, biography."""
    key = coded[18:35]
    known = _BOOKS.get(key)
    of_work, of_instance = remember(_BOOKS, key, _book(coded), _REMEMBERED) if known is None else known
    into.triples += [into.identity.work + rest for rest in of_work]
    into.triples += [into.identity.instance + rest for rest in of_instance]


def _book(coded: str) -> tuple[list[str], list[str]]:
    """Return what the positions say of the work and of the instance, without these."""
    of_work = [f" {BF}genreForm> {LOC}marcgt/{genre}>" for genre in _genres(coded)]
    of_work += [f" {BF}supplementaryContent> {LOC}msupplcont/{name}>" for name in _supplements(coded)]
    illustrations = filter(None, map(ILLUSTRATIONS.get, coded[18:22]))
    return of_work, [f" {BF}illustrativeContent> {LOC}millus/{name}>" for name in illustrations]


def _genres(coded: str) -> Iterator[str]:
    yield from filter(None, map(CONTENTS.get, coded[24:28]))
    yield from (genre for position, genre in FLAGS.items() if coded[position : position + 1] == "1")
    yield from filter(None, (LITERARY.get(coded[33:34]), BIOGRAPHY.get(coded[34:35])))


def _supplements(coded: str) -> Iterator[str]:
    yield from filter(None, map(SUPPLEMENTS.get, coded[24:28]))
    if coded[31:32] == "1":
        yield "index"


ACCOMPANYING = {"a": "discography", "b": "bibliography"}
"""Of 008/24-29 of music, what stands beside the content and is in the MARC list; other codes have no term there."""


def write_music(coded: str, into: Projection) -> None:
    """Write 008/24-29 of music (https://www.loc.gov/marc/bibliographic/bd008m.html)."""
    names = filter(None, map(ACCOMPANYING.get, coded[24:30]))
    into.triples += (f"{into.identity.work} {BF}supplementaryContent> {LOC}msupplcont/{name}>" for name in names)


def write_frequency(coded: str, into: Projection) -> None:
    """Write 008/18 of a serial or an integrating resource."""
    if frequency := FREQUENCIES.get(coded[18:19]):
        add = into.triples.append
        add(f"{into.identity.instance} {BF}frequency> {LOC}frequencies/{frequency}>")
