"""The files that come of one piece. A piece is done when its outcome is written, which comes last."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from loader.marc.conversion.file_pieces import FilePiece
from loader.marc.conversion.job import ConversionJob

FOLDER = ".parts"
"""The folder in the output that holds what is not complete."""
_ENDS = ("report.jsonl", "quarantine.mrc", "quarantine.jsonl", "findings.jsonl", "json")
"""How the names of a piece's files end, but for that of the statements."""


class PieceOutcome(NamedTuple):
    """What came of a piece, or of all pieces."""

    records: int = 0
    deleted: int = 0
    """Headers of OAI-PMH that say that a record is deleted; records that say so are among the records."""
    damaged: int = 0
    """Records in the quarantine: those that could not be read, and those whose mapping failed."""
    statements: int = 0
    """Lines of N-Quads."""
    omissions: int = 0
    """Lines of the report on what stays in the record only."""
    doubts: int = 0
    """Lines of the report on what was odd."""
    findings: int = 0
    """Lines on rules for records that are broken; none where the records are not checked."""
    faulty: int = 0
    """Records that break a rule that is no mere warning."""

    def plus(self, other: PieceOutcome) -> PieceOutcome:
        """Return the sum."""
        return PieceOutcome(*map(sum, zip(self, other, strict=True)))


class PartFiles(NamedTuple):
    """The paths of the files of one piece."""

    statements: Path
    report: Path
    damaged: Path
    quarantine: Path
    findings: Path
    outcome: Path


def part_files(job: ConversionJob, piece: FilePiece) -> PartFiles:
    """Return the paths of a piece's files. Statements that are sorted later are not yet in the output."""
    folder = job.out / FOLDER
    if job.is_sorted:
        statements = folder / f"{piece.name}.nq.zst"
    else:
        statements = job.out / f"{job.source}-{piece.name}.{job.format}"
    names = (f"{piece.name}.{end}" for end in _ENDS)
    return PartFiles(statements, *(folder / name for name in names))


def find_outcome(job: ConversionJob, piece: FilePiece) -> PieceOutcome | None:
    """Return the outcome of a piece that is done, or None."""
    paths = part_files(job, piece)
    if not (paths.outcome.is_file() and paths.statements.is_file()):
        return None
    return PieceOutcome(*json.loads(paths.outcome.read_bytes()))


def write_outcome(job: ConversionJob, piece: FilePiece, outcome: PieceOutcome) -> None:
    """Write that a piece is done."""
    with open_new(part_files(job, piece).outcome) as stream:
        stream.write(json.dumps(outcome).encode())


@contextmanager
def open_new(file: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing; it takes its name when all is written.

    The name before has the number of the process, so that one that outlives a killed conversion disturbs nobody.
    """
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as stream:
            yield stream
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
