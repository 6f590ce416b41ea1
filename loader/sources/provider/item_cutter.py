"""Cuts the records of a list out of the XML of an answer, and reads what stands around them.

A record that makes the document no well-formed XML is put aside, and the rest of the document is read without it.
Elements are known by their local names: some providers use other prefixes, or no namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from loader.errors import ProviderError
from nbkg.errors import MarcRecordError
from nbkg.records.marcxml import local_name, make_parser

_DEPTH = 2
"""How deep a record is in its document: below the root and the list."""
_MOST_FAULTS = 200
_CUT_OFF = {3, 5, 6, 20}
"""Errors of expat for a document that ends too early: no element, an unclosed token, half a character, open CDATA."""
_NOT_NEWLINE = re.compile(rb"[^\n]")


class ItemShape(NamedTuple):
    """How the records of a list look."""

    names: frozenset[str]
    """The names of the elements that are records of the list."""
    content: str
    """The name of the element in them that has the content."""
    marks: frozenset[str]
    """Names of elements that only a record of the list has as its children."""
    ends: frozenset[str]
    """Names of elements that come after the last record, or that end with it."""


@dataclass
class CutItem:
    """A record of a list."""

    begin: int
    fields: dict[str, list[str]] = field(default_factory=dict)
    """The texts of the elements around the content, by their paths in the record."""
    attributes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """The attributes of these elements, by their paths; of a repeated one, the first."""
    content: bytes = b""
    """The element with the content and all namespaces that are declared around it; the whole record after a fault."""
    fault: str = ""

    def value(self, path: str) -> str:
        """Return the text of the first element with a path, without white space around it."""
        return next(iter(self.fields.get(path, ())), "").strip()


@dataclass
class CutAnswer:
    """An answer in pieces."""

    root: str = ""
    """The namespace of the root element, a blank, and its name."""
    items: list[CutItem] = field(default_factory=list)
    fields: dict[str, list[tuple[str, Mapping[str, str]]]] = field(default_factory=dict)
    """Text and attributes of the elements around the records, by their paths below the root."""

    def value(self, path: str) -> str:
        """Return the text of the first element with a path, without white space around it."""
        return next((text.strip() for text, _attributes in self.fields.get(path, ())), "")

    def iter_values(self, *paths: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield text and attributes of the elements with one of these paths."""
        for path in paths:
            yield from self.fields.get(path, ())


class _Open(NamedTuple):
    """An open element."""

    local: str
    begin: int
    attributes: Mapping[str, str]
    namespaces: Mapping[str | None, str]
    text: list[str]


class _UnclosedItemError(Exception):
    """A record begins inside another one."""

    def __init__(self, position: int) -> None:
        super().__init__("the next record begins before its end tag")
        self.position = position


def cut_answer(body: bytes, shape: ItemShape) -> CutAnswer:
    """Return an answer in pieces. Raises ProviderError where it is not well-formed outside its records, or cut off."""
    faulty = list[CutItem]()
    while True:
        cutter = _Cutter(body, shape)
        try:
            answer = cutter.parse()
        except (expat.ExpatError, _UnclosedItemError) as error:
            begin, end = _locate(cutter, error, body, shape)
            faulty.append(_faulty(cutter, error, body[begin:end]))
            if len(faulty) > _MOST_FAULTS:
                raise ProviderError(f"more than {_MOST_FAULTS} of its records are not well-formed XML") from error
            body = body[:begin] + _NOT_NEWLINE.sub(b" ", body[begin:end]) + body[end:]
        except MarcRecordError as error:  # of a document type
            raise ProviderError(str(error), is_final=True) from error
        else:
            answer.items = sorted([*answer.items, *faulty], key=lambda item: item.begin)
            return answer


def _locate(
    cutter: _Cutter, error: expat.ExpatError | _UnclosedItemError, body: bytes, shape: ItemShape
) -> tuple[int, int]:
    """Return where the record with a fault begins and ends. Raises ProviderError where the fault is in none."""
    item = cutter.item
    if isinstance(error, _UnclosedItemError) and item:
        return item.begin, error.position
    is_cut_off = isinstance(error, expat.ExpatError) and error.code in _CUT_OFF
    what = "the document breaks off" if is_cut_off else f"the document is not well-formed XML: {_message(error)}"
    end = _pattern(shape).search(body, max(cutter.position, item.begin + 1)) if item else None
    if item is None or end is None:
        line = body.count(b"\n", 0, cutter.position) + 1
        raise ProviderError(f"{what} (line {line})") from error
    return item.begin, end.start()


def _faulty(cutter: _Cutter, error: Exception, raw: bytes) -> CutItem:
    item = cutter.item or CutItem(0)
    return CutItem(item.begin, item.fields, item.attributes, raw, f"it is not well-formed XML: {_message(error)}")


def _message(error: Exception) -> str:
    return expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error)


def _pattern(shape: ItemShape) -> re.Pattern[bytes]:
    """Return what the beginning of the next record and the end of all of them look like."""
    names, marks, ends = ("|".join(sorted(each)) for each in (shape.names, shape.marks, shape.ends))
    text = rf"<(?:[\w.-]+:)?(?:{names})(?:\s[^>]*)?>\s*<(?:[\w.-]+:)?(?:{marks})\b|</?(?:[\w.-]+:)?(?:{ends})\b"
    return re.compile(text.encode())


class _Cutter:
    """Walks through a document once."""

    def __init__(self, body: bytes, shape: ItemShape) -> None:
        self.item: CutItem | None = None
        """The record that is open."""
        self.position = 0
        """Where parsing ended."""
        self._body, self._shape = body, shape
        self._answer = CutAnswer()
        self._path = list[_Open]()
        self._declared: dict[str | None, str] = {}
        self._parser = make_parser()
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartNamespaceDeclHandler = self._declare

    def parse(self) -> CutAnswer:
        """Return the pieces of the document. Raises the errors of the parser, and _UnclosedItemError."""
        try:
            self._parser.Parse(self._body, True)
        finally:
            self.position = self._parser.ErrorByteIndex
        return self._answer

    def _declare(self, prefix: str | None, iri: str) -> None:
        self._declared[prefix] = iri

    def _text(self, text: str) -> None:
        if self._path:
            self._path[-1].text.append(text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = local_name(name)
        declared, self._declared = self._declared, {}
        element = _Open(local, self._parser.CurrentByteIndex, attributes, declared, [])
        self._answer.root = self._answer.root or name
        if len(self._path) == _DEPTH and local in self._shape.names:
            self.item = CutItem(element.begin)
        elif self.item and local in self._shape.marks and len(self._path) > _DEPTH + 1:
            self._check_inside(self._path[-1])
        self._path.append(element)

    def _check_inside(self, parent: _Open) -> None:
        """Raise _UnclosedItemError where a record of the list begins inside another one."""
        if parent.local == self._path[_DEPTH].local:
            raise _UnclosedItemError(parent.begin)

    def _end(self, _name: str) -> None:
        element = self._path[-1]
        if self.item is None:
            path = "/".join(each.local for each in self._path[1:])
            self._answer.fields.setdefault(path, []).append(("".join(element.text), element.attributes))
        elif len(self._path) == _DEPTH + 1:
            self._note(self.item, element)  # `header` in ListIdentifiers is the record itself
            self._answer.items.append(self.item)
            self.item = None
        elif not self._is_inside_content():
            self._note(self.item, element)
            if element.local == self._shape.content and len(self._path) == _DEPTH + 2:
                self.item.content = self._self_contained(element)
        self._path.pop()

    def _is_inside_content(self) -> bool:
        return len(self._path) > _DEPTH + 2 and self._path[_DEPTH + 1].local == self._shape.content

    def _note(self, item: CutItem, element: _Open) -> None:
        path = "/".join(each.local for each in self._path[_DEPTH + 1 :])
        item.fields.setdefault(path, []).append("".join(element.text))
        item.attributes.setdefault(path, element.attributes)

    def _self_contained(self, element: _Open) -> bytes:
        """Return the bytes of an element with the namespaces that are declared around it; b"" for an empty one."""
        at = self._parser.CurrentByteIndex
        if not self._body.startswith(b"</", at):
            return b""
        raw = self._body[element.begin : self._body.find(b">", at) + 1]
        around = {prefix: iri for each in self._path[:-1] for prefix, iri in each.namespaces.items()}
        needed = {prefix: iri for prefix, iri in around.items() if prefix not in element.namespaces}
        texts = (f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(iri or '')}" for prefix, iri in needed.items())
        name = re.match(rb"<[^\s/>]+", raw)
        begin = name.end() if name else 0
        return raw[:begin] + "".join(texts).encode() + raw[begin:]
