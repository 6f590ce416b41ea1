"""The sentence that says how a strategy is going, for any report and any day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.http import dates
from sparql_endpoint.pages.strategy.base.progress import sentence
from sparql_endpoint.pages.strategy.base.table import Measure, Milestone, Period, Statuses, Strategy

CLOSED, OPEN = NamedNode("urn:closed"), NamedNode("urn:open")
TODAY = date(2027, 5, 1)
ENDED, RUNNING, LATER, UNKNOWN = (
    Period(date(2020, 1, 1), date(2025, 12, 31)),
    Period(date(2026, 1, 1), date(2030, 12, 31)),
    Period(date(2028, 1, 1), date(2030, 6, 30)),
    Period(),
)


def _strategy(closed: int, total: int, plans: Sequence[str], issued: str, period: Period = UNKNOWN) -> Strategy:
    ends = [date.fromisoformat(day) for day in plans]
    milestones = [Milestone(Literal(str(n)), str(end), end, end, None, True) for n, end in enumerate(ends)]
    measures = [
        Measure(
            NamedNode(f"urn:{n}"),
            str(n),
            n,
            "I",
            Literal(""),
            None,
            CLOSED if n < closed else OPEN,
            None,
            None,
            None,
            None,
            milestones=milestones if n == 0 else (),
        )
        for n in range(total)
    ]
    statuses = Statuses([CLOSED, OPEN], {}, frozenset([CLOSED]))
    reports = [(issued, NamedNode("urn:report"))] if issued else []
    return Strategy(None, period, measures, statuses, reports)


CASES = [
    (
        _strategy(2, 20, ["2027-03-01", "2027-06-30", "2028-12-31"], "2027-04-20", RUNNING),
        "Da den siste statusrapporten kom for 11 dager siden, var 2 av 20 tiltak lukket; "
        "i dag er 1 av 3 planlagte datoer passert, og strategien gjelder ut 2030.",
        "When the latest status report came out 11 days ago, 2 of 20 measures were closed; "
        "as of today, 1 of 3 planned dates have passed, and the strategy runs to the end of 2030.",
    ),
    (
        _strategy(5, 5, ["2026-01-01", "2026-02-01"], "2025-01-31", ENDED),
        "Da den siste statusrapporten kom for 2 år siden, var alle 5 tiltak lukket; "
        "i dag er alle 2 planlagte datoer passert, og strategiperioden er over.",
        "When the latest status report came out 2 years ago, all 5 measures were closed; "
        "as of today, all 2 planned dates have passed, and the strategy period is over.",
    ),
    (
        _strategy(0, 12, ["2029-01-01"], "2027-05-01", LATER),
        "Da den siste statusrapporten kom i dag, var ingen av 12 tiltak lukket; "
        "den ene planlagte datoen er ennå ikke passert, og strategien gjelder fra 1. januar 2028.",
        "When the latest status report came out today, none of 12 measures were closed; "
        "the one planned date has not yet passed, and the strategy begins on 1 January 2028.",
    ),
    (
        _strategy(1, 1, ["2027-01-01"], "2027-04-01"),
        "Da den siste statusrapporten kom for 4 uker siden, var 1 av 1 tiltak lukket; "
        "i dag er den ene planlagte datoen passert.",
        "When the latest status report came out 4 weeks ago, 1 of 1 measures were closed; "
        "as of today, the one planned date has passed.",
    ),
    (
        _strategy(1, 3, [], "2027-06-01", RUNNING),
        "Da den siste statusrapporten kom 1. juni 2027, var 1 av 3 tiltak lukket, og strategien gjelder ut 2030.",
        "When the latest status report came out on 1 June 2027, 1 of 3 measures were closed, "
        "and the strategy runs to the end of 2030.",
    ),
    (_strategy(1, 3, [], ""), "Nå er 1 av 3 tiltak lukket.", "At present 1 of 3 measures are closed."),
]


@pytest.mark.parametrize(("strategy", "nb", "en"), CASES)
def test_the_sentence(strategy: Strategy, nb: str, en: str) -> None:
    assert sentence(strategy, "nb", TODAY).striptags() == nb
    assert sentence(strategy, "en", TODAY).striptags() == en


@pytest.mark.parametrize(
    ("days", "nb", "nn", "en"),
    [
        (-1, "", "", ""),
        (0, "i dag", "i dag", "today"),
        (1, "for 1 dag siden", "for 1 dag sidan", "1 day ago"),
        (13, "for 13 dager siden", "for 13 dagar sidan", "13 days ago"),
        (14, "for 2 uker siden", "for 2 veker sidan", "2 weeks ago"),
        (61, "for 2 måneder siden", "for 2 månader sidan", "2 months ago"),
        (411, "for 13 måneder siden", "for 13 månader sidan", "13 months ago"),
        (731, "for 2 år siden", "for 2 år sidan", "2 years ago"),
        (1200, "for 3 år siden", "for 3 år sidan", "3 years ago"),
    ],
)
def test_how_long_ago(days: int, nb: str, nn: str, en: str) -> None:
    assert [dates.ago(days, language) for language in ("nb", "nn", "en")] == [nb, nn, en]
