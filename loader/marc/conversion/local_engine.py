"""Conversion on one machine: this process cuts the files, and as many as are wanted convert the pieces.

A worker gets pieces over a pipe of its own and ends when the pipe does, so that none outlives a process that is killed
by more than one piece.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self, cast

from loader.marc.conversion.conversion_engine import DonePiece, FileError, same_piece
from loader.marc.conversion.file_pieces import FilePiece, cut_file
from loader.marc.conversion.job import ConversionJob
from loader.marc.conversion.part_files import PieceOutcome, find_outcome
from loader.marc.conversion.piece_converter import Convert, make_converter
from nbkg.errors import DataError, NbkgError

_YOUNG = 50_000
"""New objects after which the collector looks for cycles: after 700, as it does by itself, it takes 3 % of the time."""


class LocalEngine:
    """Converts in this process where there is one job at a time, else in so many others."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def run(self, job: ConversionJob, files: Sequence[int]) -> Iterator[DonePiece | FileError]:
        """Convert the pieces of files; see `ConversionEngine`."""
        pieces = _iter_pieces(job, files)
        if self._jobs == 1:
            yield from _run_here(job, pieces)
            return
        with _Workers(job, self._jobs) as workers:
            yield from workers.run(job, pieces)


def _iter_pieces(job: ConversionJob, files: Sequence[int]) -> Iterator[FilePiece | FileError]:
    for index in files:
        try:
            yield from cut_file(index, job.files[index])
        except DataError as error:
            yield FileError(index, str(error))


def _run_here(job: ConversionJob, pieces: Iterator[FilePiece | FileError]) -> Iterator[DonePiece | FileError]:
    convert = make_converter(job)
    with _collecting_rarely():
        for piece in pieces:
            if isinstance(piece, FileError):
                yield piece
            else:
                yield DonePiece(same_piece(piece), find_outcome(job, piece) or convert(piece))


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Workers:
    """Processes that convert pieces."""

    def __init__(self, job: ConversionJob, number: int) -> None:
        self._job, self._number = job, number
        self._processes: dict[Connection, BaseProcess] = {}
        self._busy: dict[Connection, FilePiece] = {}

    def __enter__(self) -> Self:
        can_fork = _can_fork()
        context = multiprocessing.get_context("fork") if can_fork else multiprocessing.get_context("spawn")
        for _ in range(self._number):
            mine, theirs = context.Pipe()
            inherited = [*self._processes, mine] if can_fork else []
            process = context.Process(target=_work, args=(theirs, self._job, inherited), daemon=True)
            process.start()
            theirs.close()
            self._processes[mine] = process
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection, process in self._processes.items():
            connection.close()
            if error is not None:
                process.terminate()
        for process in self._processes.values():
            process.join()

    def run(self, job: ConversionJob, pieces: Iterator[FilePiece | FileError]) -> Iterator[DonePiece | FileError]:
        idle = list(self._processes)
        for piece in pieces:
            if isinstance(piece, FileError):
                yield piece
            elif (outcome := find_outcome(job, piece)) is not None:
                yield DonePiece(same_piece(piece), outcome)
            else:
                if not idle:
                    yield from self._receive(idle)
                self._send(idle.pop(), piece)
        while self._busy:
            yield from self._receive(idle)

    def _send(self, connection: Connection, piece: FilePiece) -> None:
        try:
            connection.send(piece)
        except BrokenPipeError:
            raise self._ended(connection, piece) from None
        self._busy[connection] = same_piece(piece)

    def _receive(self, idle: list[Connection]) -> Iterator[DonePiece]:
        """Yield what is done, once anything is."""
        for ready in cast(list[Connection], wait(list(self._busy))):
            piece = self._busy.pop(ready)
            try:
                outcome = ready.recv()
            except (EOFError, ConnectionResetError):
                raise self._ended(ready, piece) from None
            if isinstance(outcome, str):
                raise NbkgError(f"{self._job.files[piece.file]}: piece {piece.number} was not converted:\n{outcome}")
            idle.append(ready)
            yield DonePiece(piece, PieceOutcome(*outcome))

    def _ended(self, connection: Connection, piece: FilePiece) -> NbkgError:
        process = self._processes[connection]
        process.join()
        file = self._job.files[piece.file]
        return NbkgError(
            f"{file}: the process that converted piece {piece.number} ended with {process.exitcode}; "
            "run the same command again, and it goes on"
        )


def _can_fork() -> bool:
    """Return whether workers may be copies of this process, which spares each half a second for its imports.

    They may where this is the only thread, as it is unless a bar is shown on a terminal.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _work(connection: Connection, job: ConversionJob, inherited: list[Connection]) -> None:
    """Convert what comes, until nothing comes any more.

    `inherited` are the other ends of pipes, which a copy of the process has too: left open, they would end no pipe.
    """
    for each in inherited:
        each.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that gives the work ends it
    convert = prepare(job)
    while True:
        try:
            piece = connection.recv()
        except EOFError:
            return
        try:
            answer: PieceOutcome | str = convert(piece)
        except OSError as error:
            answer = f"{error.filename or ''}: {error.strerror}"
        except Exception:  # whatever it is, the process that gave the work has to say it
            answer = traceback.format_exc()
        try:
            connection.send(answer)
        except BrokenPipeError:
            return


def prepare(job: ConversionJob) -> Convert:
    """Return the converter of a process that does nothing else."""
    convert = make_converter(job)
    gc.freeze()
    gc.set_threshold(_YOUNG)
    return convert
