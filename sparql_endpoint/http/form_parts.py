"""Forms that are sent in parts: multipart/form-data, RFC 7578, https://www.rfc-editor.org/rfc/rfc7578"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import IO

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from sparql_endpoint.errors import RequestError

MEDIA_TYPE = "multipart/form-data"
_MAX_PARTS = 1000


def read_parts(body: bytes, content_type: str) -> Iterator[tuple[str, str | FileStorage]]:
    """Yield the fields of a form and then its files, each with its name. Raises RequestError."""
    media_type, options = parse_options_header(content_type)
    parser = FormDataParser(_in_memory, max_form_memory_size=len(body), max_form_parts=_MAX_PARTS, silent=False)
    try:
        _, fields, files = parser.parse(BytesIO(body), media_type, len(body), options)
    except (ValueError, HTTPException) as error:
        raise RequestError(f"the form in parts cannot be read: {error}") from error
    yield from fields.items(multi=True)
    yield from files.items(multi=True)


def _in_memory(*_: object, **__: object) -> IO[bytes]:
    return BytesIO()
