"""Files of MARCXML in every dress: alone, in collections, and inside the answers of OAI-PMH and SRU.

A `record` element is a MARC record when a leader or a field begins in it, whatever its namespace. Its bytes are cut
out of the document. After a fault inside a record, reading goes on behind that record; documents may follow one
another in a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from loader.marc.reading.byte_window import ByteWindow
from loader.marc.reading.deliveries import DamagedRecord, DeletedHeader, Delivery
from loader.marc.reading.xml_envelope import Element, Envelope, declarations
from loader.marc.reading.xml_faults import Fault, locate_fault
from nbkg.errors import DataError, MarcRecordError
from nbkg.records.form import Form
from nbkg.records.marcxml import NAMESPACES, RecordBuilder, UnclosedRecordError, local_name, make_parser, read_record
from nbkg.records.record import DeliveredRecord, MarcRecord

_BLOCK = 1 << 18
_LIMIT = 1 << 26
"""Bytes of one record; more are no record."""
_INSIDE = {"leader", "controlfield", "datafield"}
_NAME = re.compile(rb"<([^\s/>]+)")


def read_marcxml(stream: IO[bytes]) -> Iterator[Delivery]:
    """Yield what a file of MARCXML in UTF-8 holds, in its order. Memory is bounded by its largest record.

    Raises DataError, after what could be read, where the document is not well-formed outside records, declares a
    document type, or holds no record and no deletion.
    """
    document = _Document()
    is_end = False
    while not is_end:
        block = stream.read(_BLOCK)
        is_end = not block
        yield from document.read(block, is_end=is_end)
    document.check()


class _Document:
    """The state of reading one file."""

    def __init__(self) -> None:
        self._window = ByteWindow()
        self._root = ""
        self._deliveries: list[Delivery] = []
        self._is_any = False
        self._fault: Fault | None = None
        """The fault behind which reading has yet to go on."""
        self._failure: DataError | None = None
        """The first fault outside records."""
        self._begin(0, [])

    def _begin(self, position: int, ancestors: list[Element]) -> None:
        """Begin a parser at a position in the file, as if the start tags of these elements stood before it."""
        self._parser = make_parser()
        prefix = b"".join(element.start_tag() for element in ancestors)
        self._parser.Parse(prefix, False)
        self._zero = position - len(prefix)
        self._first = position
        self._envelope = Envelope()
        self._envelope.elements = ancestors
        self._parser.StartNamespaceDeclHandler = self._envelope.declare
        self._leave_record()

    def _leave_record(self) -> None:
        self._builder: RecordBuilder | None = None
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._envelope.text.append

    def read(self, block: bytes, *, is_end: bool) -> Iterator[Delivery]:
        """Yield what is complete with one more block of the file. Raises DataError after it."""
        self._window.append(block)
        failure = None
        try:
            self._advance(block, is_end=is_end)
            self._forget()
        except MarcRecordError as error:
            failure = error
        self._is_any = self._is_any or bool(self._deliveries)
        yield from self._deliveries
        self._deliveries.clear()
        if failure:
            raise failure

    def check(self) -> None:
        """Raise DataError where the document was faulty outside records, or held nothing."""
        if self._failure:
            raise self._failure
        if not self._is_any:
            raise DataError(f"there is no MARC record in it; its root element is <{self._root}>")

    def _advance(self, block: bytes, *, is_end: bool) -> None:
        while True:
            if self._fault:
                if not self._pass(self._fault, is_end=is_end):
                    return
                block = self._window.slice(self._first)
            try:
                self._parser.Parse(block, is_end)
            except expat.ExpatError as error:
                self._meet(error)
                if not self._fault:
                    block = self._window.slice(self._first)
            except UnclosedRecordError as error:
                at = self._zero + error.index
                self._fault = locate_fault(self._window, at, error.problem, self._envelope.open_record)
            else:
                return

    def _meet(self, error: expat.ExpatError) -> None:
        """Decide how to go on after a fault. Behind the root element a new document may begin, which is no fault."""
        position = self._zero + self._parser.ErrorByteIndex
        envelope, what = self._envelope, f"it is not well-formed XML: {expat.ErrorString(error.code)}"
        if not envelope.elements and self._root and self._first < position < self._window.end:
            self._begin(position, [])
            return
        self._fault = locate_fault(self._window, position, what, envelope.open_record)
        if self._fault.begin is None:
            self._failure = self._failure or DataError(what, line=self._window.line(position))

    def _pass(self, fault: Fault, *, is_end: bool) -> bool:
        """Return whether reading goes on behind a fault; more bytes may be needed first."""
        end = fault.find_resumption(self._window)
        if end is None and not is_end:
            return False
        position = self._window.end if end is None else end
        if fault.begin is not None:
            raw = self._window.slice(fault.begin, position)
            self._deliveries.append(DamagedRecord(Form.MARCXML, raw, fault.begin, fault.reason))
        elements = self._envelope.elements
        self._fault = None
        self._begin(position, elements[:-1] if fault.element else elements)
        return end is not None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        envelope, local = self._envelope, local_name(name)
        index = self._parser.CurrentByteIndex
        if local in _INSIDE and (record := envelope.open_record):
            begin = record.begin - self._zero
            self._builder = builder = RecordBuilder(self._parser, begin, record.name, self._end_record)
            self._parser.StartElementHandler, self._parser.EndElementHandler = builder.start, builder.end
            self._parser.CharacterDataHandler = builder.text
            builder.start(name, attributes)
            return
        begin = self._zero + index
        written = _NAME.match(self._window.slice(begin, begin + 1024))
        element = Element(name, written.group(1).decode() if written else local, begin, envelope.take_declared())
        self._root = self._root or element.qualified_name
        envelope.elements.append(element)
        envelope.text.clear()
        if local == "header":
            envelope.start_header(attributes)

    def _end(self, name: str) -> None:
        """End an element outside MARC records."""
        envelope, local = self._envelope, local_name(name)
        element = envelope.elements.pop()
        envelope.end_text(local)
        if local == "header" and envelope.oai and envelope.oai.is_deleted:
            self._deliveries.append(DeletedHeader(envelope.oai.header, element.begin))
        elif local == "recordData":
            self._read_escaped("".join(envelope.text).strip(), element)
        elif local == "record":
            self._end_empty(element)
        envelope.text.clear()

    def _end_empty(self, element: Element) -> None:
        """End a `record` in which no leader and no field began."""
        oai = self._envelope.oai
        if element.namespace in NAMESPACES:
            self._put_aside(element, "the record has no leader and no fields")
        elif oai and not (oai.is_deleted or oai.has_marc):
            self._put_aside(element, f"the OAI record {oai.identifier or 'without identifier'} holds no MARC record")
        self._envelope.oai = None if element.namespace not in NAMESPACES else oai

    def _put_aside(self, element: Element, reason: str) -> None:
        raw = self._window.slice(element.begin, self._end_of(element))
        self._deliveries.append(DamagedRecord(Form.MARCXML, raw, element.begin, reason))
        if element.namespace in NAMESPACES and self._envelope.oai:
            self._envelope.oai.has_marc = True

    def _end_of(self, element: Element) -> int:
        """Return where an element ends whose end is being read: with its end tag, or with its only tag."""
        at = self._zero + self._parser.CurrentByteIndex
        end_tag = b"</" + element.qualified_name.encode()
        return self._window.find_end(b">", at) if self._window.slice(at, at + len(end_tag)) == end_tag else at

    def _read_escaped(self, text: str, element: Element) -> None:
        """Read a record that an SRU answer delivers as text (recordPacking “string”)."""
        if text.startswith("<"):
            raw = text.encode()
            self._deliver(raw, element.begin, lambda: read_record(raw))

    def _end_record(self) -> None:
        builder, envelope = self._builder, self._envelope
        if builder is None:
            return
        element = envelope.elements[-1]
        raw = self._window.slice(element.begin, self._end_of(element))
        declared = self._self_contained(raw, element)
        self._deliver(declared, element.begin, lambda: builder.finish(declared, len(declared) - len(raw)))
        if envelope.oai:
            envelope.oai.has_marc = True
        envelope.elements.pop()
        envelope.take_declared()
        self._leave_record()

    def _self_contained(self, raw: bytes, element: Element) -> bytes:
        """Return the bytes of a record with the declarations of the namespaces that it takes from around it."""
        needed = {
            prefix: iri
            for prefix, iri in self._envelope.namespaces_around().items()
            if prefix not in element.namespaces and iri and (prefix is None or f"{prefix}:".encode() in raw)
        }
        at = 1 + len(element.qualified_name.encode())
        return raw[:at] + declarations(needed).encode() + raw[at:] if needed else raw

    def _deliver(self, raw: bytes, begin: int, read: Callable[[], MarcRecord]) -> None:
        """Deliver a record, but for one whose header says that it is deleted."""
        oai = self._envelope.oai
        if oai and oai.is_deleted:
            return
        try:
            record = read()
        except MarcRecordError as error:
            self._deliveries.append(DamagedRecord(Form.MARCXML, raw, begin, str(error)))
        else:
            header = oai.header if oai else None
            self._deliveries.append(DeliveredRecord(Form.MARCXML, raw, record, begin, header))

    def _forget(self) -> None:
        """Drop the bytes that no open record needs. Raises MarcRecordError where there are too many."""
        needed = [self._zero + self._parser.CurrentByteIndex]
        if record := self._envelope.open_record:
            needed.append(record.begin)
        if fault := self._fault:
            needed = [fault.position if fault.begin is None else fault.begin]
        self._window.forget(min(needed))
        if self._window.end - self._window.begin > _LIMIT:
            raise MarcRecordError(f"what begins at byte {self._window.begin} is longer than 64 MB: it is no record")
