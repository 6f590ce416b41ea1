"""The opener `file`: a file on disk, read as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loader.sources.source import Document, Source
from nbkg.errors import UsageError


def open_file(source: Source) -> Iterator[Document]:
    """Yield the file as one document. Raises UsageError for a file that cannot be read."""
    try:
        with Path(source.address).open("rb") as stream:
            yield Document(source.address, stream)
    except OSError as error:
        raise UsageError(f"{source.address}: cannot be read ({error.strerror}); name the source's file") from error
