"""MARCXML and MarcXchange: one record (https://www.loc.gov/standards/marcxml/, ISO 25577).

Elements are known by their local names: records come in the namespace of MARCXML, of MarcXchange, and in none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from nbkg.errors import MarcRecordError, UnwritableError
from nbkg.records.field_oddities import USUAL_INDICATORS, iter_field_oddities
from nbkg.records.record import MarcField, MarcRecord, Oddity, iter_structure_oddities

NAMESPACE = "http://www.loc.gov/MARC21/slim"
NAMESPACES = frozenset({NAMESPACE, "info:lc/xmlns/marcxchange-v1", "info:lc/xmlns/marcxchange-v2"})
_SUSPICIOUS = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xef\xbf\xbd|&#")
"""What a control character looks like; XML itself allows no other than these and white space."""
_CODES = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets)."""


class UnclosedRecordError(MarcRecordError):
    """A record begins inside another one, whose end tag is missing."""

    def __init__(self, index: int) -> None:
        super().__init__("another record begins before its end tag")
        self.index = index
        """The parser's byte index of the inner record; after the error, the parser does not know it any more."""


def local_name(name: str) -> str:
    """Return the local part of a name as expat gives it: the namespace, a blank, the local part."""
    return name.rpartition(" ")[2]


class RecordBuilder:
    """Makes a record of the elements inside a `record` element, as a parser meets them."""

    def __init__(
        self, parser: expat.XMLParserType, begin: int, name: str = "record", on_end: Callable[[], None] = lambda: None
    ) -> None:
        self._parser = parser
        self._name, self._on_end = name, on_end
        self._begin = begin
        """The parser's byte index of the record's start tag, from which offsets count."""
        self._subfield = f"{name.removesuffix('record')}subfield"
        """The name of most elements, which is looked for first."""
        self._leader = ""
        self._fields: list[MarcField] = []
        self._offsets: list[int] = []
        self._oddities: list[Oddity] = []
        self._is_odd = False
        self._text = ""
        self._tag = self._indicators = self._code = ""
        self._subfields: list[tuple[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        if name == self._subfield:
            self._code = code = attributes.get("code", "")
            if code not in _CODES:
                self._is_odd = True
        else:
            self._start_field(name.rpartition(" ")[2], attributes)
        self._text = ""

    def _start_field(self, local: str, attributes: dict[str, str]) -> None:
        if local in {"datafield", "controlfield"}:
            self._tag = attributes.get("tag", "")
            if len(self._tag) != 3 or not self._tag.isalnum():
                self._is_odd = True
            self._offsets.append(self._parser.CurrentByteIndex - self._begin)
            if local == "datafield":
                self._begin_data_field(attributes)
        elif local == "subfield":
            self._code = attributes.get("code", "")
            self._is_odd = True
        elif local == "record" and (self._fields or self._leader or self._tag):
            raise UnclosedRecordError(self._parser.CurrentByteIndex)

    def _begin_data_field(self, attributes: dict[str, str]) -> None:
        self._subfields = []
        first, second = attributes.get("ind1", ""), attributes.get("ind2", "")
        if not first or not second:
            what = "an indicator is missing or empty, and is read as a blank"
            self._oddities.append(Oddity("indicator", self._tag, self._offsets[-1], what))
        self._indicators = (first or " ") + (second or " ")
        if self._indicators not in USUAL_INDICATORS:
            self._is_odd = True

    def text(self, text: str) -> None:
        """Take character data."""
        self._text += text

    def end(self, name: str) -> None:
        """End an element."""
        if name == self._subfield:
            value = self._text
            if not value:
                self._is_odd = True
            self._subfields.append((self._code, value))
        elif name == self._name:
            self._on_end()
        else:
            self._end_field(name.rpartition(" ")[2])
        self._text = ""

    def _end_field(self, local: str) -> None:
        if local == "subfield":
            self._subfields.append((self._code, self._text))
        elif local == "datafield":
            self._end_data_field()
        elif local == "controlfield":
            self._fields.append(MarcField(self._tag, data=self._text))
            if self._tag[:2] != "00":
                self._is_odd = True
        elif local == "leader":
            self._leader = self._text

    def _end_data_field(self) -> None:
        data = "" if self._subfields else self._text.strip()
        if not self._subfields or self._tag[:2] == "00":
            self._is_odd = True
        self._fields.append(MarcField(self._tag, self._indicators, self._subfields or (), data))

    def finish(self, raw: bytes, inserted: int = 0) -> MarcRecord:
        """Return the record whose element has these bytes, of which so many were inserted into its start tag.

        Raises MarcRecordError where it has no fields.
        """
        if not self._fields:
            raise MarcRecordError("the record has no fields")
        if len(self._leader) != 24:
            what = f"the leader has {len(self._leader)} characters: {self._leader!r}"
            self._oddities.append(Oddity("leader", "LDR", None, what))
        if self._is_odd or _SUSPICIOUS.search(raw):
            for field, offset in zip(self._fields, self._offsets, strict=True):
                self._oddities.extend(iter_field_oddities(field, offset + inserted))
        self._oddities.extend(iter_structure_oddities(self._fields))
        return MarcRecord(self._leader, self._fields, self._oddities)


def make_parser() -> expat.XMLParserType:
    """Return a parser of UTF-8 that refuses a document type declaration, and with it all entities."""
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(name: str, *_identifiers: Any) -> None:
    message = f"it has a document type declaration (<!DOCTYPE {name}>), which is refused for its entities: remove it"
    raise MarcRecordError(message)


def read_record(raw: bytes) -> MarcRecord:
    """Return the record of one `record` element in UTF-8. Raises MarcRecordError."""
    parser = make_parser()
    builder = RecordBuilder(parser, 0)
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise MarcRecordError(
            f"it is not well-formed XML: {expat.ErrorString(error.code)}", line=error.lineno
        ) from error
    return builder.finish(raw)


def write_record(record: MarcRecord) -> bytes:
    """Return a `record` element in UTF-8, with its namespace. Raises UnwritableError for what XML cannot hold."""
    lines = [f'<record xmlns="{NAMESPACE}">', f"  <leader>{_escaped(record.leader, 'LDR')}</leader>"]
    for field in record.fields:
        tag = quoteattr(_checked(field.tag, field.tag))
        if not field.indicators and not field.subfields:
            lines.append(f"  <controlfield tag={tag}>{_escaped(field.data, field.tag)}</controlfield>")
            continue
        if field.data and field.subfields:
            raise UnwritableError(
                f"field {field.tag}: MARCXML has no place for text beside subfields: {field.data[:40]!r}"
            )
        first, second = (quoteattr(_checked(sign, field.tag)) for sign in (field.indicators[:1], field.indicators[1:]))
        lines.append(f"  <datafield tag={tag} ind1={first} ind2={second}>{_escaped(field.data, field.tag)}")
        for code, value in field.subfields:
            code_attribute = quoteattr(_checked(code, field.tag))
            lines.append(f"    <subfield code={code_attribute}>{_escaped(value, field.tag)}</subfield>")
        lines.append("  </datafield>")
    return "\n".join([*lines, "</record>\n"]).encode()


def _escaped(text: str, tag: str) -> str:
    return escape(_checked(text, tag), {"\r": "&#13;"})


def _checked(text: str, tag: str) -> str:
    if illegal := _ILLEGAL.search(text):
        raise UnwritableError(f"field {tag}: XML cannot hold U+{ord(illegal.group()):04X}, which is in {text[:40]!r}")
    return text
