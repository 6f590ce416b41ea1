"""XML as the engine writes it, made so that an XML parser reads the same values from it, and checked.

The engine writes a carriage return as it is, which a parser reads as a line feed
(https://www.w3.org/TR/xml/#sec-line-ends), characters that no XML document can hold
(https://www.w3.org/TR/xml/#charsets), and properties that no element can be named by
(https://www.w3.org/TR/rdf-syntax-grammar/#section-Serialising).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast
from xml.parsers import expat

from nbkg.errors import UnwritableError

_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_NONCHARACTER = re.compile(rb"\xef\xbf[\xbe\xbf]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CLASS = re.compile(rb'<oxprefix: xmlns:oxprefix="([^"]*)" (rdf:(?:about|nodeID)="[^"]*")>')
"""A resource whose class cannot name an element; the class is then written as any other property's value."""
_CLASS_END = re.compile(rb"(\n\t+)</oxprefix:>")
_NODE_LABEL = re.compile(rb' rdf:nodeID="(?=[0-9_])')
"""A label of a blank node that would be no name in XML, or that another is about to become."""
_NAMED = re.compile(r'<(?:[^\s<>:]*:)?([^\s<>:]*) xmlns(?::[^=]*)?="([^"]*)"')


def replace_illegal(text: str) -> str:
    """Return a text for people without the characters that no XML document can hold: U+FFFD stands for each."""
    return _ILLEGAL.sub("\ufffd", text)


@contextmanager
def xml_output(output: IO[bytes], *, is_rdf: bool = False) -> Iterator[IO[bytes]]:
    """Give a file for the engine to write results into, whose elements are always the same ones, or RDF/XML.

    Raises UnwritableError, while it is written or at the end, for what no XML document can hold. An XML parser reads
    RDF/XML before it is handed on; it takes about as long as the engine, which is why results go without.
    """
    checked = (_CheckedRdfXml if is_rdf else _CheckedXml)(output)
    yield cast(IO[bytes], checked)
    checked.finish()


class _CheckedXml:
    """Hands on what ends with a tag, and whatever is left at the end."""

    others = "JSON (application/sparql-results+json) and TSV (text/tab-separated-values)"
    """The formats that can hold what XML cannot."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._pending: list[bytes] = []

    def write(self, data: Any) -> int:
        """Take all of the data."""
        block = bytes(data)
        end = block.rfind(b">") + 1
        if end:
            self._output.write(self._checked(b"".join((*self._pending, block[:end]))))
            self._pending.clear()
        self._pending.append(block[end:])
        return len(block)

    def flush(self) -> None:
        """Do nothing: a tag that is not complete cannot be checked yet."""

    def finish(self) -> None:
        """Hand on the rest."""
        self._output.write(self._checked(b"".join(self._pending)))

    def _checked(self, text: bytes) -> bytes:
        if b"\r" in text:
            text = text.replace(b"\r", b"&#13;")
        if len(text.translate(None, _CONTROLS)) < len(text) or _NONCHARACTER.search(text):
            illegal = "".join(_ILLEGAL.findall(text.decode(errors="replace")))
            code = " ".join(f"U+{ord(character):04X}" for character in illegal[:1])
            raise UnwritableError(f"a value holds the character {code}, which no XML can hold; {self.others} can")
        return text


class _CheckedRdfXml(_CheckedXml):
    """Also mends what can be written otherwise, and refuses what cannot."""

    others = "Turtle (text/turtle), N-Triples and JSON-LD"

    def __init__(self, output: IO[bytes]) -> None:
        super().__init__(output)
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def finish(self) -> None:
        """Hand on the rest, which ends the document."""
        super().finish()
        self._parse(b"", is_last=True)

    def _checked(self, text: bytes) -> bytes:
        if b"oxprefix:" in text:
            text = _CLASS.sub(rb'<rdf:Description \2>\n\t\t<rdf:type rdf:resource="\1"/>', text)
            text = _CLASS_END.sub(rb"\1</rdf:Description>", text)
        if b' rdf:nodeID="' in text:
            text = _NODE_LABEL.sub(b' rdf:nodeID="_', text)
        text = super()._checked(text)
        self._parse(text)
        return text

    def _parse(self, text: bytes, *, is_last: bool = False) -> None:
        before = self._parser.CurrentLineNumber
        try:
            self._parser.Parse(text, is_last)
        except expat.ExpatError as error:
            problem = _problem("".join(text.decode(errors="replace").split("\n")[error.lineno - before :][:1]))
            raise UnwritableError(f"{problem}; {self.others} can hold it") from error


def _problem(line: str) -> str:
    """Return what XML cannot hold of a line that does not parse."""
    if named := _NAMED.search(line):
        iri = (named.group(2) + named.group(1)).replace("&apos;", "'").replace("&amp;", "&")
        return f"the property <{iri}> cannot name an element of XML, as its end is not a name"
    return f"“{line.strip()[:100]}” is no XML"
