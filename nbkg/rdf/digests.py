"""SHA-256 of files and of lines, in hexadecimal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from nbkg.grouping import batched

_BATCH = 5_000


def file_digest(file: Path) -> str:
    """Return the digest of a file's content."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_lines(lines: Iterable[bytes]) -> str:
    """Return the digest of lines one after the other."""
    digest = hashlib.sha256()
    for batch in batched(lines, _BATCH):
        digest.update(b"".join(batch))
    return digest.hexdigest()
