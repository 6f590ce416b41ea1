"""A response as plain values, and how a representation of the data becomes one.

RFC 9110 section 8 (representations), https://www.rfc-editor.org/rfc/rfc9110#section-8
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sparql_endpoint.http import content_coding, preconditions
from sparql_endpoint.http.etags import Validators
from sparql_endpoint.http.preconditions import Current
from sparql_endpoint.http.request import Request

_CONDITIONS = frozenset({*preconditions.HEADERS, "if-modified-since"})
"""The headers that make a request conditional."""
_BODILESS = frozenset({204, 304})
"""The statuses of responses without a body."""

Headers = list[tuple[str, str]]
"""Headers in their order, with names in lower case."""


@dataclass
class Response:
    """A status, headers, and a body: all of it, or chunks that come while it is made."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes | None = b""
    """All of the body; None where it comes in chunks."""
    chunks: Iterable[bytes] = ()

    def sized_headers(self, method: str) -> Headers:
        """Return the headers, with the length of a body that is there whole and that the response may have.

        RFC 9110 section 8.6, https://www.rfc-editor.org/rfc/rfc9110#section-8.6
        """
        headers, body = self.headers, self.body or b""
        if self.status in _BODILESS or "content-length" in {name for name, _ in headers}:
            return headers
        return headers if method == "HEAD" and not body else [*headers, ("content-length", str(len(body)))]

    def close(self) -> None:
        """End the making of chunks that nobody wants."""
        if close := getattr(self.chunks, "close", None):
            close()


@dataclass(frozen=True)
class Representation:
    """Data in one format: what its headers say, whatever coding it is sent in."""

    content_type: str
    version: str
    """The version of the data; empty where nothing tells it."""
    validators: Validators
    vary: str = "Accept, Accept-Encoding"
    headers: tuple[tuple[str, str], ...] = ()
    """More headers of this representation."""

    @cached_property
    def head(self) -> Headers:
        """The headers of a response that is sent in no coding."""
        return [("content-type", self.content_type), *self._common(), *self.validators.headers()]

    def find_not_modified(self, request: Request) -> Response | None:
        """Return 304 where the client's copy is still the right one (RFC 9110 section 13), else None.

        Raises PreconditionFailedError where another precondition of the request does not hold.
        """
        if _CONDITIONS.isdisjoint(request.headers):
            return None
        preconditions.check(request.method, request.headers, Current(self.validators.has, self.validators.modified))
        if request.method not in preconditions.READS:
            return None
        get = request.headers.get
        coding = content_coding.negotiate(get("accept-encoding", ""))
        match = self.validators.find_match(get("if-none-match"), get("if-modified-since"), coding)
        return None if match is None else Response(304, [*self._common(), *self.validators.headers(match)])

    def respond(self, request: Request, body: bytes | Iterable[bytes]) -> Response:
        """Return a response with this body, compressed where the client takes it so and it is worth it."""
        coding = content_coding.negotiate(request.headers.get("accept-encoding", ""))
        if isinstance(body, list):
            body = b"".join(body)
        if isinstance(body, bytes) and len(body) < content_coding.SMALLEST:
            coding = ""
        headers = [*self.head]
        if coding:
            headers = [("content-type", self.content_type), *self._common(), *self.validators.headers(coding)]
            headers.append(("content-encoding", coding))
        if isinstance(body, bytes):
            return Response(200, headers, content_coding.encode(body, coding))
        return Response(200, headers, None, content_coding.EncodedChunks(body, coding) if coding else body)

    def _common(self) -> Headers:
        version = [("data-version", self.version)] if self.version else []
        return [("vary", self.vary), *version, *self.headers]
