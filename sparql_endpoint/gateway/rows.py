"""How many rows or statements an answer holds, counted in its bytes as they pass."""

from __future__ import annotations

from collections.abc import Mapping

_SEPARATORS: Mapping[str, bytes] = {
    "application/sparql-results+json": b"}},{",
    "application/sparql-results+xml": b"<result>",
    "text/tab-separated-values": b"\n",
    "application/n-triples": b"\n",
    "application/n-quads": b"\n",
    "text/csv": b"\n",
}
"""What parts two rows; in CSV and JSON a value may hold it too, so there the count is an estimate."""
_HEADED = frozenset({"text/tab-separated-values", "text/csv"})


class Rows:
    """Sees the blocks of an answer whose headers are given."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        media_type = headers.get("content-type", "").partition(";")[0]
        self._separator = b"" if "content-encoding" in headers else _SEPARATORS.get(media_type, b"")
        self._is_json = media_type.endswith("json")
        self._headed = media_type in _HEADED
        self._tail = b""
        self._found = 0
        self._any = False

    def see(self, block: bytes) -> None:
        """Takes note of the next block."""
        if not self._separator:
            return
        length = len(self._separator) - 1
        self._found += block.count(self._separator)
        if length:
            self._found += (self._tail + block[:length]).count(self._separator)
            self._tail = (self._tail + block[-length:])[-length:]
        self._any = self._any or (self._is_json and b'"bindings":[{' in block)

    def count(self) -> int | None:
        """How many; None where the format does not tell."""
        if not self._separator:
            return None
        return max(0, self._found + int(self._any) - int(self._headed))
