"""Whether a sentence tells a dated claim as reached or planned, by its verb."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from loader.status_report.model.report import Outcome

_PLANNED = r"skal|vil|kommer\s+til\s+å|planlegg\w*|planlagt|forvent\w+|ventes|antas|ta(?:r|s)\s+sikte\s+på"
_PRETERITE = (
    r"ble|blei|vart|var|hadde|fikk|fekk|kom|gikk|ga|gav|la|tok|vedtok|inngikk|mottok|sendte|startet|begynte|leverte"
    r"|åpnet|opna|tildelte|undertegnet|ferdigstilte|offentliggjorde|gjennomførte|avsluttet|innførte|lyste|nådde"
)
_PARTICIPLE = (
    r"inngått|offentliggjort|tildelt|levert|fullført|ferdigstilt|gjennomført|vedtatt|gitt|laget|sendt|utlyst|nådd"
    r"|utarbeidet|støttet|påbegynt|utgitt|lagt|bidratt|skrevet|opprettet|utviklet|mottatt|besluttet|bestemt"
    r"|(?!konsert|ekspert)\w{3,}erte?"
)
_PRESENT_PASSIVE = r"(?!felles|deres|alles|begges|annes|anderledes|således|likeledes)[a-zæøå]{2,}[bdgjklmnprstv]es"
_VERB = re.compile(
    rf"(?<![\w-])(?:(?P<planned>{_PLANNED})|(?P<past>{_PRETERITE}|{_PARTICIPLE})|(?P<present>(?-i:{_PRESENT_PASSIVE})))(?![\w-])",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<=[\w»)%][.!?])\s+(?=[A-ZÆØÅ«])|(?<=»)\s+(?=[A-ZÆØÅ])|\.{3,}|…\.?|https?://\S+\s*|(?<=:)\s+(?=[A-ZÆØÅ])"
)
_CLAUSE = re.compile(
    r",\s+(?:og|men|som|mens|der|med)\s+|\s+(?:som|mens)\s+|;\s+|\s+(?:og|men)\s+(?=(?:skal|vil|ble|blei|har|er)\b)"
)
_PERIOD = re.compile(r"\bperioden?\s+(?:fra\s+)?$")
_KINDS = {"planned": Outcome.PLANNED, "past": Outcome.REACHED, "present": Outcome.UNKNOWN}


@dataclass(frozen=True)
class DatePosition:
    """The position of a date in a text, and of the lines of a list in it."""

    text: str
    start: int
    end: int
    items: frozenset[int] = frozenset()


def outcome(position: DatePosition, latest: date | None, issued: date | None) -> Outcome:
    """Return how the text tells the dated claim at `place`.

    The verb of the date's clause decides, else the nearest one in its sentence. A present tense tells as planned what
    may come after the report (`latest` after `issued`). Where no verb tells, or the time is a period that something
    covers ("for perioden 2020–2030"), the claim is left open.
    """
    if _PERIOD.search(position.text[: position.start]):
        return Outcome.UNKNOWN
    kind = _governing(position)
    if kind == "present":
        return Outcome.PLANNED if latest and issued and latest > issued else Outcome.UNKNOWN
    return _KINDS[kind] if kind else Outcome.UNKNOWN


def _governing(position: DatePosition) -> str | None:
    start, end = _between(_SENTENCE, position, 0, len(position.text))
    item = max((i for i in position.items if start < i <= position.start), default=None)
    if item is not None:
        first = min(i for i in position.items if i > start)
        end = min((i for i in position.items if i > position.start), default=end)
        return (
            _kind(position.text, item, end) or _kind(position.text, start, first) or _introduction(position.text, start)
        )
    clause = _between(_CLAUSE, position, start, end)
    return _kind(position.text, *clause) or _nearest(position, start, end)


def _introduction(text: str, start: int) -> str | None:
    """Return the verb of the sentence before a list."""
    before = [match.start() for match in _SENTENCE.finditer(text[:start].rstrip())]
    return _kind(text, before[-1] if before else 0, start)


def _between(boundary: re.Pattern[str], position: DatePosition, start: int, end: int) -> tuple[int, int]:
    left, right = start, end
    for match in boundary.finditer(position.text, start, end):
        if match.end() <= position.start:
            left = match.end()
        elif match.start() >= position.end:
            right = match.start()
            break
    return left, right


def _kind(text: str, start: int, end: int) -> str | None:
    kinds = {match.lastgroup for match in _VERB.finditer(text, start, end)}
    return next((kind for kind in _KINDS if kind in kinds), None)


def _nearest(position: DatePosition, start: int, end: int) -> str | None:
    verbs = list(_VERB.finditer(position.text, start, end))
    before = [match for match in verbs if match.end() <= position.start]
    nearest = before[-1:] or verbs[:1]
    return nearest[0].lastgroup if nearest else None
