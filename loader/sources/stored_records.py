"""The openers `oai_pmh` and `sru`: a build reads what was harvested, out of the store of records, and no network."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from loader.sources.source import Document, Source
from nbkg.errors import UsageError
from nbkg.records.form import Form
from nbkg.records.store.edited_record import edited_bytes
from nbkg.records.store.record_store import RecordStore, open_records
from nbkg.storage.locations import records_folder

_BEGIN = b'<marc:collection xmlns:marc="http://www.loc.gov/MARC21/slim">\n'
_END = b"</marc:collection>\n"
_IN_MEMORY = 1 << 24


def open_stored_records(source: Source) -> Iterator[Document]:
    """Yield the newest records of a source, with their edits, as one document of MARCXML.

    Nothing is fetched: two builds of one store give the same graphs. Raises UsageError where nothing was harvested,
    EditConflictError for a record that no longer has what an edit changes.
    """
    folder = records_folder()
    try:
        with open_records(folder, source.key) as store, tempfile.SpooledTemporaryFile(_IN_MEMORY) as stream:
            stream.write(_BEGIN)
            for raw in _iter_bytes(store):
                stream.write(raw + b"\n")
            stream.write(_END)
            stream.seek(0)
            yield Document(str(folder / source.key), stream)
    except UsageError as error:
        raise UsageError(
            f"<{source.iri}>: nothing was harvested yet: run nbkg harvest {source.key} ({error})"
        ) from error


def _iter_bytes(store: RecordStore) -> Iterator[bytes]:
    edited = store.edited_records()
    for record in store.iter_records():
        edits = store.edits(record.record) if record.record in edited else []
        yield edited_bytes(record, edits, Form.MARCXML)
