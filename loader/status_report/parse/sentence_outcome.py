"""Where a time stands in a text, which days it can mean, and the outcome that a sentence gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loader.status_report.model.report import Outcome


@dataclass(frozen=True)
class DatePosition:
    """The position of a time in a text with the bound that the words before it set, and of the lines of a list."""

    text: str
    start: int
    end: int
    bound: str = ""
    items: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Timing:
    """The days that a time can mean, and the report's date. `is_dated` is false where no year is printed."""

    earliest: date | None
    latest: date | None
    issued: date
    is_dated: bool = True

    @property
    def is_ahead(self) -> bool:
        """Return whether all of it lies after the report; of a deadline ("innen 2026"), whether its end does."""
        return (self.earliest or self.latest or date.min) > self.issued

    @property
    def may_come(self) -> bool:
        """Return whether some of it may lie after the report."""
        return self.latest is None or self.latest > self.issued


@dataclass(frozen=True)
class SentenceOutcome:
    """An outcome, the place of the words that say it (None where the date alone decides), and another bound."""

    outcome: Outcome
    words: tuple[int, int] | None = None
    bound: str | None = None
    is_covered: bool = False
    """Whether the time is a period that something covers ("for perioden 2020–2030"), in which nothing need happen."""
    is_foretold: bool = False
    """Whether it is said before the time, as by "blir ikke": without a printed year the next one is meant."""


OPEN = SentenceOutcome(Outcome.UNKNOWN)
