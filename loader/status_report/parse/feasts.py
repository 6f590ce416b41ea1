"""Christmas, Easter and Whitsun as times: the days around which Norwegian offices plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]  # dateutil ships no types

FEASTS = r"(?:rom)?jul(?!\.\s\d{4})(?:en|a|ehelgen|ehelga|eferien)?|påske(?:n|a|ferien)?|pinse(?:n|a|helgen|helga)?"
_DAYS = {"påske": (-7, 1), "pinse": (49, 50)}
"""From Palm Sunday to Easter Monday, and Whit Sunday and Monday, as days after Easter Sunday."""


def feast(printed: str) -> tuple[Callable[[int], str], bool]:
    """Return how a feast of a year becomes EDTF, and whether the days before it lie in that.

    Christmas is told as December.
    """
    days = next((days for name, days in _DAYS.items() if printed.startswith(name)), None)
    if days is None:
        return (lambda year: f"{year}-12"), True
    first, last = days
    return (lambda year: f"{_after_easter(year, first)}/{_after_easter(year, last)}"), False


def _after_easter(year: int, days: int) -> str:
    sunday: date = easter(year)
    return (sunday + timedelta(days=days)).isoformat()
