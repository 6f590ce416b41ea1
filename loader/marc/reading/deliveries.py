"""What reading a MARC file gives, one after another: records, what could not be read, and deletions."""

from __future__ import annotations

from typing import NamedTuple

from nbkg.records.form import Form
from nbkg.records.record import DeliveredRecord, OaiHeader


class DamagedRecord(NamedTuple):
    """Bytes of a file that are no record, or a record whose fields are uncertain."""

    form: Form
    raw: bytes
    offset: int
    """Where they begin in the content of the file."""
    reason: str


class DeletedHeader(NamedTuple):
    """The header of an OAI-PMH answer that says that a record is deleted."""

    header: OaiHeader
    offset: int


Delivery = DeliveredRecord | DamagedRecord | DeletedHeader
