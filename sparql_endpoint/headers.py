"""Headers of every answer: open to scripts of other sites, closed to scripts of our own.

https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from __future__ import annotations

from flask import Flask, Response, request

_ALWAYS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, Content-Length, Link, Location, Vary",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Authorization, Content-Language, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def register(app: Flask) -> None:
    """Adds them to the application."""
    app.after_request(_with_headers)


def _with_headers(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
    return response
