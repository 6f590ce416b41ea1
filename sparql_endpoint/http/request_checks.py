"""Checks of a request's head and address that its parser leaves to the server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote_to_bytes

from flask import Flask, request

from sparql_endpoint.errors import NotKnownError, RequestError

_WORDS = re.compile(r"(?:^|&)q=([^&]*)")
_LONGEST = 200
"""Characters of an address that are repeated in an error."""


def check_head(method: str, headers: Mapping[str, str], http_version: str) -> None:
    """Raise RequestError where a head asks for what the server would do in another way than it was meant.

    `headers` have their names in lower case. NotKnownError for a transfer coding but chunked (RFC 9112
    section 6.1, https://www.rfc-editor.org/rfc/rfc9112#section-6.1); RequestError where HTTP/1.1 names no host (section
    3.2), and for a part of a representation, which would be stored as all of it (RFC 9110 section 14.5).
    """
    _check_coding(headers.get("transfer-encoding", "chunked"))
    if http_version == "1.1" and "host" not in headers:
        raise RequestError("the header Host is missing, which HTTP/1.1 requires (RFC 9112 section 3.2)")
    if "content-range" in headers:
        _refuse_part(method)


def _check_coding(coding: str) -> None:
    if coding.lower() != "chunked":
        raise NotKnownError(
            f"Transfer-Encoding: “{coding}” is not decoded; send the body in chunks or with its length, and name its "
            "compression by Content-Encoding",
            words=("transfer_coding", {"coding": coding}),
        )


def _refuse_part(method: str) -> None:
    if method in ("PUT", "POST", "PATCH"):
        raise RequestError("Content-Range: a part cannot be written; send the whole content without this header")


def register(app: Flask) -> None:
    """Have the words that the pages of an application are asked for checked."""
    app.before_request(_check_words)


def _check_words() -> None:
    """Raise RequestError where words are percent-encoded in the encoding of older programs, with the right address.

    Flask would take their escapes for the words, and nothing would be found.
    """
    query_string = request.query_string.decode("latin-1")
    if not (match := _WORDS.search(query_string)) or "%" not in match[1]:
        return
    encoded = unquote_to_bytes(match[1])
    try:
        encoded.decode()
    except UnicodeDecodeError:
        meant = quote(encoded.decode("latin-1"), safe="+")
        raise _not_utf_8(match, meant, f"{request.path}?{query_string}") from None


def _not_utf_8(match: re.Match[str], meant: str, address: str) -> RequestError:
    values = {
        "part": match[1][:_LONGEST],
        "written": meant[:_LONGEST],
        "address": address.replace(match[0], match[0].replace(match[1], meant), 1)[:_LONGEST],
    }
    message = "the words are not UTF-8, in which “{part}” is {written}: {address}".format(**values)
    return RequestError(message, words=("address_not_encoded", values))
