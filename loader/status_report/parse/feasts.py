"""Christmas, Easter, Whitsun and the summer holidays as times: the days around which Norwegian offices plan."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]  # dateutil ships no types

from loader.status_report.parse.date_form import Form
from loader.status_report.parse.edtf_dates import SUMMER

FEASTS = (
    r"(?:rom)?jul(?!\.\s\d{4})(?:en|a|ehelgen|ehelga|eferien)?|påske(?:n|a|ferien)?|pinse(?:n|a|helgen|helga)?"
    r"|(?:somm[ea]r|felles)ferie(?:n|avviklingen|avviklinga)?"
)
_DAYS = {"påske": (-7, 1), "pinse": (49, 50)}
"""From Palm Sunday to Easter Monday, and Whit Sunday and Monday, as days after Easter Sunday."""
_JULY = 7
"""The month of the weeks in which most offices close ("fellesferien")."""


def feast(printed: str) -> Form:
    """Return what a feast or holiday means. Christmas is told as December, in which the days before it lie."""
    if printed.startswith("somm"):
        return Form(lambda year: f"{year}-{SUMMER}", is_rough=True)
    if printed.startswith("felles"):
        return Form(lambda year: f"{year}-{_JULY:02}", is_rough=True)
    days = next((days for name, days in _DAYS.items() if printed.startswith(name)), None)
    if days is None:
        return Form(lambda year: f"{year}-12", holds_before=True, is_rough=True)
    first, last = days
    return Form(lambda year: f"{_after_easter(year, first)}/{_after_easter(year, last)}")


def _after_easter(year: int, days: int) -> str:
    sunday: date = easter(year)
    return (sunday + timedelta(days=days)).isoformat()
