"""Charsets of what clients send: a body is UTF-8, or XML in the charset that its Content-Type names, or it is refused.

RFC 9110 section 8.3.2, https://www.rfc-editor.org/rfc/rfc9110#section-8.3.2. SPARQL, forms and all RDF formats but
RDF/XML are always UTF-8 by their registrations; another charset is refused even where the bytes are ASCII, because the
next body of the same client may not be.
"""

from __future__ import annotations

import codecs

from werkzeug.http import parse_options_header

from nbkg.rdf.decoding import decode_xml, find_marked_encoding
from sparql_endpoint.errors import DocumentSyntaxError, UnsupportedMediaTypeError
from sparql_endpoint.http.formats import RDF_XML


def read_charset(content_type: str) -> str:
    """Return the charset that a Content-Type names, in lower case; empty where it names none."""
    if "charset" not in content_type.lower():
        return ""
    _, parameters = parse_options_header(content_type)
    return parameters.get("charset", "").strip().lower()


def is_part_of_utf_8(charset: str) -> bool:
    """Return whether text in a charset is UTF-8 too; text without one counts as UTF-8."""
    return _find_encoding(charset) in ("utf-8", "ascii")


def check_utf_8(body: bytes, media_type: str, charset: str) -> None:
    """Raise UnsupportedMediaTypeError where the charset of a body of a type that is always UTF-8 is another one.

    US-ASCII is a part of UTF-8.
    """
    encoding = _find_encoding(charset)
    if encoding == "utf-8" or (encoding == "ascii" and body.isascii()):
        return
    raise UnsupportedMediaTypeError(
        f"the charset “{charset}” is not read: {media_type} is always UTF-8; "
        "send it in UTF-8, with charset=utf-8 or without a charset"
    )


def to_utf_8(document: bytes, media_type: str, charset: str) -> bytes:
    """Return a document as what reads RDF takes it: in UTF-8, or in the encoding that it shows itself.

    The charset of XML counts before its declaration (RFC 7303 section 3.2,
    https://www.rfc-editor.org/rfc/rfc7303#section-3.2). Another format may be in UTF-16 or UTF-32 where a byte order
    mark confirms it. Raises UnsupportedMediaTypeError for a charset that cannot be read, and DocumentSyntaxError where
    XML is not in its charset.
    """
    if not charset:
        return document
    if media_type not in RDF_XML.media_types:
        if not _is_marked(document, _find_encoding(charset)):
            check_utf_8(document, media_type, charset)
        return document
    return _decode_xml(document, charset)


def _is_marked(document: bytes, encoding: str) -> bool:
    return encoding.startswith(("utf-16", "utf-32")) and find_marked_encoding(document).startswith(encoding)


def _decode_xml(document: bytes, charset: str) -> bytes:
    if not (encoding := _find_encoding(charset)):
        raise UnsupportedMediaTypeError(f"the charset “{charset}” is not known; send the document in UTF-8")
    try:
        return decode_xml(document, encoding)
    except UnicodeDecodeError as error:
        raise DocumentSyntaxError(f"the document is not {charset}, as its Content-Type says: {error}") from error


def _find_encoding(charset: str) -> str:
    """Return the codec's name of a charset, UTF-8 for none; empty where no codec of text has this name."""
    try:
        "".encode(charset or "utf-8")
        return codecs.lookup(charset or "utf-8").name
    except LookupError:
        return ""
