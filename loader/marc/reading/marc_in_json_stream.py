"""Files of MARC-in-JSON: an array of records, one record on each line, or a single record; and answers of BARE."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO

from loader.marc.reading.deliveries import DamagedRecord, Delivery
from nbkg.errors import DataError, MarcRecordError
from nbkg.records.form import Form
from nbkg.records.marc_in_json import DECODER, make_record
from nbkg.records.record import DeliveredRecord

_BLOCK = 1 << 20
_LIMIT = 1 << 26
"""Characters of one record; a text of more is no record."""
_BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")
_MEMBER = r"\s*\"(?:q|startRow|maxRows|numFound)\"\s*:\s*(?:\"(?:[^\"\\]|\\.)*\"|\d+)\s*,"
_ENVELOPE = re.compile(rf"\{{(?:{_MEMBER})+\s*\"results\"\s*:")
"""What stands before the records in an answer of BARE (`nbkg/records/bare_json.py`)."""
_END_OF_ENVELOPE = re.compile(r"\}")
_BEGIN = re.compile(r"[\n,\[]\s*(?=\{\s*\"(?:leader|fields)\"\s*:)")
"""Where the next record begins after one that cannot be read."""


def read_marc_json(stream: IO[bytes]) -> Iterator[Delivery]:
    """Yield what a file of MARC-in-JSON holds, in its order. Memory is bounded by the size of its largest record."""
    window = _Window(stream)
    is_answer = window.skip(_BETWEEN) and window.passes(_ENVELOPE)
    while window.skip(_BETWEEN):
        if is_answer and window.passes(_END_OF_ENVELOPE):
            continue
        offset = window.offset
        try:
            value, end = window.decode()
        except (json.JSONDecodeError, RecursionError) as error:
            yield DamagedRecord(Form.MARC_JSON, window.take(window.find(_BEGIN)), offset, f"it is not JSON: {error}")
            continue
        raw = window.take(end)
        try:
            raw.decode("utf-8")
            record = make_record(value)
        except (UnicodeDecodeError, MarcRecordError) as error:
            yield DamagedRecord(Form.MARC_JSON, raw, offset, str(error))
        else:
            yield DeliveredRecord(Form.MARC_JSON, raw, record, offset)


class _Window:
    """The part of a file that is in memory, as characters; bytes that are not UTF-8 go through unchanged."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._text = ""
        self._at = 0
        self._is_end = False
        self.offset = 0
        """Where the window's reading stands, in bytes from the beginning of the file."""

    def skip(self, pattern: re.Pattern[str]) -> bool:
        """Go on behind what the pattern matches, and return whether anything follows."""
        while True:
            matched = pattern.match(self._text, self._at)
            self.take(matched.end() if matched else self._at)
            if self._at < len(self._text):
                return True
            if not self._read():
                return False

    def passes(self, pattern: re.Pattern[str]) -> bool:
        """Go on behind what the pattern matches here, and return whether it does."""
        if matched := pattern.match(self._text, self._at):
            self.take(matched.end())
        return matched is not None

    def decode(self) -> tuple[object, int]:
        """Return the JSON value that begins here, and where it ends. Raises json.JSONDecodeError."""
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if _BEGIN.search(self._text, self._at + 1) or not self._read():
                    raise
            else:
                return value, end

    def find(self, pattern: re.Pattern[str]) -> int:
        """Return where the next match of a pattern begins, or where the file ends."""
        while True:
            if following := pattern.search(self._text, self._at + 1):
                return following.start()
            if not self._read():
                return len(self._text)

    def take(self, end: int) -> bytes:
        """Return the bytes up to a place in the window, and go on there."""
        raw = self._text[self._at : end].encode("utf-8", "surrogateescape")
        self._at = end
        self.offset += len(raw)
        return raw

    def _read(self) -> bool:
        """Read more, and return whether there was more. Raises DataError where one record is too large."""
        if self._is_end:
            return False
        block = self._stream.read(_BLOCK)
        self._is_end = not block
        self._text, self._at = self._text[self._at :] + self._decoder.decode(block, self._is_end), 0
        if len(self._text) > _LIMIT:
            raise DataError(
                f"what begins at byte {self.offset} is longer than 64 million characters, and no MARC record"
            )
        return not self._is_end or bool(self._text)
