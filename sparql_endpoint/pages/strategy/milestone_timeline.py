"""The timeline of a strategy: what was reached, is planned, was postponed or not reached, with links to measures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pyoxigraph import NamedNode

from sparql_endpoint.http import dates, languages
from sparql_endpoint.pages.strategy.base.measure_query import title
from sparql_endpoint.pages.strategy.base.table import Measure, Milestone, Strategy
from sparql_endpoint.pages.strategy.base.timeline import Timeline, TimelineDay, TimelineEvent, timeline
from sparql_endpoint.services.labels import Labels

_KINDS = ("reached", "planned", "postponed", "notReached")
"""The last parts of the outcomes that are drawn, from the top; a date of which a report says neither is not drawn."""


def milestone_timeline(strategy: Strategy, labels: Labels, today: date) -> Timeline | None:
    """Return the drawing of the milestones that are the measures' own; None where there is none to draw."""
    groups: Mapping[str, list[tuple[NamedNode, TimelineEvent]]] = {kind: [] for kind in _KINDS}
    for measure in strategy.measures:
        for milestone in measure.milestones:
            outcome = milestone.outcome
            kind = outcome.value.rpartition("/")[2] if isinstance(outcome, NamedNode) else ""
            event = _event(measure, milestone, labels)
            if event and kind in groups and isinstance(outcome, NamedNode):
                groups[kind].append((outcome, event))
    events = [(kind, labels.of(pairs[0][0]), [event for _, event in pairs]) for kind, pairs in groups.items() if pairs]
    return timeline(events, _days(strategy, labels, today), (strategy.period.start, strategy.period.end))


def _event(measure: Measure, milestone: Milestone, labels: Labels) -> TimelineEvent | None:
    start, end = milestone.earliest or milestone.latest, milestone.latest or milestone.earliest
    if start is None or end is None or not milestone.is_own:
        return None
    named = title(measure, labels)
    mark = "II" if measure.number is None else str(measure.number)
    name = f"{dates.edtf(milestone.when, labels.language)}: {named.text}"
    return TimelineEvent(start, max(start, end), mark, name, named.href)


def _days(strategy: Strategy, labels: Labels, today: date) -> list[TimelineDay]:
    """Return the day of the newest report and today, which each have a name."""
    language = labels.language
    issued = strategy.issued_on
    report = [TimelineDay(issued, languages.say("timeline_report", language), "report")] if issued else []
    return [*report, TimelineDay(today, languages.say("timeline_today", language), "today")]
