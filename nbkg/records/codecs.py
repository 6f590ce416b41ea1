"""Reading and writing a record in each of its forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nbkg.records import iso2709, iso2709_writing, marc_in_json, marcxml
from nbkg.records.character_sets import is_utf8
from nbkg.records.form import Form
from nbkg.records.record import MarcRecord

_READERS: Mapping[Form, Callable[[bytes], MarcRecord]] = {
    Form.ISO2709: iso2709.read_record,
    Form.MARCXML: marcxml.read_record,
    Form.MARC_JSON: marc_in_json.read_record,
}
_WRITERS: Mapping[Form, Callable[[MarcRecord], bytes]] = {
    Form.ISO2709: iso2709_writing.write_record,
    Form.MARCXML: marcxml.write_record,
    Form.MARC_JSON: marc_in_json.write_record,
}


def read_record(form: Form, raw: bytes, character_set: str = "") -> MarcRecord:
    """Return the record of its bytes. Raises MarcRecordError where its fields are uncertain.

    `character_set` is that of text in ISO 2709 which is not UTF-8; empty where it is MARC-8, as MARC 21 has it.
    """
    if character_set and form is Form.ISO2709 and not is_utf8(raw):
        return iso2709.read_record(raw, character_set)
    return _READERS[form](raw)


def write_record(form: Form, record: MarcRecord) -> bytes:
    """Return the bytes of a record in UTF-8.

    Raises UnwritableError, which names the field, for what the form cannot hold.
    """
    return _WRITERS[form](record)
