"""Opening a MARC file of any form and compression, from disk or from standard input."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from loader.marc.reading.deliveries import Delivery
from loader.marc.reading.iso2709_stream import read_iso2709
from loader.marc.reading.marc_in_json_stream import read_marc_json
from loader.marc.reading.marcxml_stream import read_marcxml
from loader.meter import Advance
from nbkg.errors import DataError, UsageError
from nbkg.rdf.compression import READ_ERRORS, decompress
from nbkg.rdf.decoding import decode_stream
from nbkg.records.form import Form

STANDARD_INPUT = Path("-")
_READERS: Mapping[Form, Callable[[IO[bytes]], Iterator[Delivery]]] = {
    Form.ISO2709: read_iso2709,
    Form.MARCXML: read_marcxml,
    Form.MARC_JSON: read_marc_json,
}
_COMPRESSIONS = {b"\x1f\x8b": ".gz", b"\x28\xb5\x2f\xfd": ".zst", b"BZh": ".bz2", b"\xfd7zXZ": ".xz"}
_HEAD = 4096


def read_marc_file(file: Path, advance: Advance = id) -> Iterator[Delivery]:
    """Yield what a MARC file holds, in its order; `-` is standard input.

    Compression and form are seen in the first bytes, whatever the file's name. `advance` is told how many bytes of
    the file were read. Raises UsageError for a file that cannot be opened, and DataError, which names the file and
    may come after records, for one that is no MARC file, holds no record, or breaks off.
    """
    with _naming(file), open_marc_file(file, advance) as content:
        yield from content.read()


class MarcContent(NamedTuple):
    """The content of a MARC file that is open."""

    form: Form
    stream: IO[bytes]
    """Without compression; XML and JSON are in UTF-8."""
    is_compressed: bool

    def read(self) -> Iterator[Delivery]:
        """Yield what the content holds, in its order."""
        return _READERS[self.form](self.stream)


@contextmanager
def open_marc_file(file: Path, advance: Advance = id) -> Iterator[MarcContent]:
    """Open the content of a MARC file; `-` is standard input. The errors are those of `read_marc_file`."""
    with _naming(file), _open(file, advance) as raw, _open_content(raw) as content:
        yield content


def read_marc_stream(raw: IO[bytes], name: str) -> Iterator[Delivery]:
    """Yield what a stream of bytes of any form and compression holds. The errors are those of `read_marc_file`."""
    buffered: io.BufferedReader = io.BufferedReader(_Metered(raw, id), 1 << 16)
    with _naming(Path(name)), _open_content(buffered) as content:
        yield from content.read()


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Raise the errors of reading as DataError that names the file."""
    try:
        yield
    except DataError as error:
        if error.file is not None:
            raise
        raise DataError(error.problem, file=file, line=error.line) from error
    except READ_ERRORS as error:
        raise DataError(f"it is damaged, or cut short, as a compressed file: {error}", file=file) from error
    except (UnicodeDecodeError, LookupError) as error:
        raise DataError(f"its text is not in the encoding that it declares: {error}", file=file) from error


def find_form(stream: io.BufferedReader) -> Form:
    """Return the form of a file by its first bytes, which stay unread. Raises DataError for one that is none."""
    head = stream.peek(_HEAD)[:_HEAD]
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe\0\t\n\r ")
    if text.startswith(b"<"):
        return Form.MARCXML
    if text.startswith((b"{", b"[")):
        return Form.MARC_JSON
    if text[:5].isdigit() or b"\x1e" in head:
        return Form.ISO2709
    if not text:
        raise DataError("it is empty")
    raise DataError(f"it is not a MARC file: it begins with {head[:20]!r}; expected ISO 2709, MARCXML or MARC-in-JSON")


@contextmanager
def _open(file: Path, advance: Advance) -> Iterator[io.BufferedReader]:
    if file == STANDARD_INPUT:
        yield io.BufferedReader(_Metered(sys.stdin.buffer, advance), 1 << 16)
        return
    try:
        raw = file.open("rb")
    except OSError as error:
        raise UsageError(f"{file}: it cannot be opened ({error.strerror})") from error
    with raw:
        yield io.BufferedReader(_Metered(raw, advance), 1 << 16)


@contextmanager
def _open_content(raw: io.BufferedReader) -> Iterator[MarcContent]:
    head = raw.peek(8)
    suffix = next((suffix for sign, suffix in _COMPRESSIONS.items() if head.startswith(sign)), "")
    with decompress(Path(f"content{suffix}"), raw) as raw_content:
        stream = (
            raw_content
            if isinstance(raw_content, io.BufferedReader)
            else io.BufferedReader(_Metered(raw_content, id), 1 << 16)
        )
        form = find_form(stream)
        # XML and JSON become UTF-8; ISO 2709 has no mark, no declaration and stays as it is.
        yield MarcContent(form, decode_stream(stream), bool(suffix))


class _Metered(io.RawIOBase):
    """Reads another file and tells how much was read."""

    def __init__(self, stream: IO[bytes], advance: Advance) -> None:
        self._stream, self._advance = stream, advance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the buffer is a memoryview here
        block = self._stream.read(len(buffer))
        buffer[: len(block)] = block
        self._advance(len(block))
        return len(block)
