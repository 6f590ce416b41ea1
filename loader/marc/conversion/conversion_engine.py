"""What runs the conversion of pieces: in this process, in several, or with Spark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from loader.marc.conversion.file_pieces import FilePiece
from loader.marc.conversion.job import ConversionJob
from loader.marc.conversion.part_files import PieceOutcome


class DonePiece(NamedTuple):
    """A piece that was converted."""

    piece: FilePiece
    """Without content that is in memory."""
    outcome: PieceOutcome


class FileError(NamedTuple):
    """Why a file could not be read, or not to its end."""

    file: int
    """The index of the file in the job."""
    error: str


class ConversionEngine(Protocol):
    """What converts the files of a job."""

    def run(self, job: ConversionJob, files: Sequence[int]) -> Iterator[DonePiece | FileError]:
        """Convert the pieces of files, given by their indexes, and yield what came of each, in any order.

        Pieces that are done already are yielded as they are. Raises NbkgError where a process ends.
        """


def same_piece(piece: FilePiece) -> FilePiece:
    """Return a piece without content that is in memory."""
    return replace(piece, content=())
