"""How long to wait before the same request is sent again (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"\s*([0-9]{1,9})(?:\.[0-9]+)?\s*")


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Patience:
    """How often a request is sent, and how long it is waited in between."""

    tries: int = 5
    longest_wait: float = 600
    """Seconds between two tries at most: where a provider asks for more, the harvest ends and can be resumed."""
    wait: Callable[[float], object] = time.sleep
    now: Callable[[], datetime] = utc_now

    def backoff(self, attempt: int) -> float:
        """Return the seconds before the next try where the provider does not say: 2, 4, 8, 16."""
        return min(2.0**attempt, self.longest_wait)


def read_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that `Retry-After` asks for, as a number or a date; None where it does not ask for any.

    A date is compared with the `Date` of the same response, as the server's clock may differ from ours. A date in the
    past and what cannot be read ask for nothing.
    """
    text = headers.get("Retry-After", "")
    if match := _SECONDS.fullmatch(text):
        return float(match[1]) or None
    until = _parse_date(text)
    seconds = (until - (_parse_date(headers.get("Date", "")) or now)).total_seconds() if until else 0.0
    return seconds if seconds > 0 else None


def _parse_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
