"""Whether an answer that comes from elsewhere is whole, told by its form while it passes.

Servers that fail in the middle of an answer often end it as if it were done. What has an end is looked at for it:
JSON for its closing braces, XML for its root's end tag, the Turtle family for the full stop of its last statement.
CSV and TSV have no end: that their last line is whole tells little. HTTP must tell the rest, by Content-Length or the
last chunk.
"""

from __future__ import annotations

import re
from typing import Protocol

from sparql_endpoint.http import formats
from sparql_endpoint.http.formats import Format

_TAIL = 1 << 12
"""Bytes of the end that are kept; a longer last line is looked at from there on."""


class Check(Protocol):
    """Sees the blocks of an answer as they pass."""

    def see(self, block: bytes) -> None:
        """Takes note of the next block."""
        ...

    def is_whole(self) -> bool:
        """Whether what was seen can be all of it."""
        ...


def check(form: Format) -> Check:
    """A new check for an answer in this format."""
    if form in (formats.JSON, formats.JSON_LD):
        return _Json()
    if form is formats.CSV:
        return _Csv()
    pattern = _ENDS.get(form)
    return _Tail(pattern) if pattern else _Endless()


class _Json:
    """All braces outside strings are closed; each block is looked at by a few passes in C."""

    def __init__(self) -> None:
        self._depth = 0
        self._inside = 0
        """1 within a string."""
        self._held = b""
        """A backslash whose next byte has not come yet."""
        self._last = b""

    def see(self, block: bytes) -> None:
        text = self._held + block
        backslashes = len(text) - len(text.rstrip(b"\\"))
        self._held = b"\\" if backslashes % 2 else b""
        text = text[: len(text) - len(self._held)]
        parts = text.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        outside = b"".join(parts[self._inside :: 2])
        self._inside = (self._inside + len(parts) - 1) % 2
        self._depth += outside.count(b"{") + outside.count(b"[") - outside.count(b"}") - outside.count(b"]")
        self._last = text.rstrip()[-1:] or self._last

    def is_whole(self) -> bool:
        return not (self._depth or self._inside or self._held) and self._last in (b"}", b"]")


class _Tail:
    """The end of it fits a pattern."""

    def __init__(self, pattern: re.Pattern[bytes]) -> None:
        self._pattern = pattern
        self._tail = b""

    def see(self, block: bytes) -> None:
        self._tail = (self._tail + block[-_TAIL:])[-_TAIL:]

    def is_whole(self) -> bool:
        return bool(self._pattern.search(self._tail))


class _Csv:
    """Its last line is ended, and not within quotes; or it is no more than a bare yes or no, which has no line."""

    def __init__(self) -> None:
        self._tail = _Tail(_LINE)
        self._quotes = 0

    def see(self, block: bytes) -> None:
        self._tail.see(block)
        self._quotes += block.count(b'"')

    def is_whole(self) -> bool:
        return self._quotes % 2 == 0 and self._tail.is_whole()


class _Endless:
    """Nothing to go by."""

    def see(self, block: bytes) -> None:
        pass

    def is_whole(self) -> bool:
        return True


_NOTHING_MORE = rb"(?:\s|<!--(?:[^-]|-[^-])*-->)*\Z"
_LINES = rb"(?:\A|%s[ \t]*(?:\r?\n|\Z))(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*(?:[ \t]*#[^\r\n]*)?\Z"
"""After the last statement's end only comments and empty lines; nothing at all is an empty graph."""
_DIRECTIVE = rb"(?:^|\n)[ \t]*(?i:PREFIX|BASE)[ \t][^\r\n]*>"
_TURTLE = re.compile(_LINES.replace(b"%s", rb"(?:\.|" + _DIRECTIVE + rb")"))
_LINEWISE = re.compile(rb"(?:\A|\.[ \t]*(?:#[^\r\n]*)?\r?\n)(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*\Z")
"""As above, but for a line's end, which every writer of these formats puts."""
_LINE = re.compile(rb"\n\Z|\A(?:true|false)\Z")
_ENDS = {
    formats.TSV: _LINE,
    formats.XML: re.compile(rb"</(?:[\w.-]+:)?sparql\s*>" + _NOTHING_MORE),
    formats.RDF_XML: re.compile(rb"(?:</(?:[\w.-]+:)?RDF\s*>|<(?:[\w.-]+:)?RDF\b[^<>]*/>)" + _NOTHING_MORE),
    formats.N_TRIPLES: _LINEWISE,
    formats.N_QUADS: _LINEWISE,
    formats.TURTLE: _TURTLE,
    formats.N3: _TURTLE,
    formats.TRIG: re.compile(_LINES.replace(b"%s", rb"(?:\.|\}|" + _DIRECTIVE + rb")")),
}
