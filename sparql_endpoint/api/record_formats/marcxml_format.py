"""MARCXML: the bytes as delivered where they are MARCXML and nobody changed them, else the record written anew."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

from nbkg.errors import UnwritableError
from nbkg.records.form import Form
from nbkg.records.marcxml import NAMESPACE, write_record
from nbkg.records.record import MarcField, MarcRecord
from sparql_endpoint.api.record_formats.record_item import RecordItem

SCHEMA = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>\s*|^\xef\xbb\xbf")
_START = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?record\b([^>]*)>")


def write_marcxml(item: RecordItem) -> bytes:
    """Return the record element in the namespace of MARCXML."""
    if item.stored.form is Form.MARCXML and not item.is_edited and _is_in_namespace(item.stored.raw):
        return _DECLARATION.sub(b"", item.stored.raw).strip()
    try:
        return write_record(item.record).strip()
    except UnwritableError:  # a field with text beside subfields, which MARCXML has no place for
        return write_record(_without_loose_text(item.record)).strip()


def _is_in_namespace(raw: bytes) -> bool:
    match = _START.search(raw)
    if match is None:
        return False
    attribute = f"xmlns:{match[1].decode()}" if match[1] else "xmlns"
    declarations = (f"{attribute}={quoted}".encode() for quoted in (quoteattr(NAMESPACE), f"'{NAMESPACE}'"))
    return any(declaration in match[2] for declaration in declarations)


def _without_loose_text(record: MarcRecord) -> MarcRecord:
    fields = [
        MarcField(each.tag, each.indicators, each.subfields, "") if each.subfields else each for each in record.fields
    ]
    return MarcRecord(record.leader, fields)
