"""A conversion from files to a folder: begun, gone on with after it was killed, and completed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from loader.marc.conversion.conversion_engine import ConversionEngine, DonePiece, FileError
from loader.marc.conversion.job import ConversionJob
from loader.marc.conversion.part_files import FOLDER, PartFiles, PieceOutcome, open_new, part_files
from loader.marc.conversion.statement_files import merge_files
from loader.marc.quarantine import LIST, RECORDS
from nbkg.errors import UsageError
from nbkg.storage.atomic_replace import replace_file
from nbkg.storage.lock import lock

REPORT, FINDINGS, SUMMARY = "report.jsonl", "findings.jsonl", "conversion.json"
_PLAN = "plan.json"
_BLOCK = 1 << 20
Progress = Callable[[DonePiece], object]


@dataclass
class Conversion:
    """What a conversion did."""

    outcome: PieceOutcome = field(default_factory=PieceOutcome)
    files: list[Path] = field(default_factory=list)
    """The files of N-Quads, in their order."""
    errors: list[str] = field(default_factory=list)
    """Why files could not be read, or not to their ends."""
    is_new: bool = True
    """Whether anything had to be done."""

    @property
    def is_good(self) -> bool:
        """Whether all records went through, and none breaks a rule if they were checked."""
        return not self.errors and not self.outcome.damaged and not self.outcome.faulty


def convert(
    job: ConversionJob, engine: ConversionEngine, progress: Progress = id, *, restart: bool = False
) -> Conversion:
    """Convert the files of a job into its folder, and return what was done.

    What an earlier call did of the same job stays; where it did all, nothing is done. Raises UsageError where the
    folder holds another conversion and `restart` does not say that it may go, or where another process works in it.
    """
    folder = job.out / FOLDER
    fingerprint = job.fingerprint()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{job.out}: it cannot be written ({error.strerror})") from error
    with lock(folder / "lock", UsageError(f"{job.out}: another conversion is under way there")):
        if not restart and (done := _find_complete(job, fingerprint)):
            shutil.rmtree(folder)
            return done
        _begin(job, fingerprint, restart=restart)
        conversion = _complete(job, fingerprint, _run(job, engine, progress))
        shutil.rmtree(folder)
    return conversion


def _find_complete(job: ConversionJob, fingerprint: str) -> Conversion | None:
    """Return the conversion that the folder holds complete, if it is this one and can be known to be."""
    summary = _read(job.out / SUMMARY)
    if summary is None or summary["fingerprint"] != fingerprint or not job.can_resume:
        return None
    files = [job.out / name for name in summary["parts"]]
    if not all(file.is_file() for file in files):
        return None
    return Conversion(PieceOutcome(**summary["counts"]), files, summary["errors"], is_new=False)


def _begin(job: ConversionJob, fingerprint: str, *, restart: bool) -> None:
    """Write down what is converted, or check that it is what an earlier call began."""
    folder = job.out / FOLDER
    plan, summary = _read(folder / _PLAN), _read(job.out / SUMMARY)
    if plan and plan["fingerprint"] == fingerprint and job.can_resume and not restart:
        return
    if (plan or summary) and not restart:
        state = "was begun" if plan else "is"
        what = "another conversion" if job.can_resume else "a conversion, and one of standard input cannot go on"
        raise UsageError(f"{job.out}: {what} {state} there; name another folder, or --restart to replace it")
    for old in (plan, summary):
        _remove_parts(job.out, old)
    for file in [each for each in folder.iterdir() if each.name != "lock"]:
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    for name in (SUMMARY, REPORT, FINDINGS, RECORDS, LIST):
        (job.out / name).unlink(missing_ok=True)
    replace_file(folder / _PLAN, json.dumps({"fingerprint": fingerprint, "source": job.source}).encode())


def _remove_parts(out: Path, described: dict[str, Any] | None) -> None:
    """Remove the files of N-Quads of an earlier conversion, by its plan or summary."""
    if described:
        name = re.compile(rf"{re.escape(described['source'])}(-\d{{3,}}-\d{{5,}})?\.nq(\.gz|\.zst)?")
        for file in [each for each in out.iterdir() if name.fullmatch(each.name)]:
            file.unlink()


def _run(job: ConversionJob, engine: ConversionEngine, progress: Progress) -> tuple[list[DonePiece], list[FileError]]:
    done, errors = list[DonePiece](), list[FileError]()
    for each in engine.run(job, range(len(job.files))):
        if isinstance(each, FileError):
            errors.append(each)
        else:
            done.append(each)
            progress(each)
    done.sort(key=lambda each: (each.piece.file, each.piece.number))
    return done, sorted(errors)


def _complete(job: ConversionJob, fingerprint: str, results: tuple[list[DonePiece], list[FileError]]) -> Conversion:
    """Join what came of the pieces, and write last what says that all is there."""
    done, errors = results
    conversion = Conversion(errors=[each.error for each in errors])
    for each in done:
        conversion.outcome = conversion.outcome.plus(each.outcome)
    parts = [part_files(job, each.piece) for each in done]
    _join([part.report for part in parts], job.out / REPORT)
    if job.is_validated:
        _join([part.findings for part in parts], job.out / FINDINGS)
    _join([part.damaged for part in parts], job.out / RECORDS)
    _join_lists(parts, job.out / LIST)
    conversion.files = [part.statements for part in parts]
    if job.is_sorted:
        file = job.out / f"{job.source}.{job.format}"
        count = merge_files(conversion.files, file, job.out / FOLDER)
        conversion.files, conversion.outcome = [file], conversion.outcome._replace(statements=count)
    summary = {
        "source": job.source,
        "profile": job.profile.key,
        "files": [str(file) for file in job.files],
        "counts": conversion.outcome._asdict(),
        "errors": conversion.errors,
        "parts": [file.name for file in conversion.files],
        "fingerprint": fingerprint,
    }
    replace_file(job.out / SUMMARY, (json.dumps(summary, ensure_ascii=False, indent=1) + "\n").encode())
    return conversion


def _join(files: Sequence[Path], to: Path) -> None:
    with open_new(to) as stream:
        for file in files:
            with file.open("rb") as part:
                shutil.copyfileobj(part, stream, _BLOCK)


def _join_lists(parts: Sequence[PartFiles], to: Path) -> None:
    """Join the lists of damaged records, whose positions count from the beginning of the joined file."""
    begin = 0
    with open_new(to) as stream:
        for part in parts:
            for text in part.quarantine.read_bytes().splitlines():
                line = json.loads(text)
                line["position"] += begin
                stream.write((json.dumps(line, ensure_ascii=False) + "\n").encode())
            begin += part.damaged.stat().st_size


def _read(file: Path) -> dict[str, Any] | None:
    """Return a file of JSON, or None where it is not there or was not written by a conversion."""
    try:
        content = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and "fingerprint" in content else None
