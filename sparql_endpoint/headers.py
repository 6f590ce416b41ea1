"""Headers of every answer: open to scripts of other sites, closed to scripts of our own.

https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from __future__ import annotations

from flask import Flask, Response, request

from sparql_endpoint import exchange

_EXPOSED = (
    "Allow, Content-Disposition, Content-Encoding, Content-Length, Data-Version, ETag, Last-Modified, Link, Location, "
    "Retry-After, Vary, WWW-Authenticate"
)
_ALWAYS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": _EXPOSED,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Content-Language, Content-Type, If-Modified-Since, If-None-Match, Range"
    ),
    "Access-Control-Max-Age": "86400",
}
"""Scripts of other sites may read; changes are for our own (see `permission`)."""
_DESCRIBED = '</.well-known/void>; rel="describedby", </openapi.json>; rel="service-desc"'
_APPLY = frozenset({"/sparql", "/data", "/"})


def register(app: Flask) -> None:
    """Adds them to the application."""
    app.before_request(_refuse)
    app.after_request(_with_headers)


def _refuse() -> None:
    """Tells what the server in front found wrong."""
    if refusal := exchange.of(request.environ).refusal:
        raise refusal


def _with_headers(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        if name not in response.headers:
            response.headers[name] = value
    if request.path in _APPLY:
        response.headers.add("Link", _DESCRIBED)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
    return response
