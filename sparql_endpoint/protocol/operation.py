"""The SPARQL 1.1 Protocol: reading the operation that a request asks for, from plain values.

https://www.w3.org/TR/sparql11-protocol/#protocol

A `version` parameter, which SPARQL 1.2 adds, is tolerated: every version is read the same way.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_to_bytes

from nbkg.rdf.decoding import decode
from sparql_endpoint.errors import MethodNotAllowedError, RequestError, UnsupportedMediaTypeError
from sparql_endpoint.http.charsets import check_utf_8, read_charset
from sparql_endpoint.http.form_parts import MEDIA_TYPE, Part, read_parts
from sparql_endpoint.stores.base import Update

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
AS_OF = "as-of"
FORMAT_PARAMETERS = ("format", "output", "results", "accept")
"""`format` is our own, `output` Jena's and Virtuoso's, `accept` RDF4J's; SPARQLWrapper sends the first three."""
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_FIELDS = 1000
_MARK = "\ufeff"
"""The byte order mark, which files that clients send may begin with."""
_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Message:
    """The parts of a request that the protocol reads."""

    method: str
    query_string: bytes = b""
    content_type: str = ""
    body: bytes = b""


@dataclass(frozen=True)
class Query:
    """A query operation: its text and the dataset that the request, not the query, names."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    """The names of formats that the request's parameters ask for, the first known of which counts."""
    as_of: str = ""
    """The date as of which the data is asked, or a release; empty for the data as it is now."""
    rows: tuple[tuple[str, str], ...] = ()
    """What the server's text searches found, see `Question.rows`."""


Operation = Query | Update


def read_operation(message: Message) -> Operation | None:
    """Return the operation that a request asks for; None for a GET that asks for none. Raises RequestError."""
    pairs = parse_arguments(message.query_string)
    if message.method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in pairs):
            raise RequestError("an update is sent by POST (section 2.2)")
        return _operation(pairs, None) if any(name == "query" for name, _ in pairs) else None
    if message.method == "POST":
        return _posted(message, pairs)
    allowed = ", ".join(METHODS)
    raise MethodNotAllowedError(f"{message.method} is not one of {allowed}", {"Allow": allowed})


def _posted(message: Message, pairs: Pairs) -> Operation:
    kind = message.content_type.partition(";")[0].strip().lower()
    if charset := read_charset(message.content_type):
        check_utf_8(message.body, kind, charset)
    if kind == _FORM:
        return _operation((*pairs, *parse_arguments(message.body)), None)
    if kind == _QUERY:
        return _operation(pairs, ("query", _body_text(message.body)))
    if kind == _UPDATE:
        return _operation(pairs, ("update", _body_text(message.body)))
    if kind == MEDIA_TYPE:
        return _operation((*pairs, *_parts(message)), None)
    raise UnsupportedMediaTypeError(f"the body's type is “{kind}”; expected {_FORM}, {_QUERY} or {_UPDATE}")


def _parts(message: Message) -> Pairs:
    """Return the fields and files of a form in parts, as R, a browser's FormData and `curl -F query=@FILE` send it."""
    return tuple((part.name, _part_text(part)) for part in read_parts(message.body, message.content_type))


def _part_text(part: Part) -> str:
    if part.charset:
        check_utf_8(part.content, part.media_type or f"the part “{part.name}”", part.charset)
    return _body_text(part.content)


def _operation(pairs: Pairs, body: tuple[str, str] | None) -> Operation:
    arguments = [*pairs, body] if body else [*pairs]
    if any(value.strip() for name, value in arguments if name in ("query", "update")):
        arguments = [(name, value) for name, value in arguments if value.strip()]  # a form sends its empty fields too
    queries = [value.removeprefix(_MARK) for name, value in arguments if name == "query"]
    updates = [value.removeprefix(_MARK) for name, value in arguments if name == "update"]
    if queries and updates:
        raise RequestError("the request holds both a query and an update")
    if len(updates) > 1 or len(queries) != (0 if updates else 1):
        raise RequestError(f"the request holds {len(queries or updates)} operations; expected one query or one update")
    if updates:
        if _as_of(pairs):
            raise RequestError(f"{AS_OF} is for queries: a release cannot be changed")
        return Update(updates[0], _graphs(pairs, "using-graph-uri"), _graphs(pairs, "using-named-graph-uri"))
    return Query(
        queries[0],
        _graphs(pairs, "default-graph-uri"),
        _graphs(pairs, "named-graph-uri"),
        format_names(pairs),
        _as_of(pairs),
    )


def _as_of(pairs: Pairs) -> str:
    """Return the value of `as-of`. Raises RequestError where it stands twice."""
    dates = [value for name, value in pairs if name == AS_OF and value]
    if len(dates) > 1:
        raise RequestError(f"{AS_OF} is given {len(dates)} times; a query is answered as of one date")
    return dates[0] if dates else ""


def _graphs(pairs: Pairs, name: str) -> tuple[str, ...]:
    """Return the graphs that a parameter names; an empty one, as forms send it, names none."""
    graphs = (value.strip() for key, value in pairs if key == name)
    return tuple(absolute(graph, name) for graph in graphs if graph)


def format_names(pairs: Pairs) -> tuple[str, ...]:
    """Return the names of formats in the parameters by which clients ask for one, those of `format` first.

    `auto`, which Virtuoso's own form sends, leaves the choice to Accept.
    """
    return tuple(
        value
        for parameter in FORMAT_PARAMETERS
        for name, value in pairs
        if name.lower() == parameter and value.strip().lower() not in ("", "auto")
    )


def absolute(iri: str, name: str) -> str:
    """Return the IRI that a parameter names. Raises RequestError where it is not an absolute one."""
    if not _ABSOLUTE_IRI.fullmatch(iri):
        raise RequestError(f"{name}: “{iri}” is not an absolute IRI")
    return iri


def parse_arguments(encoded: bytes) -> Pairs:
    """Return the names and values of a URL-encoded string, `+` for a space and percent escapes of UTF-8 undone.

    Raises RequestError where it is not UTF-8.
    """
    if encoded.count(b"&") < _FIELDS and encoded.isascii() and not _has_line_end(encoded):
        return tuple(_pair(part) for part in encoded.split(b"&") if part)
    try:
        return tuple(parse_qsl(_text(encoded), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS))
    except ValueError as error:
        raise RequestError(f"the parameters cannot be read: {error}") from error


def _has_line_end(encoded: bytes) -> bool:
    return b"\n" in encoded or b"\r" in encoded


def _pair(part: bytes) -> tuple[str, str]:
    name, _, value = part.partition(b"=")
    return _text(_unquoted(name)), _text(_unquoted(value))


def _unquoted(encoded: bytes) -> bytes:
    """Return the bytes that ASCII without line ends stands for.

    Percent escapes are undone by the decoder of quoted-printable, which is written in C: `=2F` there is `%2F` here. An
    escape that is broken is left as it is, which shows in the length. A query of 350 bytes takes 1.3 µs so, and by
    urllib's unquote_to_bytes 13 µs.
    """
    quoted = encoded.replace(b"+", b" ")
    if b"%" not in quoted:
        return quoted
    quoted = quoted.replace(b"=", b"%3D")
    decoded = a2b_qp(quoted.replace(b"%", b"="))
    return decoded if len(decoded) == len(quoted) - 2 * quoted.count(b"%") else unquote_to_bytes(quoted)


def _text(encoded: bytes) -> str:
    try:
        return encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf_8(encoded, error) from error


def _body_text(body: bytes) -> str:
    """Return the text of a body, which may begin with a byte order mark."""
    try:
        return decode(body)
    except UnicodeDecodeError as error:
        raise _not_utf_8(body, error) from error


def _not_utf_8(encoded: bytes, error: UnicodeDecodeError) -> RequestError:
    return RequestError(f"the request is not UTF-8: byte {error.start} is {encoded[error.start]:#04x}")
