"""Checks that the files of a release are those that it names, bit by bit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loader.release.fetch import parse_checksums
from loader.release.release_index import CHECKSUMS, INDEX, Release, is_inside
from loader.verify.findings import Finding
from nbkg.rdf.digests import file_digest


def file_findings(folder: Path, release: Release) -> Iterator[Finding]:
    """Yield the files that are missing, differ from their checksum or size, or are not named by both lists."""
    checksums = parse_checksums((folder / CHECKSUMS).read_bytes())
    named = {file.path: file for file in release.every_file()}
    yield from (Finding(path, f"{INDEX} names it, {CHECKSUMS} does not") for path in sorted({*named} - {*checksums}))
    yield from (
        Finding(path, f"{CHECKSUMS} names it, {INDEX} does not") for path in sorted({*checksums} - {*named, INDEX})
    )
    for path, digest in sorted(checksums.items()):
        yield from _file(folder, path, digest, named[path].bytes if path in named else None)
        if path in named and named[path].sha256 != digest:
            yield Finding(path, f"{INDEX} and {CHECKSUMS} have different checksums for it")
    yield from (Finding(path, "no list names it") for path in _files(folder) if path not in {*checksums, CHECKSUMS})


def _file(folder: Path, path: str, digest: str, size: int | None) -> Iterator[Finding]:
    file = folder / path
    if not is_inside(path):
        yield Finding(path, "its path leads out of the release")
        return
    if not file.is_file() or file.is_symlink():
        yield Finding(path, "is missing")
        return
    actual = file.stat().st_size
    if size is not None and actual != size:
        yield Finding(path, f"has {actual} bytes, not {size}: it was cut short, or something was added")
    if file_digest(file) != digest:
        yield Finding(path, "does not match its checksum")


def _files(folder: Path) -> Iterator[str]:
    yield from sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
