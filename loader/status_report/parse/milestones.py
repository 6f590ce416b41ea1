"""The milestones of a row's wording or comment: its dated claims, and plans without a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from loader.status_report.model.report import Milestone, Outcome, Scope, Words
from loader.status_report.model.report_text import ReportText
from loader.status_report.parse import dates, tense
from loader.status_report.parse.clauses import sentences
from loader.status_report.parse.dehyphenate import Reading
from loader.status_report.parse.edtf_dates import NotADateError, bounds, has_season, is_turn
from loader.status_report.parse.sentence_outcome import DatePosition, SentenceOutcome, Timing
from loader.status_report.parse.verbs import Cue, VerbGroup

_HISTORY_YEARS = 50
"""What lies further back than this is history in a report's text and no milestone."""
_OTHERS_ACT = re.compile(
    r"(?:[^.,]{0,60}\b(?:vedtok|la|sendte|fremmet|fremja|ble|blei|vart|skal|vil)\s)?"
    r"(?:Stortinget|Regjering(?:en|a)|EU\b(?:-\w+)?|(?:Stats|Revidert nasjonal)budsjett(?:et)?|Direktivet"
    r"|(?:\w+-\sog\s)?\w*departementet|(?:Meld|Prop|Innst|Ot|Dok)\.\s[^.,]{1,30}|NOU\s\d{4}|\w*(?:strategi|melding|lov|forskrift)(?:en|a))\b",
    re.IGNORECASE,
)
"""An act of parliament, the government or a ministry, or a document of theirs, as the subject of a sentence."""
_REFERRED = re.compile(r"\b(?:[Vv]iser(?:\sogså)?\still?|[Ss]yner\still?|[Ss]e\sogså|[Jj]f\.)\s")
_EFFECT = re.compile(
    r"\bvil\s(?:\w+\s)?(?:kreve|krevje|gi|gje|bidra|føre|medføre|innebære|bety|tyde|gjelde|avhenge|kunne|måtte)\b",
    re.IGNORECASE,
)
"""What "vil" says of effects rather than of plans: "Dette vil kreve mer ressurser"."""
_YEARLY = re.compile(r"\b(?:årlige?|årlege?|hvert\sår|kvart\sår|ann(?:et|a)hvert\sår|annakvart\sår)\b", re.IGNORECASE)
_NEXT_OR_LAST = re.compile(r"\b(?:neste|siste?)\b", re.IGNORECASE)
_ITEM = re.compile(r":?\s+[A-ZÆØÅ«]")
"""What follows a year that begins a line of a list."""
_WHEN_READY = re.compile(r"\b(?:så\s(?:snart|fort)|straks|når|etter\sat)\b", re.IGNORECASE)


@dataclass
class MilestoneReader:
    """Reads the milestones of one report; what is written like a date that no calendar has goes to `warnings`."""

    source: ReportText
    issued: date
    """The date of the report, or of the earlier one as of which its words are read."""
    warnings: list[str] = field(default_factory=list)
    is_earlier: bool = False
    """Whether `issued` is the date of an earlier report with the same words."""

    def wording(self, reading: Reading, not_dates: Iterable[tuple[int, int]]) -> tuple[Milestone, ...]:
        """Return the milestones of a wording. It says what is to be done, so what it tells as past is background."""
        return tuple(self._dated(reading, not_dates, "wording"))

    def comment(self, reading: Reading, not_dates: Iterable[tuple[int, int]]) -> tuple[Milestone, ...]:
        """Return the milestones of a comment, in order: dated claims, and plans in sentences without a date."""
        dated = list(self._dated(reading, not_dates, "comment"))
        undated = self._undated(reading, [milestone.offset for milestone in dated])
        return tuple(sorted([*dated, *undated], key=lambda milestone: milestone.offset))

    def _dated(self, reading: Reading, not_dates: Iterable[tuple[int, int]], cell: str) -> Iterator[Milestone]:
        closed = list(not_dates)
        times = [t for t in dates.find(reading.text) if not any(s < t.end and t.start < e for s, e in closed)]
        items = frozenset(t.start for t in times if _is_item(reading, t))
        for time in (time for time in times if not _is_recurring(reading.text, time)):
            try:
                milestone = self._milestone(reading, time, items, cell)
            except NotADateError:
                line = self.source.line(reading.at[time.start])
                printed = reading.text[time.start : time.end]
                name = self.source.path.name
                self.warnings.append(f"{name}:{line}: “{printed}” looks like a date but is not one; kept as words")
                continue
            if (milestone.latest or milestone.earliest or self.issued).year > self.issued.year - _HISTORY_YEARS:
                yield milestone

    def _milestone(self, reading: Reading, time: dates.DateMention, items: frozenset[int], cell: str) -> Milestone:
        is_inferred = time.form.year is None
        time = replace(time, form=time.form.told_on(self.issued))
        position = DatePosition(reading.text, time.start, time.end, time.bound, items)
        year = time.form.year
        verdict = tense.read(position, self._timing(time, year))
        if year is None:
            year = self._year(time, verdict)
        bound = time.bound if verdict.bound is None else verdict.bound
        edtf = dates.BOUNDS[bound](time.form.period(year))
        earliest, latest = bounds(edtf)
        return Milestone(
            when=edtf,
            earliest=earliest,
            latest=latest,
            outcome=verdict.outcome,
            printed=self._words(reading, time.start, time.end),
            cue=self._words(reading, *verdict.words) if verdict.words else None,
            scope=Scope.CONTEXT if verdict.is_covered else _scope(reading.text, time.start, verdict.outcome, cell),
            offset=time.start,
            cell=cell,
            year_inferred=is_inferred,
            bounds_inferred=time.form.is_rough or has_season(edtf) or is_turn(edtf),
            read_as_of=self.issued if self.is_earlier else None,
        )

    def _timing(self, time: dates.DateMention, year: int | None) -> Timing:
        """Return the days that decide whether the time is past: of "fra 2026" those of 2026, not all after it."""
        edtf = time.resolve(year or self.issued.year)
        earliest, latest = bounds(edtf)
        if time.bound in ("from", "earliest"):
            earliest, latest = bounds(time.form.period(year or self.issued.year))
        return Timing(earliest, latest, self.issued, is_dated=year is not None)

    def _year(self, time: dates.DateMention, verdict: SentenceOutcome) -> int:
        """Return the year that is not printed.

        It is the last one that has begun for what was reached or missed, and the next one that is not over for a plan
        and for what is said not to be going to happen.
        """
        first, _ = bounds(time.form.period(self.issued.year))
        _, latest = bounds(time.resolve(self.issued.year))
        is_ahead = verdict.outcome is Outcome.PLANNED or verdict.is_foretold
        if verdict.outcome in (Outcome.REACHED, Outcome.NOT_REACHED) and not is_ahead and first and first > self.issued:
            return self.issued.year - 1
        if is_ahead and latest and latest < self.issued:
            return self.issued.year + 1
        return self.issued.year

    def _undated(self, reading: Reading, dated: Sequence[int]) -> Iterator[Milestone]:
        """Yield the plans of sentences that hold no date."""
        for start, end in sentences(reading.text):
            if any(start <= offset < end for offset in dated) or reading.text[start:end].rstrip().endswith("?"):
                continue
            for clause, group in tense.planned(reading.text, start, end):
                if _is_plan(reading.text, clause.start, end, group):
                    last = clause.start + len(reading.text[clause.start : end].rstrip(" .,;"))
                    yield self._plan(reading, clause.start, last, group)
                    break

    def _plan(self, reading: Reading, start: int, end: int, group: VerbGroup) -> Milestone:
        return Milestone(
            when=None,
            earliest=None,
            latest=None,
            outcome=Outcome.PLANNED,
            printed=self._words(reading, start, end),
            cue=self._words(reading, *group.words()),
            scope=Scope.OWN,
            offset=start,
            cell="comment",
            read_as_of=self.issued if self.is_earlier else None,
        )

    def _words(self, reading: Reading, start: int, end: int) -> Words:
        return Words(reading.text[start:end], reading[start:end].spans(self.source.text))


def _is_recurring(text: str, time: dates.DateMention) -> bool:
    """Return whether a time without a year comes every year: "lyses ut årlig i februar"."""
    start, end = next((s, e) for s, e in sentences(text) if time.start < e or e == len(text))
    sentence = text[start:end]
    return not time.form.has_year and bool(_YEARLY.search(sentence)) and not _NEXT_OR_LAST.search(sentence)


def _is_item(reading: Reading, time: dates.DateMention) -> bool:
    """Return whether a year begins a line of a list: "2021 Kompetanserammeverk …"."""
    return time.bare_year and time.start in reading.line_starts and bool(_ITEM.match(reading.text, time.end))


def _is_plan(text: str, start: int, end: int, group: VerbGroup) -> bool:
    """Return whether a main clause announces a plan: "skal", "er planlagt", or a present tense "så snart …"."""
    if group.has(Cue.MOVED) or group.has(Cue.CANCELLED):
        return False
    if group.cue is Cue.PLAN:
        return not _EFFECT.search(text, start, end)
    if group.cue in (Cue.EXPECTED, Cue.IS) and group.has(Cue.EXPECTED):
        return True
    return group.cue is Cue.BECOMES and bool(_WHEN_READY.search(text, start, end))


def _scope(text: str, offset: int, outcome: Outcome, cell: str) -> Scope:
    if cell == "wording" and outcome is not Outcome.PLANNED:
        return Scope.CONTEXT
    start, end = next((s, e) for s, e in sentences(text) if offset < e or e == len(text))
    sentence = text[start:end]
    is_others = bool(_OTHERS_ACT.match(sentence) or _REFERRED.search(text[start:offset]))
    return Scope.CONTEXT if is_others else Scope.OWN
