"""RDF/XML as an XML parser reads it.

The engine's own reader is lenient: it takes names and characters that XML does not allow, and gives back a carriage
return that every XML parser reads as a line feed. What it wrote must be read by another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from nbkg.errors import DataError

_BLOCK = 1 << 16


def read_xml(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the elements of a document anew, with the names and values that an XML parser reads.

    Raises DataError (line) where it is not well-formed.
    """
    pieces: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, values: pieces.append(_tag(name, values))
    parser.EndElementHandler = lambda name: pieces.append(f"</{name}>")
    parser.CharacterDataHandler = lambda text: pieces.append(escape(text, {"\r": "&#13;"}))
    is_last = False
    while not is_last:
        block = stream.read(_BLOCK)
        is_last = not block
        try:
            parser.Parse(block, is_last)
        except expat.ExpatError as error:
            raise DataError(f"is not well-formed XML: {error}", line=error.lineno) from error
        yield "".join(pieces).encode()
        pieces.clear()


def _tag(name: str, values: dict[str, str]) -> str:
    return f"<{name}{''.join(f' {key}={quoteattr(value)}' for key, value in values.items())}>"
