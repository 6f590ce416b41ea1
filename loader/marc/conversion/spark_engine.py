"""Conversion with Apache Spark: the pieces are its tasks, and records never pass through the driver.

The driver cuts files of ISO 2709 into ranges and sends these, no records; each task reads its range and writes its own
files. A file that cannot be cut without reading it is one task, which reads it and converts its pieces one after
another. All machines must see the files and the folder of the job under the same paths.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from loader.marc.conversion.conversion_engine import DonePiece, FileError, same_piece
from loader.marc.conversion.file_pieces import FilePiece, cut_file, is_cut_by_ranges
from loader.marc.conversion.job import ConversionJob
from loader.marc.conversion.local_engine import prepare
from loader.marc.conversion.part_files import find_outcome
from loader.marc.conversion.piece_converter import Convert
from loader.marc.reading.marc_file import STANDARD_INPUT
from nbkg.errors import DataError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_Task = FilePiece | int
"""A range of a file, or the index of a file that cannot be cut."""


class SparkEngine:
    """Converts on a Spark cluster: that of `spark-submit`, or the one that `SPARK_MASTER` or the settings name."""

    def __init__(self, master: str | None = None) -> None:
        self._master = master

    def run(self, job: ConversionJob, files: Sequence[int]) -> Iterator[DonePiece | FileError]:
        """Convert the pieces of files; see `ConversionEngine`. Raises UsageError where PySpark is not installed."""
        if STANDARD_INPUT in job.files:
            raise UsageError("--engine spark reads files; standard input is converted by --engine local")
        tasks = list[_Task]()
        for index in files:
            try:
                is_cut = is_cut_by_ranges(job.files[index])
                tasks += cut_file(index, job.files[index]) if is_cut else [index]
            except DataError as error:
                yield FileError(index, str(error))
        session = _open_session(self._master)
        try:
            if tasks:
                shared = session.sparkContext.broadcast(job)
                spread = session.sparkContext.parallelize(tasks, len(tasks))
                yield from spread.flatMap(lambda task: list(_run_task(shared.value, task))).collect()
        finally:
            session.stop()


def _open_session(master: str | None) -> SparkSession:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  an extra
    except ImportError as error:
        raise UsageError("--engine spark needs PySpark: install nbkg[spark], and Java 17 or newer") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # or Spark takes another Python, without nbkg
    builder = SparkSession.builder.appName("nbkg marc convert")
    return (builder.master(master) if master else builder).getOrCreate()


def _run_task(job: ConversionJob, task: _Task) -> Iterator[DonePiece | FileError]:
    convert = _CONVERTERS.get(key := job.fingerprint()) or _CONVERTERS.setdefault(key, prepare(job))
    if isinstance(task, FilePiece):
        yield _convert(job, convert, task)
        return
    try:
        for piece in cut_file(task, job.files[task]):
            yield _convert(job, convert, piece)
    except DataError as error:
        yield FileError(task, str(error))


def _convert(job: ConversionJob, convert: Convert, piece: FilePiece) -> DonePiece:
    return DonePiece(same_piece(piece), find_outcome(job, piece) or convert(piece))


_CONVERTERS: dict[str, Convert] = {}
"""By the fingerprint of its job: a Python process of Spark runs many tasks."""
