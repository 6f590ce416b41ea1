"""Whether the files of a release are those that it names, bit by bit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from loader.release.fetch import parse_checksums
from loader.release.model import INDEX, SUMS, Release, is_inside
from loader.verify.findings import Finding


def file_findings(folder: Path, release: Release) -> Iterator[Finding]:
    """What is missing, other than its check sum or size says, named by one list only, or named by none."""
    sums = parse_checksums((folder / SUMS).read_bytes())
    named = {file.path: file for file in release.every_file()}
    yield from (Finding(path, f"{INDEX} names it, {SUMS} does not") for path in sorted({*named} - {*sums}))
    yield from (Finding(path, f"{SUMS} names it, {INDEX} does not") for path in sorted({*sums} - {*named, INDEX}))
    for path, digest in sorted(sums.items()):
        yield from _file(folder, path, digest, named[path].bytes if path in named else None)
        if path in named and named[path].sha256 != digest:
            yield Finding(path, f"{INDEX} and {SUMS} have different check sums for it")
    yield from (Finding(path, "no list names it") for path in _there(folder) if path not in {*sums, SUMS})


def _file(folder: Path, path: str, digest: str, size: int | None) -> Iterator[Finding]:
    place = folder / path
    if not is_inside(path):
        yield Finding(path, "its path leads out of the release")
        return
    if not place.is_file() or place.is_symlink():
        yield Finding(path, "is missing")
        return
    has = place.stat().st_size
    if size is not None and has != size:
        yield Finding(path, f"has {has} bytes, not {size}: it was cut short, or something was added")
    with place.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != digest:
            yield Finding(path, "is not what its check sum is of")


def _there(folder: Path) -> Iterator[str]:
    yield from sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
