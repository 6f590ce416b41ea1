"""How many rows or statements an answer holds, counted in its bytes as they pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_SEPARATORS: Mapping[str, bytes] = {
    "application/sparql-results+json": b"}},{",
    "application/sparql-results+xml": b"<result>",
    "text/tab-separated-values": b"\n",
    "application/n-triples": b"\n",
    "application/n-quads": b"\n",
    "text/csv": b"\n",
}
"""What separates two rows; in CSV and JSON a value may hold it too, so there the count is an estimate."""
_WITH_HEADER = frozenset({"text/tab-separated-values", "text/csv"})


class RowCount:
    """Counts the rows in the chunks of an answer with these headers."""

    def __init__(self, headers: Iterable[tuple[str, str]]) -> None:
        by_name = dict(headers)
        media_type = by_name.get("content-type", "").partition(";")[0]
        self._separator = b"" if "content-encoding" in by_name else _SEPARATORS.get(media_type, b"")
        self._is_json = media_type.endswith("json")
        self._has_header = media_type in _WITH_HEADER
        self._tail = b""
        self._separators = 0
        self._has_rows = False

    def add(self, chunk: bytes) -> None:
        """Count the rows of the next chunk."""
        if not self._separator:
            return
        length = len(self._separator) - 1
        self._separators += chunk.count(self._separator)
        if length:
            self._separators += (self._tail + chunk[:length]).count(self._separator)
            self._tail = (self._tail + chunk[-length:])[-length:]
        self._has_rows = self._has_rows or (self._is_json and b'"bindings":[{' in chunk)

    def total(self) -> int | None:
        """Return how many rows there were; None where the format does not show it."""
        if not self._separator:
            return None
        return max(0, self._separators + int(self._has_rows) - int(self._has_header))
