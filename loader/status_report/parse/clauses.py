"""The sentences and clauses of a text, by punctuation and conjunctions of bokmål and nynorsk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from loader.status_report.parse.unread_verbs import is_unread, joined
from loader.status_report.parse.verbs import PASSIVE

_SENTENCE = re.compile(
    r"(?<=[\w»)%][.!?])(?<!\bMeld\.)(?<!\bSt\.)(?<!\bProp\.)(?<!\bInnst\.)(?<!\bDok\.)(?<!\bOt\.)(?<!\bnr\.)(?<!\b[Jj]f\.)"
    r"\s+(?=[A-ZÆØÅ«])|(?<=»)\s+(?=[A-ZÆØÅ])|\.{3,}|…\.?|https?://\S+\s*|(?<=\D:)\s+(?=[A-ZÆØÅ])"
)
_FINITE = (
    r"(?:skal|skulle|vil|kan|ble|blei|vart|blir|vert|har|hadde|er|var|kommer|kjem|får|skjer|starter|startar|begynner|byrjar"
    rf"|fortsetter|held|må|bør|(?![A-ZÆØÅ]){PASSIVE})\b"
)
_SUBORDINATE = r"som|mens|medan|at|fordi|dersom|hvis|når|slik\sat|for\sat|uten\så|utan\så|uten\sat|utan\sat|der|da|då"
_CLAUSE = re.compile(
    rf"""\s*(?:
      ;\s | ,\s(?=ny(?:tt|e)?\s\w*(?:dato|frist|tidspunkt)) | \s[–-]\s(?=[a-zæøå]) | [()]
    | ,\s(?={_FINITE}) | ,\s(?=(?:ikke|ikkje|nå|no)\s) | ,?\sog\s(?=(?:ikke|ikkje)\s(?:i|den|på|før)\s)
    | ,\s(?:og|men|så)\s
    | \s(?:men)\s
    | \sog\s(?={_FINITE})
    | \sog\s(?=(?:i|innen|innan|fra|frå|om|på)\s[^,.;]{{1,25}}?\s{_FINITE})
    | ,?\s(?=(?:{_SUBORDINATE})\s)
    )""",
    re.VERBOSE,
)
_OPENS_SUBORDINATE = re.compile(rf"\s*(?:{_SUBORDINATE})\s", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    """A part of a sentence with a verb of its own, mostly."""

    start: int
    end: int
    is_subordinate: bool = False
    is_unread: bool = False
    """Whether its verb stands in no table."""


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence; an address in the text ends one too."""
    start = 0
    for match in _SENTENCE.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def clauses(text: str, start: int, end: int) -> list[Clause]:
    """Return the clauses of a sentence, in order."""
    edges = [start, *(match.end() for match in _CLAUSE.finditer(text, start, end)), end]
    edges = sorted({*edges, *(edge for first, last in pairwise(edges) for edge in joined(text, first, last))})
    return [
        Clause(first, last, bool(_OPENS_SUBORDINATE.match(text[first:last])), is_unread(text, first, last))
        for first, last in pairwise(edges)
        if first < last
    ]
