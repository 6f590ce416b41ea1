"""Files of ISO 2709: cut into records by length where it leads to a terminator, and by terminators where it lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from loader.marc.reading.deliveries import DamagedRecord, Delivery
from nbkg.errors import MarcRecordError
from nbkg.records.form import Form
from nbkg.records.iso2709 import FIELD_END, LEADER, RECORD_END, read_record
from nbkg.records.record import DeliveredRecord, Oddity

_BLOCK = 1 << 20
LOOKAHEAD = 300_000
"""Bytes that are looked at around one record; the longest that ISO 2709 allows has 99,999."""
_SEPARATORS = re.compile(rb"(?:\xef\xbb\xbf|[\0\t\n\r \x1a])*")
"""What programs and editors put between records."""
_BEGIN = re.compile(
    rb"[0-9]{5}[a-zA-Z ]{2}[ -~]{3}22[0-9]{5}[ -~]{3}45[ -~]{2}(?:[0-9A-Za-z]{3}[0-9]{9})+\x1e", re.DOTALL
)
"""A leader with its directory; nothing in data looks like this."""


def read_iso2709(stream: IO[bytes], offset: int = 0) -> Iterator[Delivery]:
    """Yield what a file of ISO 2709 holds, in its order. Memory is bounded, whatever the file's size.

    `offset` is where the stream begins in the file. One may begin where `find_cut` cuts; then the parts of a file hold
    the same as the whole of it.
    """
    window, at, is_end = b"", 0, False
    while not is_end:
        block = stream.read(_BLOCK)
        window, offset, at, is_end = window[at:] + block, offset + at, 0, not block
        while at < len(window) and (is_end or at + LOOKAHEAD <= len(window)):
            separators = _SEPARATORS.match(window, at)
            begin = separators.end() if separators else at
            if begin == len(window):
                at = begin
                break
            end, delivery = _cut(window, begin, offset)
            if begin > at and isinstance(delivery, DeliveredRecord):
                what = f"{begin - at} bytes stand before the record: {window[at:begin][:20]!r}"
                delivery.record.oddities.append(Oddity("between-records", "", None, what))
            yield delivery
            at = end


def find_cut(window: bytes, at: int) -> int | None:
    """Return the first position from `at` on where a file can be cut in two, or None where there is none.

    It is behind a record terminator that another record follows: reading never goes past such a place, whatever is
    damaged before it. Bytes between the two belong to the second part.
    """
    while end := window.find(RECORD_END, at) + 1:
        separators = _SEPARATORS.match(window, end)
        if _BEGIN.match(window, separators.end() if separators else end):
            return end
        at = end
    return None


def _cut(window: bytes, at: int, offset: int) -> tuple[int, Delivery]:
    """Return where what begins at a place of the window ends, and what it is."""
    end = window.find(RECORD_END, at) + 1
    length = window[at : at + 5]
    if not (end and length.isdigit() and at + int(length) == end):
        return _cut_damaged(window, at, offset, end)
    raw = window[at:end]
    try:
        return end, DeliveredRecord(Form.ISO2709, raw, read_record(raw), offset + at)
    except MarcRecordError as error:
        return end, DamagedRecord(Form.ISO2709, raw, offset + at, error.problem)


def _cut_damaged(window: bytes, at: int, offset: int, end: int) -> tuple[int, Delivery]:
    """Return the end of something whose length does not lead to its terminator, which ends at `end` or is not there
    (0)."""
    own = _BEGIN.match(window, at)
    following = _BEGIN.search(window, own.end() if own else at, end or len(window))
    if following:
        return _damaged(window, at, offset, (following.start(), _reason_to_stop(window, at, following.start())))
    if not end:
        return _damaged(window, at, offset, (len(window), "the record has no record terminator"))
    raw = window[at:end]
    try:
        return end, DeliveredRecord(Form.ISO2709, raw, read_record(raw), offset + at)
    except MarcRecordError as error:
        reason = error.problem
    separators = _SEPARATORS.match(window, end)
    next_at = separators.end() if separators else end
    if next_at < len(window) and not _BEGIN.match(window, next_at):
        following = _BEGIN.search(window, end)
        end = following.start() if following else len(window)
        reason += ", and a record terminator stands inside it"
    return _damaged(window, at, offset, (end, reason))


def _reason_to_stop(window: bytes, at: int, end: int) -> str:
    if not _looks_like_leader(window[at : at + LEADER]):
        return "these bytes are no record"
    if window[at:end].rstrip(b"\r\n").endswith(FIELD_END):
        return "the record has no record terminator: the next record begins after its last field"
    return "the record breaks off: the next record begins inside it"


def _looks_like_leader(head: bytes) -> bool:
    return head[:5].isdigit() and head[10:12] == b"22"


def _damaged(window: bytes, at: int, offset: int, end: tuple[int, str]) -> tuple[int, Delivery]:
    return end[0], DamagedRecord(Form.ISO2709, window[at : end[0]], offset + at, end[1])
