"""Range requests, RFC 9110 section 14: https://www.rfc-editor.org/rfc/rfc9110#section-14

Werkzeug would answer a range that does not parse, and a suffix longer than the file, by 416 rather than by the file.
"""

from __future__ import annotations

import re

from sparql_endpoint.errors import RangeNotSatisfiableError

_ONE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE)


def find_range(range_: str, if_range: str, etag: str, size: int) -> tuple[int, int] | None:
    """Return the first byte and the one after the last; None for the complete file.

    The complete file also answers several ranges at once, and a range of another version of the file (`If-Range`).
    Raises RangeNotSatisfiableError.
    """
    match = _ONE.fullmatch(range_)
    if not match or (if_range and if_range.strip() != etag):
        return None
    first, last = match.groups()
    if not first and not last:
        return None
    if not first:  # so many bytes at the end
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < int(first):
            return None
    if start >= end:
        raise RangeNotSatisfiableError(f"the file has {size} bytes", {"Content-Range": f"bytes */{size}"})
    return start, end
