"""The words around a time that say how it belongs to its verb, in bokmål and nynorsk."""

from __future__ import annotations

import re

FROM = re.compile(r"\b(?:fra|frå)(?:\sden|\si)?\s*$", re.IGNORECASE)
TO = re.compile(r"\btil(?:\sden|\si|\setter)?\s*$", re.IGNORECASE)
INSTEAD = re.compile(r"\b(?:i\sstedet\sfor|istedenfor|i\sstaden\sfor|heller\senn)(?:\si)?\s*$", re.IGNORECASE)
ORIGINALLY = re.compile(r"\b(?:opprinnelig|opphavleg|i\sutgangspunktet)\b", re.IGNORECASE)
LATER = re.compile(r"\b(?:først|fyrst|i\sstedet|i\sstaden)\b", re.IGNORECASE)
BEFORE = re.compile(r"\bfør\s*$", re.IGNORECASE)
"""Before a time with a bound of its own: "ikke før etter sommeren"."""
LAST = re.compile(r"\b(?:sist|siste\s(?:gang|gong))\s*$", re.IGNORECASE)
PLANNING = re.compile(r"\b\w*(?:frist|plan|dato|planlag[td])\w*\b", re.IGNORECASE)
DEADLINE = re.compile(r"\b\w*frist(?:en)?:?\s(?:er\s|på\s|den\s)?$", re.IGNORECASE)
SET_TO = re.compile(r"\b(?:fast)?s[ae]tt\stil(?:\sden)?\s*$", re.IGNORECASE)
"""Before a date that was set for something: "ny frist er satt til 1. juni"."""
STEP = re.compile(
    r"\b(?:\w*frist|oppstart|start|\w*lansering\w*|pilot\w*|sluttføring|\w*levering|leveranse|ferdigstill\w+|iverksett\w+|innføring|åpning|opning"
    r"|overgang|utlysn?ing|neste|ny|nye|nytt|sluttrapport)\b",
    re.IGNORECASE,
)
"""Nouns of what is still to come, where nothing else is said."""
LEADING = re.compile(r"[\s«(]*(?:(?:i|på|fra|frå|den|ved|om|allerede|alt|også|òg|men|og)\s)*", re.IGNORECASE)
REPLACED = re.compile(
    r"\b(?:(?:nå|no)\b(?=[^.]*(?:\d{4}|høst|haust|vår|som[mr]|vint|årsskift|nyttår|jul\b))|ny(?:tt|e)?\s\w*(?:dato|frist|tidspunkt))",
    re.IGNORECASE,
)
"""After a date that another one has replaced: "planlagt i november, nå høsten 2026", "ny dato er"."""
UNDECIDED = re.compile(
    r"\b(?:ikke|ikkje)\s(?:\w+\s){0,2}?(?:avklar\w+|avgjort|avgjord|bestemt|besluttet|klart|kjent|t(?:att|eke)\sstilling\stil)\s(?:om|når)\b"
    r"|\b(?:usikkert|uvisst|uklart|uavklart)\s(?:om|når)\b",
    re.IGNORECASE,
)
"""What leaves open whether the rest of the clause is so: "er ikke tatt stilling til om ordningen skal fortsette"."""
DOUBT = re.compile(
    r"\b(?:lite\s(?:sannsynlig|sannsynleg|trolig|truleg)|usannsynlig|usannsynleg|utelukke[rst]?|utelukkast|usikkert|tvilsomt|tvilsamt|uvisst"
    r"|fare|faren|risiko|risikoen|frykter|fryktar)(?:\sfor)?\s*$",
    re.IGNORECASE,
)
"""The same before "at": "kan ikke utelukke at", "det er en risiko for at"."""
UNABLE = re.compile(r"\b(?:kan|kunne)\s(?:\w+\s){0,2}?(?:ikke|ikkje)\b", re.IGNORECASE)
