"""Checks whether a response of the upstream is complete while it is relayed.

Servers that fail in the middle of a response often end it as if it were complete. A format that has an end is checked
for it: JSON for its closing braces, XML for the end tag of its root, the Turtle family for the full stop of its last
statement. CSV and TSV have no end: a complete last line says little. HTTP says the rest, by Content-Length or the last
chunk. XML is read by a parser as well, since one character that no XML may hold makes all of it unreadable.
"""

from __future__ import annotations

import re
from typing import Protocol
from xml.parsers import expat

from sparql_endpoint.errors import BadGatewayError
from sparql_endpoint.http import formats
from sparql_endpoint.http.formats import Format

_TAIL = 1 << 12
"""Bytes of the end that are remembered; a longer last line is looked at from there on."""


class CompletenessCheck(Protocol):
    """Sees the blocks of a response as they are relayed."""

    def see(self, block: bytes) -> None:
        """Take note of the next block."""

    def is_complete(self) -> bool:
        """Return whether the blocks so far can be all of the response.

        Raises BadGatewayError where they can, and no client could read them.
        """


def completeness_check(form: Format) -> CompletenessCheck:
    """Return a new check for a response in this format."""
    if form in (formats.JSON, formats.JSON_LD):
        return _Json()
    if form is formats.CSV:
        return _Csv()
    pattern = _ENDS.get(form)
    if pattern and form in (formats.XML, formats.RDF_XML):
        return _Xml(pattern)
    return _Tail(pattern) if pattern else _Endless()


class _Json:
    """Counts the braces outside strings; each block takes a few passes in C."""

    def __init__(self) -> None:
        self._depth = 0
        self._inside = 0
        """1 within a string."""
        self._backslash = b""
        """A backslash whose next byte has not come yet."""
        self._last = b""

    def see(self, block: bytes) -> None:
        text = self._backslash + block
        backslashes = len(text) - len(text.rstrip(b"\\"))
        self._backslash = b"\\" if backslashes % 2 else b""
        text = text[: len(text) - len(self._backslash)]
        parts = text.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        outside = b"".join(parts[self._inside :: 2])
        self._inside = (self._inside + len(parts) - 1) % 2
        self._depth += outside.count(b"{") + outside.count(b"[") - outside.count(b"}") - outside.count(b"]")
        self._last = text.rstrip()[-1:] or self._last

    def is_complete(self) -> bool:
        return not (self._depth or self._inside or self._backslash) and self._last in (b"}", b"]")


class _Tail:
    """Matches the end with a pattern."""

    def __init__(self, pattern: re.Pattern[bytes]) -> None:
        self._pattern = pattern
        self._tail = b""

    def see(self, block: bytes) -> None:
        self._tail = (self._tail + block[-_TAIL:])[-_TAIL:]

    def is_complete(self) -> bool:
        return bool(self._pattern.search(self._tail))


class _Xml(_Tail):
    """Parses the blocks too."""

    def __init__(self, pattern: re.Pattern[bytes]) -> None:
        super().__init__(pattern)
        self._parser = expat.ParserCreate()
        self._fault: expat.ExpatError | None = None

    def see(self, block: bytes) -> None:
        super().see(block)
        try:
            if not self._fault:
                self._parser.Parse(block, False)
        except expat.ExpatError as error:
            self._fault = error

    def is_complete(self) -> bool:
        is_ended = super().is_complete()
        if is_ended and self._fault:
            raise BadGatewayError(
                f"the upstream server sent XML that no parser reads ({self._fault}); ask for another format"
            ) from self._fault
        return is_ended


class _Csv:
    """Checks that the last line is ended, and not within quotes; the answer of ASK is one word without a line's end."""

    def __init__(self) -> None:
        self._tail = _Tail(_LINE)
        self._quotes = 0

    def see(self, block: bytes) -> None:
        self._tail.see(block)
        self._quotes += block.count(b'"')

    def is_complete(self) -> bool:
        return self._quotes % 2 == 0 and self._tail.is_complete()


class _Endless:
    """Accepts everything: the format has no end to go by."""

    def see(self, block: bytes) -> None:
        pass

    def is_complete(self) -> bool:
        return True


_NOTHING_MORE = rb"(?:\s|<!--(?:[^-]|-[^-])*-->)*\Z"
_LINES = rb"(?:\A|%s[ \t]*(?:\r?\n|\Z))(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*(?:[ \t]*#[^\r\n]*)?\Z"
"""After the last statement's end only comments and empty lines; nothing at all is an empty graph."""
_DIRECTIVE = rb"(?:^|\n)[ \t]*(?i:PREFIX|BASE)[ \t][^\r\n]*>"
_TURTLE = re.compile(_LINES.replace(b"%s", rb"(?:\.|" + _DIRECTIVE + rb")"))
_LINEWISE = re.compile(rb"(?:\A|\.[ \t]*(?:#[^\r\n]*)?\r?\n)(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*\Z")
"""As above, but with the end of the line, which every writer of these formats puts."""
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
