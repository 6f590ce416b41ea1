"""UTCdatetime: days and seconds, as the protocol writes them (section 3.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sparql_endpoint.api.oai_pmh.oai_errors import OaiPmhError

GRANULARITY = "YYYY-MM-DDThh:mm:ssZ"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_LAST_OF_DAY = 86_399


def write_datestamp(stamp: int) -> str:
    """Return seconds since 1970 as a UTCdatetime."""
    return datetime.fromtimestamp(stamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_datestamp(name: str, value: str, *, is_end: bool = False) -> int:
    """Return a day's first second, or its last where it is an end, or a second. Raises OaiPmhError."""
    is_day = bool(_DAY.fullmatch(value))
    problem = OaiPmhError("badArgument", f"{name}: a date is YYYY-MM-DD or {GRANULARITY}, and exists")
    if not is_day and not _SECOND.fullmatch(value):
        raise problem
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise problem from error
    return int(moment.replace(tzinfo=UTC).timestamp()) + (_LAST_OF_DAY if is_day and is_end else 0)


def check_same_granularity(first: str, last: str) -> None:
    """Raise OaiPmhError where one end of a range is a day and the other a second."""
    if first and last and len(first) != len(last):
        raise OaiPmhError("badArgument", "from and until must both be days or both be seconds")
