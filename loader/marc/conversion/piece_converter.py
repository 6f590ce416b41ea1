"""The conversion of one piece into files: a pure function of the job and the piece, which every engine runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

from loader.marc.conversion.file_pieces import FilePiece
from loader.marc.conversion.job import ConversionJob
from loader.marc.conversion.part_files import FOLDER, PieceOutcome, open_new, part_files, write_outcome
from loader.marc.conversion.report_lines import deletion_line, iter_report_lines
from loader.marc.conversion.statement_files import open_statements, write_lines
from loader.marc.quarantine import quarantine_line
from loader.marc.reading.declared_characters import in_declared_set
from loader.marc.reading.deliveries import DamagedRecord, DeletedHeader
from loader.marc.reading.refused_records import refuse_personal_data
from loader.marc.record_mapping import MappedRecord, make_mapping
from nbkg.rdf.external_sort import sort_lines
from nbkg.records.record import DeliveredRecord, MarcRecord

if TYPE_CHECKING:
    from loader.marc.record_validation import RecordFinding, RecordRules

_TEXTS = 1 << 19
"""Bytes that are written at once."""
_SORTED_BYTES = 12 << 20
"""Bytes of lines that are sorted in memory at a time."""

Convert = Callable[[FilePiece], PieceOutcome]


def make_converter(job: ConversionJob) -> Convert:
    """Return the function that converts the pieces of a job, writes their files, and returns what came of each."""
    map_record = make_mapping(job.source, job.profile)
    rules = _read_rules() if job.is_validated else None

    def convert_piece(piece: FilePiece) -> PieceOutcome:
        conversion = _PieceConversion(job, piece, map_record, rules)
        outcome = conversion.run()
        write_outcome(job, piece, outcome)
        return outcome

    return convert_piece


def _read_rules() -> RecordRules:
    # What reads shapes takes half a second to import.
    from loader.marc.record_validation import RecordRules  # noqa: PLC0415  only for those who check

    return RecordRules()


class _PieceConversion:
    """The state of converting one piece."""

    def __init__(
        self,
        job: ConversionJob,
        piece: FilePiece,
        map_record: Callable[[MarcRecord], MappedRecord],
        rules: RecordRules | None,
    ) -> None:
        self._job, self._piece, self._map_record, self._rules = job, piece, map_record, rules
        self._file = job.files[piece.file]
        self._paths = part_files(job, piece)
        self._records = self._deleted = self._damaged = self._omissions = self._doubts = self._position = 0
        self._broken = self._faulty = 0

    def run(self) -> PieceOutcome:
        with ExitStack() as stack:
            streams = [stack.enter_context(open_new(path)) for path in self._paths[1:5]]
            self._report, self._damages, self._list, self._findings = streams
            statements = self._write_sorted() if self._job.is_sorted else self._write()
        counts = (self._records, self._deleted, self._damaged, statements, self._omissions, self._doubts)
        return PieceOutcome(*counts, self._broken, self._faulty)

    def _write(self) -> int:
        with open_statements(self._paths.statements) as stream:
            return self._write_texts(stream)

    def _write_texts(self, stream: IO[bytes]) -> int:
        count, texts, size = 0, list[bytes](), 0
        for mapped in self._iter_mapped():
            count += len(mapped.triples)
            text = mapped.text.encode()  # by record: ASCII, as most are, takes a hundredth of the time
            texts.append(text)
            size += len(text)
            if size > _TEXTS:
                stream.write(b"".join(texts))
                texts, size = [], 0
        stream.write(b"".join(texts))
        return count

    def _write_sorted(self) -> int:
        with TemporaryDirectory(dir=self._job.out / FOLDER, prefix=f".{self._piece.name}.") as folder:
            lines = (line.encode() for mapped in self._iter_mapped() for line in mapped.lines)
            file = sort_lines(lines, Path(folder), run_bytes=_SORTED_BYTES)
            with file.open("rb") as stream:
                return write_lines(self._paths.statements, stream)

    def _iter_mapped(self) -> Iterator[MappedRecord]:
        """Yield what the records became, and write what else is to be written on the way."""
        deliveries = in_declared_set(self._piece.read(self._file), self._job.profile.character_set)
        for delivery in refuse_personal_data(deliveries):
            match delivery:
                case DeliveredRecord():
                    yield from self._map(delivery)
                case DamagedRecord():
                    self._put_aside(delivery)
                case DeletedHeader():
                    self._deleted += 1
                    self._report.write(deletion_line(delivery.header.identifier).encode())

    def _map(self, delivered: DeliveredRecord) -> Iterator[MappedRecord]:
        record = delivered.record
        try:
            mapped = self._map_record(record)
        except Exception as error:  # one record that a rule fails on must not end a run of millions
            reason = f"the mapping failed: {type(error).__name__}: {error}"
            self._put_aside(DamagedRecord(delivered.form, delivered.raw, delivered.offset, reason))
            return
        self._records += 1
        self._omissions += len(mapped.omissions)
        self._doubts += len(mapped.doubts) + len(record.oddities)
        if self._rules and not record.is_deleted:
            self._check(delivered, self._rules.check(mapped.lines))
        if mapped.omissions or mapped.doubts or record.oddities:
            name = record.control_number.strip() or f"{self._file}, byte {delivered.offset}"
            lines = iter_report_lines(name, mapped, record.oddities)
            self._report.write("".join(lines).encode())
        yield mapped

    def _check(self, delivered: DeliveredRecord, findings: list[RecordFinding]) -> None:
        """Write the rules that a record breaks, and count them."""
        name = delivered.record.control_number.strip() or f"byte {delivered.offset:,}"
        self._findings.write("".join([each.line(self._file, name) for each in findings]).encode())
        self._broken += len(findings)
        self._faulty += any(each.is_error for each in findings)

    def _put_aside(self, damaged: DamagedRecord) -> None:
        self._damaged += 1
        self._damages.write(damaged.raw)
        line = quarantine_line(self._file, damaged, self._position)
        self._position += len(damaged.raw)
        self._list.write((json.dumps(line, ensure_ascii=False) + "\n").encode())
