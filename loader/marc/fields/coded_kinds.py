"""What the codes of 008 say of the content of books and of how serials come out.

https://www.loc.gov/marc/bibliographic/bd008b.html and https://www.loc.gov/marc/bibliographic/bd008s.html. The terms are
those of the MARC lists at https://id.loc.gov/vocabulary/: each code has one.
"""

from __future__ import annotations

from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import BF, LOC

_ILLUSTRATIONS = {
    **{"a": "ill", "b": "map", "c": "por", "d": "chr", "e": "pln", "f": "plt", "g": "mus", "h": "fac"},
    **{"i": "coa", "j": "gnt", "k": "for", "l": "sam", "m": "pho", "o": "pht", "p": "ilm"},
}
_CONTENTS = {
    **{"a": "abs", "c": "cat", "d": "dic", "e": "enc", "f": "han", "g": "lea", "i": "ind", "j": "pat", "l": "leg"},
    **{"m": "the", "n": "sur", "o": "rev", "p": "pro", "r": "dir", "s": "sta", "t": "ter", "u": "stp", "v": "lec"},
    **{"w": "law", "y": "yea", "z": "tre", "2": "off", "5": "cal", "6": "cgn"},
}
_SUPPLEMENTS = {"b": "bibliography", "k": "discography", "q": "film"}
"""What stands beside the content, and is not what the content is."""
_LITERARY = {
    **{"1": "fic", "d": "dra", "e": "ess", "f": "nov", "h": "hum", "i": "let", "j": "sho", "p": "poe", "s": "spe"},
}
"""Of 008/33; a mixture of forms (m) says of none that the work is one."""
_BIOGRAPHY = {"a": "aut", "b": "bio", "c": "bio"}
_FREQUENCIES = {
    **{"a": "ann", "b": "bmn", "c": "swk", "d": "dyl", "e": "bwk", "f": "san", "g": "bin", "h": "ten", "i": "ttw"},
    **{"j": "ttm", "k": "con", "m": "mon", "q": "qrt", "s": "smn", "t": "tty", "w": "wkl"},
}


def write_book(coded: str, into: Projection) -> None:
    """Write 008/18–34 of a book: illustrations, nature of the contents, index, literary form, biography."""
    work, add = into.identity.work, into.triples.append
    contents = coded[24:28]
    genres = [_CONTENTS[code] for code in contents if code in _CONTENTS]
    genres += ["cpb"] if coded[29:30] == "1" else []
    genres += ["fes"] if coded[30:31] == "1" else []
    genres += [table[code] for table, code in ((_LITERARY, coded[33:34]), (_BIOGRAPHY, coded[34:35])) if code in table]
    for genre in genres:
        add(f"{work} {BF}genreForm> {LOC}marcgt/{genre}>")
    supplements = [_SUPPLEMENTS[code] for code in contents if code in _SUPPLEMENTS]
    for supplement in [*supplements, "index"] if coded[31:32] == "1" else supplements:
        add(f"{work} {BF}supplementaryContent> {LOC}msupplcont/{supplement}>")
    for code in coded[18:22]:
        if code in _ILLUSTRATIONS:
            add(f"{into.identity.instance} {BF}illustrativeContent> {LOC}millus/{_ILLUSTRATIONS[code]}>")


def write_frequency(coded: str, into: Projection) -> None:
    """Write 008/18 of a serial or an integrating resource."""
    if frequency := _FREQUENCIES.get(coded[18:19]):
        add = into.triples.append
        add(f"{into.identity.instance} {BF}frequency> {LOC}frequencies/{frequency}>")
