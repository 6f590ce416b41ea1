"""A MARC file written again with other bytes for some of its records; everything between them stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from nbkg.errors import UnwritableError
from nbkg.records.form import Form
from nbkg.records.record import DeliveredRecord

_BLOCK = 1 << 20
_DECLARED = re.compile(rb"""<[^\s/>]+((?:\s+xmlns(?::[\w.-]+)?=(?:"[^"]*"|'[^']*'))+)""")
_DECLARATION = re.compile(rb"""\s+xmlns(?::[\w.-]+)?=(?:"[^"]*"|'[^']*')""")


class MarcCopy:
    """Copies a stream, whose content another reader reads as well, in the order of its records."""

    def __init__(self, stream: IO[bytes], output: IO[bytes]) -> None:
        self._stream, self._output = stream, output
        self._ahead, self._at = b"", 0
        self._position = 0
        """How much of the stream was written."""

    def replace(self, delivered: DeliveredRecord, raw: bytes) -> None:
        """Write everything before a record as it is, and other bytes for the record.

        Raises UnwritableError where the record does not stand in the stream as it was read: in an answer of SRU that
        has records as texts.
        """
        self._copy(delivered.offset - self._position)
        head, declared = self._inserted(delivered)
        length = len(delivered.raw) - declared
        self._output.write(raw[:head] + raw[head + declared :])
        self._pass(length)

    def finish(self) -> None:
        """Write the rest of the stream."""
        self._output.write(self._ahead[self._at :])
        while block := self._stream.read(_BLOCK):
            self._output.write(block)

    def _copy(self, length: int) -> None:
        while length:
            self._fill(min(length, _BLOCK))
            part = self._ahead[self._at : self._at + length]
            self._output.write(part)
            self._pass(len(part))
            length -= len(part)

    def _pass(self, length: int) -> None:
        self._at += length
        self._position += length

    def _fill(self, length: int) -> None:
        """Have so many bytes of the stream in memory, or all that there are."""
        while len(self._ahead) - self._at < length and (block := self._stream.read(_BLOCK)):
            self._ahead, self._at = self._ahead[self._at :] + block, 0

    def _inserted(self, delivered: DeliveredRecord) -> tuple[int, int]:
        """Return where declarations of namespaces were inserted into a record when it was read, and how long they are.

        Raises UnwritableError.
        """
        raw = delivered.raw
        self._fill(len(raw))
        for head, length in _insertions(delivered):
            if self._ahead.startswith(raw[:head] + raw[head + length :], self._at):
                return head, length
        raise UnwritableError("the record does not stand in the file as it was read")


def _insertions(delivered: DeliveredRecord) -> Iterator[tuple[int, int]]:
    """Yield what may have been inserted: nothing, or the first declarations of the start tag."""
    yield 0, 0
    declared = _DECLARED.match(delivered.raw) if delivered.form is Form.MARCXML else None
    if declared:
        for one in _DECLARATION.finditer(declared[1]):
            yield declared.start(1), one.end()
