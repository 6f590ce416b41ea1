"""Headers of every answer: open to scripts of other sites, closed to scripts within ours but where a page has its own.

https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request

from sparql_endpoint.http import request_context as exchange

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
"""The policy of the page with the editor, which asks the endpoint and for what it completes."""
_READERS = "Accept, Accept-Language, Content-Language, Content-Type, If-Modified-Since, If-None-Match, Range"
_ALWAYS = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", _EXPOSED),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Content-Security-Policy", _POLICY),
]
_AS_BEFORE = {"content-security-policy"}
"""What a 304 does not tell again: it would take the place of the policy that the page it stands for came with.
https://www.rfc-editor.org/rfc/rfc9111#section-3.2"""
_PREFLIGHT = [
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", _READERS),
    ("Access-Control-Max-Age", "86400"),
]
"""Scripts of other sites may read; changes are for our own (see `permission`)."""
_DESCRIBED = ("Link", '</.well-known/void>; rel="describedby", </openapi.json>; rel="service-desc"')
_DESCRIBED_AT = frozenset({"/sparql", "/data", "/"})


LOWERED = [(name.lower(), value) for name, value in (*_ALWAYS, _DESCRIBED)]
"""Those of an answer at `/sparql`."""


def register(app: Flask) -> None:
    """Adds them to the application."""
    app.before_request(_refuse)
    app.wsgi_app = _WithHeaders(app.wsgi_app)  # type: ignore[method-assign]


def _refuse() -> None:
    """Tells what the server in front found wrong."""
    if refusal := exchange.of(request.environ).refusal:
        raise refusal


class _WithHeaders:
    """The application, which need not name what every answer has."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            named = {name.lower() for name, _ in headers} | (_AS_BEFORE if status.startswith("304") else set())
            headers += [pair for pair in _ALWAYS if pair[0].lower() not in named]
            if environ["PATH_INFO"] in _DESCRIBED_AT:
                headers.append(_DESCRIBED)
            if environ["REQUEST_METHOD"] == "OPTIONS":
                headers += _PREFLIGHT
            return start_response(status, headers, *rest)

        return self._application(environ, start)
