"""`nbkg marc convert`: MARC records of files become N-Quads in BIBFRAME."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from loader.commands.terminal import Bars, print_message
from loader.identifiers import slug
from loader.marc.conversion.conversion_engine import ConversionEngine, DonePiece
from loader.marc.conversion.convert import FINDINGS, REPORT, Conversion, convert
from loader.marc.conversion.job import FORMATS, ConversionJob
from loader.marc.conversion.local_engine import LocalEngine
from loader.marc.profiles.profile_choice import choose_profile
from loader.marc.quarantine import LIST
from loader.marc.reading.marc_file import STANDARD_INPUT
from loader.meter import Meter
from nbkg.errors import UsageError

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ENGINES = ("local", "spark")


@dataclass(frozen=True)
class _ConvertOptions:
    """The options of the command."""

    out: Path
    source: str | None
    profile: str
    jobs: int
    is_sorted: bool
    format: str
    engine: str
    store: Path | None
    is_validated: bool
    restart: bool


@click.command("convert")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_FILE)
@click.option("--out", type=_FOLDER, metavar="DIR", required=True, help="The folder to write.")
@click.option("--source", metavar="NAME", help="The key of the source. Default: from the name of the first FILE.")
@click.option("--profile", default="default", show_default=True, metavar="NAME|FILE", help="The profile of the source.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=lambda: len(os.sched_getaffinity(0)),
    metavar="N",
    help="How many processes convert. [default: one for each core]",
)
@click.option("--sorted", "is_sorted", is_flag=True, help="Sort the statements, each once, into one file.")
@click.option(
    "--format", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True, help="N-Quads, compressed."
)
@click.option("--engine", type=click.Choice(_ENGINES), default=_ENGINES[0], show_default=True, help="What converts.")
@click.option("--load", "store", type=_FOLDER, metavar="STORE", help="Load the statements as a store's next version.")
@click.option("--validate", "is_validated", is_flag=True, help="Check the records too, as `nbkg marc validate` does.")
@click.option("--restart", is_flag=True, help="Convert everything again, and replace what DIR holds.")
def convert_files(files: tuple[Path, ...], **options: Any) -> None:
    """Convert the MARC records of each FILE, in any form, to statements in BIBFRAME; `-` is standard input.

    DIR gets the N-Quads, report.jsonl (what stays in the record only, and what is odd), and quarantine.mrc with
    quarantine.jsonl; with --validate also findings.jsonl, the rules for records that are broken. After an interruption
    the same command goes on. Exit codes: 0 all records went through, 1 some are in quarantine or break a rule, or a
    file could not be read to its end, 2 the call is wrong.
    """
    chosen = _ConvertOptions(**options)
    job = ConversionJob(
        files,
        chosen.out,
        find_source_key(files, chosen.source),
        choose_profile(chosen.profile),
        chosen.format,
        chosen.is_sorted,
        chosen.is_validated,
    )
    began = time.monotonic()
    with Bars() as bars:
        progress = _Progress(job, bars)
        conversion = convert(job, _engine(chosen), progress.add, restart=chosen.restart)
    _print(job, conversion, time.monotonic() - began)
    if chosen.store:
        _load(chosen.store, conversion)
    click.get_current_context().exit(0 if conversion.is_good else 1)


def find_source_key(files: tuple[Path, ...], name: str | None) -> str:
    """Return the key of the source. Raises UsageError for one that cannot be in an IRI."""
    if name is None:
        stem = "" if files[0] == STANDARD_INPUT else files[0].name.partition(".")[0]
        name = slug(stem) if stem else ""
        if not name:
            raise UsageError("the source has no name; give it one by --source")
    if not _KEY.fullmatch(name):
        raise UsageError(f"“{name}” is not a key of a source: use a–z, digits and hyphens, e.g. local-catalogue")
    return name


def _engine(options: _ConvertOptions) -> ConversionEngine:
    if options.engine == "spark":
        # PySpark is an extra, and takes a second to import.
        from loader.marc.conversion.spark_engine import SparkEngine  # noqa: PLC0415  only for this engine

        return SparkEngine()
    return LocalEngine(options.jobs)


class _Progress:
    """Moves a bar: of bytes where all files are on disk and are cut by bytes, else of records."""

    def __init__(self, job: ConversionJob, bars: Bars) -> None:
        size = sum(file.stat().st_size for file in job.files if file.is_file())
        self._meter = Meter("bytes", size, bars.advance_to)
        self._records = Meter("records", 0, bars.advance_to)

    def add(self, done: DonePiece) -> None:
        """Take a piece that was converted."""
        self._meter.advance(done.piece.size)
        self._records.advance(done.outcome.records)


def _print(job: ConversionJob, conversion: Conversion, seconds: float) -> None:
    for error in conversion.errors:
        print_message(f"failed: {error}")
    outcome = conversion.outcome
    rate = f" in {seconds:.1f} s ({outcome.records / seconds:,.0f}/s)" if conversion.is_new else ", which were there"
    print_message(f"{outcome.records:,} records, {outcome.statements:,} statements{rate} → {job.out}")
    if outcome.omissions or outcome.doubts:
        print_message(
            f"{outcome.omissions:,} subfields stay in the record only, {outcome.doubts:,} are odd → {job.out / REPORT}"
        )
    if job.is_validated:
        print_message(
            f"{outcome.faulty:,} records break a rule; {outcome.findings:,} findings with warnings and notes → "
            f"{job.out / FINDINGS}"
        )
    if outcome.damaged:
        print_message(f"{outcome.damaged:,} damaged records → {job.out / LIST}")


def _load(store: Path, conversion: Conversion) -> None:
    # The engine of the store is imported by those who load only.
    from loader.store.load import load  # noqa: PLC0415  only with --load

    version = load(store, conversion.files)
    outcome = "loaded" if version.fresh else "already there"
    print_message(f"version {version.number}: {version.quads} quads {outcome} → {store}")
