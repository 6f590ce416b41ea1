"""The source text: decoded, otherwise unchanged; offsets count its Unicode code points."""

from __future__ import annotations

import bisect
import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from loader.errors import ReportError
from nbkg.errors import UsageError

_NOT_TEXT = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x1b"


@dataclass(frozen=True)
class ReportText:
    """One file's text."""

    path: Path
    text: str
    sha256: str = field(repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        return [0] + [i + 1 for i, char in enumerate(self.text) if char == "\n"]

    def line(self, offset: int) -> int:
        """Return the line, counted from 1, that holds the character at `offset`."""
        return bisect.bisect_right(self._starts, offset)

    def error(self, problem: str, offset: int) -> ReportError:
        """Return an error that names this file and the line of `offset`."""
        return ReportError(problem, file=self.path.name, line=self.line(offset))


def read_report_text(path: Path) -> ReportText:
    """Return the text of a file in UTF-8.

    Raises UsageError where there is no such file, ReportError as `decode_report_text` does.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); name a report's text file") from error
    return decode_report_text(raw, path)


def decode_report_text(raw: bytes, path: Path) -> ReportText:
    """Return the text of UTF-8 bytes that came from `path`.

    Raises ReportError where there are no bytes, where they are binary or in another encoding.
    """
    if not raw.strip():
        raise ReportError("the file is empty; expected the text of a status report", file=path)
    text = _decoded(raw, path)
    if binary := [char for char in _NOT_TEXT if char in text]:
        line = text.count("\n", 0, text.index(binary[0])) + 1
        raise ReportError(
            "this is a binary file; expected the report's text (nbkg new-report reads a PDF)", file=path, line=line
        )
    return ReportText(path, text, hashlib.sha256(raw).hexdigest())


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError as error:
        if b"\x00" in raw[:4096]:
            raise ReportError("this is a binary file or UTF-16; expected text in UTF-8", file=path) from error
        line = raw.count(b"\n", 0, error.start) + 1
        raise ReportError(
            f"byte 0x{raw[error.start]:02x} is not UTF-8; save the text as UTF-8"
            " (for Latin-1: iconv -f ISO-8859-1 -t UTF-8)",
            file=path,
            line=line,
        ) from error
