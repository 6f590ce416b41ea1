"""Forms that are sent in parts: multipart/form-data, RFC 7578, https://www.rfc-editor.org/rfc/rfc7578"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder

from sparql_endpoint.errors import RequestError
from sparql_endpoint.http.charsets import read_charset

MEDIA_TYPE = "multipart/form-data"
_MAX_PARTS = 1000


@dataclass(frozen=True)
class Part:
    """One part of a form, as bytes: werkzeug's own reader of forms writes U+FFFD for what is not UTF-8 in a field."""

    name: str
    is_file: bool
    media_type: str
    """In lower case, without parameters; empty where the part does not say it."""
    charset: str
    content_encoding: str
    content: bytes


def read_parts(body: bytes, content_type: str) -> Iterator[Part]:
    """Yield the parts of a form in their order. Raises RequestError."""
    boundary = parse_options_header(content_type)[1].get("boundary", "")
    try:
        yield from _parts(_events(body, boundary.encode("ascii")))
    except (ValueError, HTTPException) as error:
        raise RequestError(f"the form in parts cannot be read: {error}") from error


def _parts(events: Iterable[Event]) -> Iterator[Part]:
    head: Field | File | None = None
    content: list[bytes] = []
    for event in events:
        if isinstance(event, (Field, File)):
            head, content = event, []
        elif isinstance(event, Data) and head:
            content.append(event.data)
            if not event.more_data:
                yield _part(head, b"".join(content))


def _events(body: bytes, boundary: bytes) -> Iterator[Event]:
    if not boundary:
        raise ValueError("Missing boundary")
    decoder = MultipartDecoder(boundary, max_form_memory_size=len(body), max_parts=_MAX_PARTS)
    decoder.receive_data(body)
    decoder.receive_data(None)
    while not isinstance(event := decoder.next_event(), Epilogue):
        yield event


def _part(head: Field | File, content: bytes) -> Part:
    content_type = head.headers.get("content-type", "")
    media_type = parse_options_header(content_type)[0].lower()
    coding = head.headers.get("content-encoding", "")
    return Part(head.name, isinstance(head, File), media_type, read_charset(content_type), coding, content)
