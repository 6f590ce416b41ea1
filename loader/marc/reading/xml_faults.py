"""Where reading goes on after a fault that makes a document no well-formed XML."""

from __future__ import annotations

import re
from typing import NamedTuple

from loader.marc.reading.byte_window import ByteWindow
from loader.marc.reading.xml_envelope import Element

_RECORD_BEGIN = re.compile(rb"<(?:[\w.-]+:)?record(?=[\s>])")
_COMMENT_BEGIN, _COMMENT_END = b"<!--", b"-->"


class Fault(NamedTuple):
    """A fault of the document."""

    position: int
    """Where reading may go on at the earliest."""
    reason: str
    element: Element | None = None
    """The record that it is in."""
    comment: int | None = None
    """Where the comment begins that it is in."""

    @property
    def begin(self) -> int | None:
        """Where the bytes begin that are put aside; None where no record is damaged."""
        return self.element.begin if self.element else self.comment

    def find_resumption(self, window: ByteWindow) -> int | None:
        """Return where reading goes on, or None where that is not in the window yet.

        That is behind the end tag of the record, or before the start tag of the next one if it comes first; behind a
        comment; or else before the next start tag of any record.
        """
        text = window.slice(self.position)
        if self.comment is not None:
            at = text.find(_COMMENT_END)
            return None if at < 0 else self.position + at + len(_COMMENT_END)
        tag = self._tag_pattern().search(text)
        if tag is None:
            return None
        at = self.position + tag.start()
        return window.find_end(b">", at) if tag.group().startswith(b"</") else at

    def _tag_pattern(self) -> re.Pattern[bytes]:
        if self.element is None:
            return _RECORD_BEGIN
        return re.compile(rb"</?" + re.escape(self.element.qualified_name.encode()) + rb"(?=[\s>/])")


def locate_fault(window: ByteWindow, position: int, what: str, record: Element | None) -> Fault:
    """Return the fault at a position: in a record, in a comment, or outside both."""
    reason = f"line {window.line(position)}: {what}"
    if record:
        return Fault(max(position, record.begin + 1), reason, element=record)
    comment = window.find_last(_COMMENT_BEGIN, position)
    if comment is not None and _COMMENT_END not in window.slice(comment, position):
        return Fault(position, f"{reason}, in a comment", comment=comment)
    return Fault(position + 1, reason)
