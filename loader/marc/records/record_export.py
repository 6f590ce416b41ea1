"""`nbkg marc export`: the records of a source as a file of ISO 2709 or MARCXML."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from nbkg.errors import EditConflictError, MarcRecordError, UnwritableError, UsageError
from nbkg.records.form import Form
from nbkg.records.store.edited_record import edited_bytes
from nbkg.records.store.edits import Edit
from nbkg.records.store.record_store import RecordStore, StoredRecord
from nbkg.storage.atomic_replace import sibling

FORMS = (Form.ISO2709, Form.MARCXML)
_FRAME = {
    Form.MARCXML: (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<marc:collection xmlns:marc="http://www.loc.gov/MARC21/slim">\n',
        b"</marc:collection>\n",
    )
}
"""What stands before and after the records. The prefix leaves records without a namespace as they were delivered."""


@dataclass(frozen=True)
class RecordExport:
    """What is exported, and where to."""

    file: Path
    form: Form = Form.ISO2709
    delivery: int | None = None
    """The delivery as of which records are exported; None for the newest."""
    rest: Path | None = None
    """A file for the records that the form cannot hold, as MARCXML."""


@dataclass
class ExportReport:
    """What an export did."""

    exported: int = 0
    rest: int = 0
    """How many records are in the file for the rest."""
    refused: list[str] = field(default_factory=list)
    """A line for each record that is not in the file: its name and the reason."""


def export_records(store: RecordStore, export: RecordExport, progress: Callable[[int], object] = id) -> ExportReport:
    """Write the records of a source to a file, which is replaced when it is complete, and return what was refused.

    A record without edits that came in the form is written byte for byte. One that the form cannot hold, or that an
    edit does not fit, is refused and the others are written.
    """
    if export.rest == export.file:
        raise UsageError(f"{export.rest}: the rest needs a file of its own")
    report, edited = ExportReport(), store.edited_records()
    with ExitStack() as files:
        output = _RecordFile(files, export.file, export.form)
        rest = _RecordFile(files, export.rest, Form.MARCXML) if export.rest else None
        for number, record in enumerate(store.iter_records(export.delivery), 1):
            edits = store.edits(record.record, export.delivery) if record.record in edited else []
            _write(record, edits, (output, rest), report)
            progress(number)
        for each in (output, rest):
            if each:
                each.finish()
    return report


class _RecordFile:
    """A file of records in the making."""

    def __init__(self, files: ExitStack, file: Path, form: Form) -> None:
        self.form = form
        self._file, self._new = file, sibling(file, ".new")
        try:
            self._stream: IO[bytes] = files.enter_context(self._new.open("wb"))
        except OSError as error:
            raise UsageError(f"{file}: it cannot be written ({error.strerror})") from error
        files.callback(self._new.unlink, missing_ok=True)
        self._stream.write(_FRAME.get(form, (b"", b""))[0])

    def write(self, raw: bytes) -> None:
        self._stream.write(raw if self.form is Form.ISO2709 else raw + b"\n")

    def finish(self) -> None:
        self._stream.write(_FRAME.get(self.form, (b"", b""))[1])
        self._stream.close()
        self._new.replace(self._file)


def _write(
    record: StoredRecord, edits: list[Edit], outputs: tuple[_RecordFile, _RecordFile | None], report: ExportReport
) -> None:
    output, rest = outputs
    try:
        output.write(edited_bytes(record, edits, output.form))
        report.exported += 1
    except UnwritableError as error:
        report.refused.append(str(error))
        if rest:
            report.rest += _write_rest(record, edits, rest)
    except (EditConflictError, MarcRecordError) as error:
        report.refused.append(str(error))


def _write_rest(record: StoredRecord, edits: list[Edit], rest: _RecordFile) -> bool:
    try:
        rest.write(edited_bytes(record, edits, rest.form))
    except UnwritableError:  # XML cannot hold it either, and it is in the report already
        return False
    return True
