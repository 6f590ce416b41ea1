"""How a strategy is going: one sentence, and a bar in which every measure is a cell, with each status explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from pyoxigraph import NamedNode

from sparql_endpoint.http import dates, languages
from sparql_endpoint.pages.strategy.base.definitions import definitions
from sparql_endpoint.pages.strategy.base.filters import FILTERS, NONE, OTHER, Choices, Value
from sparql_endpoint.pages.strategy.base.table import Measure, Strategy
from sparql_endpoint.services.labels import Label, Labels, TextLabel

Address = Callable[..., str]
"""The address of the list of measures with these filters."""


@dataclass(frozen=True)
class StatusShare:
    """A status in the picture: how many measures have it, what it means, and its part of the bar in per cent."""

    name: Label
    count: int
    tone: int
    explanation: Label | None
    href: str
    left: float
    width: float


@dataclass(frozen=True)
class Progress:
    """The sentence, and the shares of statuses in the order of the picture: what is closed comes first."""

    sentence: Markup
    total: int
    shares: Sequence[StatusShare]

    @property
    def cells(self) -> Sequence[float]:
        """Where one measure ends and the next one of the same status begins, in per cent."""
        edges = {round(100 * index / self.total, 3) for index in range(1, self.total)} if self.total else set()
        return sorted(edges - {share.left for share in self.shares})


def progress(strategy: Strategy, labels: Labels, address: Address, today: date) -> Progress:
    """Return how a strategy is going as its newest report has it, seen from a day."""
    measures = strategy.measures
    return Progress(
        sentence(strategy, labels.language, today), len(measures), shares(strategy, measures, labels, address)
    )


def status_kinds(strategy: Strategy, choices: Choices) -> Sequence[Value]:
    """Return the statuses that are counted apart, in the order of all pictures: closed ones first, none stated last."""
    statuses = strategy.statuses
    return [*statuses.ordered, *([OTHER] if OTHER in choices.values("status") else []), NONE]


def value_name(value: Value, labels: Labels) -> Label:
    """Return the name of a value of a filter: that of an IRI, a year, or the words for what has none."""
    if isinstance(value, NamedNode):
        return labels.of(value)
    words = {NONE: "not_stated", OTHER: "other"}
    return TextLabel(languages.say(words[value], labels.language) if isinstance(value, str) else str(value))


def shares(strategy: Strategy, measures: Sequence[Measure], labels: Labels, address: Address) -> Sequence[StatusShare]:
    """Return how some measures of a strategy are distributed over the statuses that they have."""
    choices, of = Choices(strategy), FILTERS["status"]
    kinds = status_kinds(strategy, choices)
    counts = {kind: sum(kind in list(of(measure, strategy.statuses)) for measure in measures) for kind in kinds}
    explained = definitions([kind for kind in kinds if isinstance(kind, NamedNode)], labels)
    distribution: list[StatusShare] = []
    before = 0
    for kind, count in counts.items():
        if not count:
            continue
        words = {NONE: "status_none_note", OTHER: "status_other_note"}
        note = explained.get(kind) if isinstance(kind, NamedNode) else TextLabel(_say(words[str(kind)], labels))
        left, width = (round(100 * part / len(measures), 3) for part in (before, count))
        tone = strategy.statuses.tone(kind) if isinstance(kind, NamedNode) else 0
        href = address(status=choices.spelling("status", kind))
        distribution.append(StatusShare(value_name(kind, labels), count, tone, note, href, left, width))
        before += count
    return distribution


def _say(key: str, labels: Labels) -> str:
    return languages.say(key, labels.language)


def sentence(strategy: Strategy, language: str, today: date) -> Markup:
    """Return one sentence: what is closed, which planned dates have passed, how old the report is."""
    clauses = [*_closed(strategy, language, today), *_plans(strategy, language, today)]
    period = list(_period(strategy, language, today))
    text = Markup("; ").join(clauses)
    return Markup("{}{}.").format(text, Markup(",").join(["", *period]) if period else "")


def _closed(strategy: Strategy, language: str, today: date) -> Iterator[Markup]:
    closed, total = sum(strategy.is_closed(measure) for measure in strategy.measures), len(strategy.measures)
    key = "none" if not closed else "all" if closed == total > 1 else "some"
    count = _words(f"closed_{key}", language, closed=closed, total=total)
    issued = strategy.issued_on
    if issued is None:
        yield _words("going_undated", language, closed=count)
    else:
        when = dates.ago((today - issued).days, language) or dates.on(issued, language)
        yield _words("going", language, closed=count, when=when)


def _plans(strategy: Strategy, language: str, today: date) -> Iterator[Markup]:
    dated = [plan for _, plan in strategy.plans() if plan.latest]
    passed = sum(plan.is_past(today) for plan in dated)
    if dated:
        some = "none" if not passed else "all" if passed == len(dated) else "some"
        yield _words(f"plans_{some}{'_one' if len(dated) == 1 else ''}", language, passed=passed, dated=len(dated))


def _period(strategy: Strategy, language: str, today: date) -> Iterator[Markup]:
    start, end = strategy.period.start, strategy.period.end
    if start and today < start:
        yield _words("period_ahead", language, start=dates.day(start.isoformat(), language))
    elif end and end < today:
        yield _words("period_over", language)
    elif end:
        last = str(end.year) if (end.month, end.day) == (12, 31) else dates.day(end.isoformat(), language)
        yield _words("period_runs", language, end=last)


def _words(key: str, language: str, **values: object) -> Markup:
    """Return words that have markup of their own, with values in it as text."""
    return Markup(languages.say(key, language)).format(**values)  # noqa: S704  # the words are the pages' own
