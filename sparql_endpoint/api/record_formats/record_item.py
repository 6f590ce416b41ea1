"""A record that is given out: what the listing says of it, with the record of the store."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbkg.errors import NbkgError
from nbkg.records.listing.record_listing import ListedRecord, RecordListing
from nbkg.records.record import MarcField, MarcRecord
from nbkg.records.store.edited_record import edited_record
from nbkg.records.store.edits import Edit
from nbkg.records.store.record_store import RecordStore, StoredRecord, open_records

_LOG = logging.getLogger(__name__)
_SUSPICIOUS = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1c]|\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf]|\\u(?:00[01]|[dD][89a-fA-F]|[fF]{3}[eEfF])"
)
"""Bytes that may be, or in JSON stand for, a character that XML cannot hold."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets)."""


@dataclass
class RecordItem:
    """A record that is given out."""

    listed: ListedRecord
    iri: str
    """The IRI of the record in the data."""
    stored: StoredRecord
    edits: list[Edit]

    @cached_property
    def record(self) -> MarcRecord:
        """The record with its edits, without what XML cannot hold. Raises EditConflictError, MarcRecordError."""
        return _cleaned(self._edited) if self.has_illegal_characters else self._edited

    @cached_property
    def _edited(self) -> MarcRecord:
        return edited_record(self.stored, self.edits)

    @cached_property
    def has_illegal_characters(self) -> bool:
        """Whether the record has characters that XML cannot hold, in whose place U+FFFD is given out.

        Raises EditConflictError, MarcRecordError.
        """
        if not self.edits and not _SUSPICIOUS.search(self.stored.raw):
            return False
        texts = (text for field in self._edited.fields for text in _texts(field))
        return any(_ILLEGAL.search(text) for text in (self._edited.leader, *texts))

    @property
    def is_edited(self) -> bool:
        """Whether people changed the record as it was delivered."""
        return any(not edit.withdrawal for edit in self.edits)


def _texts(field: MarcField) -> Iterator[str]:
    yield from (field.tag, field.indicators, field.data)
    for code, value in field.subfields:
        yield from (code, value)


def _cleaned(record: MarcRecord) -> MarcRecord:
    def clean(text: str) -> str:
        return _ILLEGAL.sub("\ufffd", text)

    fields = [
        MarcField(
            clean(field.tag),
            clean(field.indicators),
            [(clean(code), clean(value)) for code, value in field.subfields],
            clean(field.data),
        )
        for field in record.fields
    ]
    return MarcRecord(clean(record.leader), fields, record.oddities)


class RecordItems:
    """Reads the records of a listing, as of what the listing knows; the sources stay open until it is closed."""

    def __init__(self, folder: Path, listing: RecordListing, base: str) -> None:
        self._folder = folder
        self._deliveries = listing.deliveries()
        self._base = base
        self._stack = ExitStack()
        self._stores: dict[str, RecordStore] = {}

    def __enter__(self) -> RecordItems:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def iri(self, listed: ListedRecord) -> str:
        """Return the IRI of a record in the data."""
        return f"{self._base}id/record/{listed.name}"

    def read_all(self, records: Iterable[ListedRecord]) -> list[RecordItem]:
        """Return those of the records that can be read; one whose block is damaged is logged and left out."""
        return [item for listed in records if (item := self._read(listed))]

    def _read(self, listed: ListedRecord) -> RecordItem | None:
        try:
            store, delivery = self._store(listed.source), self._deliveries[listed.source]
            stored = store.read(listed.record, delivery)
            if stored is None or not stored.raw:
                return None
            return RecordItem(listed, self.iri(listed), stored, store.edits(listed.record, delivery))
        except NbkgError as error:  # also where the folder of the source was removed
            _LOG.error("not given out: %s: %s", listed.name, error)
            return None

    def _store(self, source: str) -> RecordStore:
        if source not in self._stores:
            self._stores[source] = self._stack.enter_context(open_records(self._folder, source))
        return self._stores[source]
