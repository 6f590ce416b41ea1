"""RDF files, compressed or not, with errors that name file and line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from nbkg.errors import RdfFileError, UsageError
from nbkg.rdf.compression import READ_ERRORS, decompress


@contextmanager
def open_rdf_file(file: Path) -> Iterator[IO[bytes]]:
    """Open the uncompressed content of a file.

    Raises UsageError where there is no such file, and RdfFileError (file, line, what the parser says) where what reads
    it in the block finds it broken.
    """
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    with file.open("rb") as raw, read_errors(file), decompress(file, raw) as stream:
        yield stream


@contextmanager
def read_errors(file: Path) -> Iterator[None]:
    """Raise RdfFileError for the errors of parsers and of decompression in the block."""
    try:
        yield
    except (SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise RdfFileError(f"does not parse: {error}", file=file, line=line) from error
    except READ_ERRORS as error:
        raise RdfFileError(f"cannot be read to its end: {error}", file=file) from error
