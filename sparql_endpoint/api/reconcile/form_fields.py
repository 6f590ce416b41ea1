"""The fields of a request: from its address, and from a form that it posts in either encoding of forms.

A form is UTF-8 (https://url.spec.whatwg.org/#application/x-www-form-urlencoded). Older programs send ISO-8859-1 and say
so, which is read as well; bytes that are neither are refused, for a name that is misread would find nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

from sparql_endpoint.errors import RequestError, UnsupportedMediaTypeError
from sparql_endpoint.http.charsets import is_part_of_utf_8, read_charset
from sparql_endpoint.http.form_parts import MEDIA_TYPE, Part, read_parts
from sparql_endpoint.http.request import Request
from sparql_endpoint.protocol.operation import parse_arguments

FORM = "application/x-www-form-urlencoded"
_LATIN_1 = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "windows-1252", "cp1252"})


def read_fields(request: Request) -> Mapping[str, str]:
    """Return the fields by name, those of a form before those of the address, the first of several of one name.

    Raises RequestError for another encoding, UnsupportedMediaTypeError for another type of body.
    """
    fields: dict[str, str] = {}
    for name, value in (*_read_form(request), *parse_arguments(request.query_string)):
        fields.setdefault(name, value)
    return fields


def _read_form(request: Request) -> Iterable[tuple[str, str]]:
    if request.method != "POST" or not request.body:
        return ()
    content_type = request.headers.get("content-type", FORM)
    kind = content_type.partition(";")[0].strip().lower()
    if kind == FORM:
        return _decode_form(request.body, read_charset(content_type))
    if kind == MEDIA_TYPE:
        return [(part.name, _part_text(part)) for part in read_parts(request.body, content_type)]
    raise UnsupportedMediaTypeError(
        f"the body's type is “{kind}”; expected {FORM} with the field queries or extend, or {MEDIA_TYPE}"
    )


def _decode_form(body: bytes, charset: str) -> Iterable[tuple[str, str]]:
    if charset in _LATIN_1:
        encoding = "cp1252" if "1252" in charset else "latin-1"
        return parse_qsl(body.decode("latin-1"), keep_blank_values=True, encoding=encoding, errors="replace")
    if not is_part_of_utf_8(charset):
        raise UnsupportedMediaTypeError(f"the charset “{charset}” is not read: send the form in UTF-8")
    try:
        return parse_arguments(body)
    except RequestError as error:
        hint = "send the form in UTF-8, or say charset=ISO-8859-1 in Content-Type where it is in that encoding"
        raise RequestError(f"{error}; {hint}") from error


def _part_text(part: Part) -> str:
    encoding = "latin-1" if part.charset in _LATIN_1 else "utf-8"
    try:
        return part.content.decode(encoding)
    except UnicodeDecodeError as error:
        raise RequestError(f"the part “{part.name}” is not UTF-8 at byte {error.start}") from error
