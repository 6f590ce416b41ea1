"""Which bytes of a file a request wants: RFC 9110 section 14, https://www.rfc-editor.org/rfc/rfc9110#section-14"""

from __future__ import annotations

import re

from sparql_endpoint.errors import RangeNotSatisfiableError

_ONE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE)


def wanted(range_: str, if_range: str, tag: str, size: int) -> tuple[int, int] | None:
    """The first byte and the one after the last; None for the whole, which several ranges are answered by, too.

    Raises RangeNotSatisfiableError. A range of another version (`If-Range`) is not given: the whole is.
    """
    found = _ONE.fullmatch(range_)
    if not found or (if_range and if_range.strip() != tag):
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:  # so many bytes at the end
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < int(first):
            return None
    if start >= end:
        raise RangeNotSatisfiableError(f"the file has {size} bytes", size)
    return start, end
