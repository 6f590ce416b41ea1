"""Headers of every response: open to scripts of other sites, closed to scripts within our own pages.

https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request

from sparql_endpoint.http import request_context

_EXPOSED = (
    "Accept-Ranges, Allow, Content-Digest, Content-Disposition, Content-Encoding, Content-Length, Content-Range, "
    "Data-Version, ETag, Last-Modified, Link, Location, Memento-Datetime, Repr-Digest, Retry-After, Vary, "
    "WWW-Authenticate"
)
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SCRIPTED = f"{_POLICY}; script-src 'self'"
"""The policy of a page that has scripts of our own, which `page()` puts in place of the other."""
EDITING = f"{SCRIPTED}; connect-src 'self'"
"""The policy of the page with the editor, which queries the endpoint and asks for what it completes."""
_READING = (
    "Accept, Accept-Language, Content-Encoding, Content-Language, Content-Type, If-Match, If-Modified-Since, "
    "If-None-Match, If-Unmodified-Since, Range"
)
_COMMON = [
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", _EXPOSED),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("content-security-policy", _POLICY),
]
_PREFLIGHT = [
    ("access-control-allow-methods", "GET, HEAD, POST, OPTIONS"),
    ("access-control-allow-headers", _READING),
    ("access-control-max-age", "86400"),
]
"""Scripts of other sites may read; changes are for our own (see `auth`)."""
_DESCRIPTIONS = '<{root}/.well-known/void>; rel="describedby", <{root}/openapi.json>; rel="service-desc"'
_DESCRIBED_AT = frozenset({"/sparql", "/data", "/"})


def add_common(headers: list[tuple[str, str]], method: str, path: str, root: str) -> None:
    """Add to a response what every response has and its handler did not set; `root` is the prefix of the mount."""
    present = {name.lower() for name, _ in headers}
    headers += [header for header in _COMMON if header[0] not in present]
    if path in _DESCRIBED_AT:
        headers.append(("link", _DESCRIPTIONS.format(root=root)))
    if method == "OPTIONS":
        headers += _PREFLIGHT


def register(app: Flask) -> None:
    """Add the common headers to all responses of the application, and refuse what the gateway found wrong."""
    app.before_request(_refuse)
    app.wsgi_app = _WithHeaders(app.wsgi_app)  # type: ignore[method-assign]  # as Flask documents


def _refuse() -> None:
    """Raise the error that the gateway met, so that the application answers it as any other."""
    if refusal := request_context.of(request.environ).refusal:
        raise refusal


class _WithHeaders:
    """A WSGI application with the common headers."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            add_common(headers, environ["REQUEST_METHOD"], environ["PATH_INFO"], environ["SCRIPT_NAME"])
            return start_response(status, headers, *rest)

        return self._application(environ, start)
