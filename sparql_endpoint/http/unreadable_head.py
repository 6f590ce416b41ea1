"""Requests whose head cannot be read: what is wrong with them, and as much of them as their answer depends on.

The application answers them as it answers any error: in the format and language that the client takes, open to scripts.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from nbkg.errors import NbkgError
from sparql_endpoint.errors import AddressTooLongError, HeadTooLargeError, NotKnownError, RequestError
from sparql_endpoint.http.request_context import REFUSAL

LARGEST_ADDRESS = 65_000
"""Bytes of a request's target; uvicorn's parser takes a little more."""
LARGEST_HEAD = 1 << 18
"""Bytes that a request's head may have, about; uvicorn with httptools has no such bound."""
_REQUEST_LINE = re.compile(rb"\r?\n?([A-Za-z]{1,20}) ([^\r\n]*?)(?: HTTP/(\d\.\d)| *)\r?(?:\n|$)")
_TARGET_BEGUN = re.compile(rb"\r?\n?[A-Za-z]{1,20} [^\r\n]*$")
_LANGUAGE = re.compile(rb"[?&](lang=[a-z]{2})(?=&|#|$)")
_ILLEGAL = re.compile(r"[^!-~]+")
_USED = (b"accept", b"accept-language", b"host", b"x-forwarded-for", b"x-forwarded-host")
_LOGGED = 200
"""Bytes of an address that stand in the log."""


@dataclass(frozen=True)
class UnreadableHead:
    """The head of a request as it came, and what the parser says about it."""

    data: bytes
    fault: str

    def scope(self) -> MutableMapping[str, Any]:
        """Return the part of an ASGI scope that comes from the head, with the error that answers it."""
        match = _REQUEST_LINE.match(self.data)
        method, target, version = match.groups() if match else (b"GET", b"", None)
        language = _LANGUAGE.search(target)
        path = quote(target.partition(b"?")[0], safe="/%:@!$&'()*+,;=~")[:_LOGGED]
        return {
            "method": method.decode().upper(),
            "path": path,
            "raw_path": path.encode(),
            "query_string": language[1] if language else b"",
            "http_version": version.decode() if version else "1.1",
            "headers": self._headers(),
            REFUSAL: self.error(),
        }

    def _headers(self) -> list[tuple[bytes, bytes]]:
        pairs = [line.partition(b":") for line in self.data.split(b"\r\n")[1:]]
        named = [(name.lower(), value.strip()) for name, _, value in pairs if value.isascii()]
        return [(name, value) for name, value in named if name in _USED and value.decode().isprintable()]

    def error(self) -> NbkgError:
        """Return what is wrong, with what to do."""
        match = _REQUEST_LINE.match(self.data)
        target = match[2] if match else b""
        if len(target) > LARGEST_ADDRESS or (len(self.data) > LARGEST_HEAD and _TARGET_BEGUN.match(self.data)):
            return AddressTooLongError(
                f"the address has more than {LARGEST_ADDRESS} bytes; send a query by POST",
                words=("address_too_long", {"number": str(LARGEST_ADDRESS)}),
            )
        if illegal := _ILLEGAL.search(address := _text(target)):
            part, written = illegal[0][:20], quote(illegal[0][:20])
            return RequestError(
                f"the address holds “{part}”, which must be percent-encoded as {written}: {_escaped(address)}",
                words=("address_not_encoded", {"part": part, "written": written, "address": _escaped(address)}),
            )
        if len(self.data) > LARGEST_HEAD:
            return HeadTooLargeError(
                f"the header fields have more than {LARGEST_HEAD} bytes; leave out cookies, and send a query by POST",
                words=("head_too_large", {"number": str(LARGEST_HEAD)}),
            )
        if match and "method" in self.fault:
            method = match[1].decode()
            return NotKnownError(f"{method} is no method of HTTP", words=("unknown_method", {"method": method}))
        return RequestError(
            f"the request cannot be read as HTTP/1.1: {self.fault}", words=("unreadable_request", {"fault": self.fault})
        )


def _text(target: bytes) -> str:
    """Return an address as it was meant: in UTF-8, or else in the encoding of older programs."""
    try:
        return target.decode()
    except UnicodeDecodeError:
        return target.decode("latin-1")


def _escaped(address: str) -> str:
    """Return the address as it should be sent, or its beginning."""
    escaped = quote(address, safe="!#$%&'()*+,/:;=?@[]~")
    return escaped if len(escaped) <= _LOGGED else f"{escaped[:_LOGGED]}…"
