"""The part of a long file that is in memory, addressed by positions in the file."""

from __future__ import annotations


class ByteWindow:
    """Bytes that were read and are still needed. All positions count from the beginning of the file."""

    def __init__(self) -> None:
        self._bytes = b""
        self._lines = 0
        self.begin = 0
        """The position of the first byte that is in memory."""

    @property
    def end(self) -> int:
        """The position behind the last byte."""
        return self.begin + len(self._bytes)

    def append(self, block: bytes) -> None:
        """Add what comes next in the file."""
        self._bytes += block

    def slice(self, begin: int, end: int | None = None) -> bytes:
        """Return the bytes between two positions, or all from one on."""
        return self._bytes[begin - self.begin : None if end is None else end - self.begin]

    def find_end(self, sign: bytes, begin: int) -> int:
        """Return the position behind a sign that comes at or after a position, or the end where it does not."""
        at = self._bytes.find(sign, begin - self.begin)
        return self.end if at < 0 else self.begin + at + len(sign)

    def find_last(self, sign: bytes, end: int) -> int | None:
        """Return the position of the last sign before a position, or None."""
        at = self._bytes.rfind(sign, 0, end - self.begin)
        return None if at < 0 else self.begin + at

    def line(self, position: int) -> int:
        """Return the number of the line that a position is in; the first line is 1."""
        return 1 + self._lines + self._bytes.count(b"\n", 0, position - self.begin)

    def forget(self, position: int) -> None:
        """Drop what stands before a position."""
        at = max(0, position - self.begin)
        self._lines += self._bytes.count(b"\n", 0, at)
        self._bytes = self._bytes[at:]
        self.begin += at
