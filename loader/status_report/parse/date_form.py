"""What a written time means before its year is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class Form:
    """What a form means: the EDTF of its year, the year that is printed, or how the report's day tells it."""

    period: Callable[[int], str]
    year: int | None = None
    relative: Callable[[date], int] | None = None
    """Returns the year as told from the day of the report."""
    near: Callable[[date], str] | None = None
    """Returns the EDTF as told from the day of the report, which needs more than its year: "neste måned"."""
    needs_year: bool = False
    """Whether the words mean a time only with a year, as "mars" or "høst" without "i" do."""
    holds_before: bool = False
    """Whether what is before the time may lie in its EDTF, as the days before Christmas lie in December."""

    is_rough: bool = False
    """Whether its bounds are this project's reading, as those of a season or of Christmas are."""

    @property
    def has_year(self) -> bool:
        """Return whether the words tell the year, by its number or from the day of the report."""
        return self.year is not None or self.relative is not None or self.near is not None

    def told_on(self, issued: date) -> Form:
        """Return the form with the year that it has in a report of this day; without one where no word tells it."""
        if self.near:
            edtf = self.near(issued)
            return replace(self, period=lambda _: edtf, year=int(edtf[:4]))
        return replace(self, year=self.relative(issued)) if self.relative else self
