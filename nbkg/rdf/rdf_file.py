"""RDF documents and files, compressed or not, in any encoding, with errors that name file and line."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from nbkg.errors import RdfFileError, UsageError
from nbkg.rdf.compression import READ_ERRORS, decompress, open_decompressed
from nbkg.rdf.decoding import HEAD, decode_stream, is_plain
from nbkg.rdf.formats import find_format, is_rdf_file
from nbkg.rdf.syntax_advice import RELATIVE, WITHOUT_BASE, find_advice

_BASE = "if the file has relative IRIs, name what they are relative to by --base"
_NO_BASE = "relative:/"
"""The base that shows relative IRIs of JSON-LD without one: the parser leaves out their statements without a word."""


def parse_document(
    document: IO[bytes] | bytes, syntax: ox.RdfFormat, base: str = "", *, rename_blank_nodes: bool = False
) -> Iterator[ox.Quad]:
    """Return the quads of a document in any encoding; `base` is the base of its relative IRIs.

    Raises SyntaxError, UnicodeDecodeError or LookupError, at any quad too, where it does not parse.
    """
    stream = decode_stream(io.BytesIO(document) if isinstance(document, bytes) else document)
    base_iri = None if syntax in WITHOUT_BASE else base or None
    if syntax == ox.RdfFormat.JSON_LD and not base:
        return _without_relative_iris(
            ox.parse(stream, syntax, base_iri=_NO_BASE, rename_blank_nodes=rename_blank_nodes)
        )
    return ox.parse(stream, syntax, base_iri=base_iri, rename_blank_nodes=rename_blank_nodes)


def _without_relative_iris(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        for term in quad:
            if isinstance(term, ox.NamedNode) and term.value.startswith(_NO_BASE):
                raise SyntaxError(f"{RELATIVE}: “{term.value.removeprefix(_NO_BASE)}”")
        yield quad


def has_plain_text(file: Path) -> bool:
    """Return whether a file that is not compressed is UTF-8 without a byte order mark."""
    with file.open("rb") as stream, read_errors(file):
        return is_plain(stream.read(HEAD))


@contextmanager
def open_rdf_file(file: Path) -> Iterator[IO[bytes]]:
    """Open the uncompressed content of a file, in UTF-8 without a byte order mark.

    Raises UsageError where there is no such file, and RdfFileError (file, line, what the parser says) where what reads
    it in the block finds it broken.
    """
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    with file.open("rb") as raw, read_errors(file), decompress(file, raw) as stream:
        yield decode_stream(stream)


@contextmanager
def read_errors(file: Path) -> Iterator[None]:
    """Raise RdfFileError for the errors of parsers and of decompression in the block."""
    try:
        yield
    except (SyntaxError, ValueError, LookupError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        message = "".join(character if character.isprintable() else "�" for character in str(error))
        syntax = find_format(file).syntax if is_rdf_file(file) else None
        advice = find_advice(message, _head(file), syntax) or (_BASE if RELATIVE in message else "")
        fault = f"does not parse as {syntax.name}: {message}" if syntax else f"does not parse: {message}"
        raise RdfFileError(f"{fault}; {advice}" if advice else fault, file=file, line=line) from error
    except READ_ERRORS as error:
        raise RdfFileError(f"cannot be read to its end: {error}", file=file) from error


def _head(file: Path) -> bytes:
    """Return the first bytes of a file's content; none where it cannot be unpacked."""
    try:
        with open_decompressed(file) as stream:
            return stream.read(HEAD)
    except READ_ERRORS:
        return b""
