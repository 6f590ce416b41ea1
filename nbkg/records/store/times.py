"""Times of deliveries and edits, which whoever delivers or edits gives: nothing here looks at a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

from nbkg.errors import UsageError


def parse_time(text: str) -> str:
    """Return a date as it is, and a time in UTC; both sort as text. Raises UsageError for anything else."""
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a date (2025-10-14) or a time (2025-10-14T12:00:00Z)") from error
    if moment.tzinfo is None:
        raise UsageError(f"{text!r} has no time zone: end it with Z or +01:00")
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
