"""Content, media and carrier where 336–338 do not say them: by the codes of leader and 008, and by the extent.

Records that are older than RDA have no such fields, and their codes mostly say the same. What does not follow from them
with certainty is not written. The description says which properties were inferred (`nbkg:inferred`), so that they can
be told from those of the record. The codes are those of https://www.loc.gov/standards/valuelist/rdacontent.html,
https://www.loc.gov/standards/valuelist/rdamedia.html and https://www.loc.gov/standards/valuelist/rdacarrier.html.
"""

from __future__ import annotations

import re
from typing import Final

from loader.marc.fields.physical_fields import TYPES
from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import BF, LOC, NBKG
from loader.marc.values.remembered import remember

_CONTENT: Final = {"a": "txt", "t": "txt", "c": "ntm", "d": "ntm", "j": "prm", "k": "sti", "r": "tdf"}
"""By leader/06 (https://www.loc.gov/marc/bibliographic/bdleader.html): what can be one kind of content only."""
_CONTENT_BY_POSITION: Final = {
    "e": (25, {"a": "cri", "b": "cri", "c": "cri", "d": "crf", "e": "cri"}),
    "f": (25, {"a": "cri", "b": "cri", "c": "cri", "d": "crf", "e": "cri"}),
    "g": (33, {"f": "sti", "m": "tdi", "s": "sti", "t": "sti", "v": "tdi"}),
    "i": (30, {**dict.fromkeys("abcdefghijklmopt", "spw"), "s": "snd"}),
    "m": (26, {"a": "cod", "b": "cop"}),
}
"""By leader/06 a position of 008 and its codes: kind of map, of visual material, of speech, of computer file."""
_TACTILE: Final = {"txt": "tct", "ntm": "tcm", "cri": "crt", "sti": "tci"}
_BRAILLE: Final = "f"
_MEDIA_BY_FORM: Final = {
    **dict.fromkeys("abc", "h"),
    **dict.fromkeys("oqs", "c"),
    **dict.fromkeys("drf", "n"),
}
"""By 008/23, of maps and visual material 008/29: microforms, electronic forms, and what is printed or in braille."""
_MEDIA: Final = {**dict.fromkeys("acdefkrt", "n"), "i": "s", "j": "s", "m": "c"}
"""By leader/06, where the form is none of these."""
_VISUAL_MEDIA: Final = {**dict.fromkeys("fmst", "g"), "v": "v"}
"""By 008/33 of projected material."""
_CARRIERS_BY_FORM: Final = {"b": "he", "c": "hg", "o": "cr"}
_EXTENTS: Final = {
    "n": (
        ("nc", re.compile(r"\b(?:s|sider|p|pages?|pp|bind|bd|b|v|vols?|volumes?|siidu|siiddu|sivua|seiten)(?:\.|\b)")),
    ),
    "s": (
        ("sd", re.compile(r"\b(?:cd(?:-?er)?|lp|(?:lyd|grammofon)?plater?|(?:audio|sound) discs?)\b")),
        ("ss", re.compile(r"\b(?:(?:lyd|musikk)?kassett(?:er)?|(?:audio|sound) ?cassettes?)\b")),
    ),
    "v": (
        ("vd", re.compile(r"\b(?:dvd(?:-?er|-video)?|blu-?ray|video ?(?:discs?|plater?))\b")),
        ("vf", re.compile(r"\b(?:video(?:kassett(?:er)?| ?cassettes?)|vhs)\b")),
    ),
}
"""By the media the words of 300 $a in Norwegian and English that name a carrier, and its code."""
_ENDS: Final = {
    tag: (f" {BF}{name}> {LOC}{folder}/", f" {NBKG}inferred> {BF}{name}>")
    for tag, (name, _kind, folder, _scheme) in TYPES.items()
}
"""By tag the beginning of a statement and the mark; the class of a term of these vocabularies goes without saying."""
_PAGES: Final = (" p. :", " p. ;", " p.", " s. :", " s.", " pages", " sider", " pages ;", " pages :")
"""How most extents of volumes end, which spares them the pattern."""
_CARRIERS: Final[dict[str, str]] = {}
_REMEMBERED: Final = 1 << 12
_DIGITS: Final = re.compile(r"\d+")


def write_inferred_types(into: Projection) -> None:
    """Write what follows from the codes, where no field says it."""
    seen = into.seen
    form = _form_of_item(into)
    if "336" not in seen and (content := _content(into, form)):
        _write_term("336", into.identity.work, content, into)
    if "337" in seen or "338" in seen or "reproduction" in seen:
        return
    media = _media(into, form)
    if media:
        _write_term("337", into.identity.instance, media, into)
        carrier = _CARRIERS_BY_FORM.get(form) or _carrier(media, seen.get("extent", ""))
        if carrier:
            _write_term("338", into.identity.instance, carrier, into)


def _form_of_item(into: Projection) -> str:
    """Return 008/23, or 008/29 of maps and visual material: blank where it is none of the forms that have a code."""
    position = 29 if into.leader[6:7] in "efgkor" else 23
    return into.coded[position : position + 1]


def _content(into: Projection, form: str) -> str:
    kind = into.leader[6:7]
    content = _CONTENT.get(kind, "")
    if kind in _CONTENT_BY_POSITION:
        position, codes = _CONTENT_BY_POSITION[kind]
        content = codes.get(into.coded[position : position + 1], "")
    return _TACTILE.get(content, content) if form == _BRAILLE else content


def _media(into: Projection, form: str) -> str:
    """Return the media by the form; where that has no code, by the kind of record, if no field says another thing."""
    if form in _MEDIA_BY_FORM:
        return _MEDIA_BY_FORM[form]
    kind = into.leader[6:7]
    if form != " " or "form in words" in into.seen or "online" in into.seen:
        return ""
    return _VISUAL_MEDIA.get(into.coded[33:34], "") if kind == "g" else _MEDIA.get(kind, "")


def _carrier(media: str, extent: str) -> str:
    """Return the carrier that the words of an extent name; of several, none."""
    if media not in _EXTENTS or not extent:
        return ""
    if media == "n" and extent.endswith(_PAGES):
        return "nc"
    key = f"{media}{_DIGITS.sub('0', extent.lower())}"
    known = _CARRIERS.get(key)
    return remember(_CARRIERS, key, _named_carrier(media, key[1:]), _REMEMBERED) if known is None else known


def _named_carrier(media: str, extent: str) -> str:
    codes = [code for code, words in _EXTENTS[media] if words.search(extent)]
    return codes[0] if len(codes) == 1 else ""


def _write_term(tag: str, subject: str, code: str, into: Projection) -> None:
    beginning, mark = _ENDS[tag]
    into.triples.append(f"{subject}{beginning}{code}>")
    into.triples.append(f"{into.identity.record}{mark}")
