"""Clauses whose verb stands in no table: what shows that a word is their verb, and where another clause begins.

Such a clause says nothing about its time, and has no part in the verb of its neighbour: "skal lanseres i 2027 og
brukerne prøvde den i 2025".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loader.status_report.parse.verbs import groups

_NO_VERBS = (
    r"etter|under|over|eller|ellers|enten|her|der|per|mer|fler|enda|før|heretter|deretter|derfor|hver|fremover|framover|utover"
    r"|overfor|litt|særlig|samt|både|september|oktober|november|desember|sommer|vinter|måneder|månader|uker|veker"
    r"|(?:til)?knyttet|rettet|tilpasset|finansiert|kalt|relatert|nevnt|beskrevet|omtalt|berørt|basert"
)
_ANY_FORM = rf"(?!(?:{_NO_VERBS})\b)[a-zæøå]{{2,}}(?:[dt]e|et|er|ar)\b"
_PRESENT = rf"(?!(?:{_NO_VERBS})\b)[a-zæøå]{{2,}}[ea]r\b"
_NAMED = r"(?:[A-ZÆØÅ][\w-]*|[a-zæøå-]+(?:en|et|ene|erne|ane|na|a))"
"""A name, or a noun in the definite form. No noun or adjective follows it, so what looks like a verb is one."""
_DEFINITE = r"(?:en|et|ei|ein|eit|den|det|dei|de|[a-zæøå-]+(?:en|et|ene|erne|ane))\b"
_COUNT = (
    r"(?:to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|\d+(?:\s\d{3})*"
    r"|flere|fleire|noen|nokre|mange|alle|begge|enkelte)"
)
_PRETERITE = rf"(?!(?:{_NO_VERBS})\b)[a-zæøå]{{2,}}[dt]e\b"
_PARTICLE = r"(?:seg|ut|opp|inn|ned|på|til|om|over|for|med|fra|frå|i)\b"
"""What follows a verb, and no participle before its noun."""
_STARTS = re.compile(
    rf"\s*(?:(?:og|men|så)\s)?(?:"
    rf"(?:[Vv]i|[Hh]an|[Hh]un|[Hh]o|[Mm]an)\s(?P<we>{_ANY_FORM})"
    rf"|(?:[Dd]e[tni]?|[Dd]ette|[Dd]enne|[Dd]isse|[Dd]esse)\s(?P<it>{_PRESENT})"
    rf"|{_NAMED}\s(?P<noun>{_ANY_FORM})"
    rf"|{_COUNT}\s[a-zæøå-]+\s(?P<counted>{_ANY_FORM})"
    rf"|(?P<alone>{_ANY_FORM}(?=\s(?:{_DEFINITE}|{_COUNT}\b))|{_PRETERITE}(?=\s{_PARTICLE})))"
)
_JOINED = re.compile(r"\sog\s")
_FINITE_SOON = re.compile(r"(?:[\wæøåÆØÅ-]+\s){1,3}(?:skal|skulle|vil|kan|ble|blei|vart|blir|vert|har|hadde|er|var)\b")


def is_unread(text: str, start: int, end: int) -> bool:
    """Return whether a clause begins with a subject and a verb that no table has, or after "og" with the verb."""
    match = _STARTS.match(text, start, end)
    if match is None:
        return False
    begin, stop = match.span(match.lastgroup or 0)
    is_joined = text[start:end].lstrip().startswith("og ") or text[:start].endswith("og ")
    return not groups(text, begin, stop) and (match.lastgroup != "alone" or is_joined)


def joined(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where in a clause another one begins after "og": one with an unread verb, or the one after it."""
    first = start
    for match in _JOINED.finditer(text, start, end):
        if is_unread(text, match.end(), end) or (
            is_unread(text, first, match.start()) and _FINITE_SOON.match(text, match.end(), end)
        ):
            first = match.end()
            yield first
