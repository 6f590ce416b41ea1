"""The errors of the endpoint that the statuses of the upstream stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from nbkg.errors import NbkgError
from sparql_endpoint.errors import (
    BadGatewayError,
    BusyError,
    GatewayTimeoutError,
    NotAcceptableError,
    QuerySyntaxError,
    QueryTooSlowError,
    RequestError,
    TooLargeError,
    UnsupportedMediaTypeError,
)
from sparql_endpoint.stores.remote.transport import UpstreamResponse

_READ = 1 << 14
LONGEST_MESSAGE = 300
"""Characters of a message that are passed on."""
_SYNTAX = re.compile(r"synta|pars|expected", re.IGNORECASE)
_SYNTAX_ERROR = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
"""Oxigraph's message with line and column; the classes of characters at its end are left out."""
_TOO_SLOW = re.compile(r"\bS1T00\b|estimated execution time")
"""Virtuoso's message where a query took too long, or would."""
_ECHO = re.compile(r"\s*SPARQL query:.*", re.DOTALL)
"""Virtuoso repeats the query after its message."""
_MARKUP = re.compile(r"<(?:style|script|title).*?</(?:style|script|title)>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_RETRY_AFTER = re.compile(r"[0-9]{1,9}|[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT")


def _bad_request(message: str) -> RequestError:
    if match := _SYNTAX_ERROR.fullmatch(message):
        return QuerySyntaxError(match.group(3).partition(", [")[0], int(match.group(1)), int(match.group(2)))
    return QuerySyntaxError(message) if _SYNTAX.search(message) else RequestError(message)


_ERRORS: Mapping[int, Callable[[str], NbkgError]] = {
    400: _bad_request,
    406: lambda message: NotAcceptableError(f"the upstream server has no such format: {message}", ()),
    413: TooLargeError,
    415: UnsupportedMediaTypeError,
    504: lambda message: GatewayTimeoutError(f"the upstream server got no answer itself: {message}"),
}


def upstream_error(response: UpstreamResponse) -> NbkgError:
    """Return the error that a status other than success stands for; read its message and close the response."""
    message = _message(response)
    if response.status in (429, 503):
        return _UpstreamBusyError(f"the upstream server is busy: {message}", response.headers.get("Retry-After", ""))
    if _TOO_SLOW.search(message):
        return QueryTooSlowError(f"the upstream server ended the query: {message}", response.seconds)
    if make_error := _ERRORS.get(response.status):
        return make_error(message)
    if 300 <= response.status < 400:
        target = response.headers.get("Location", "elsewhere")[:LONGEST_MESSAGE]
        return BadGatewayError(f"the upstream server redirects to {target}; redirects are not followed")
    return BadGatewayError(f"the upstream server answers {response.status}: {message}")


class _UpstreamBusyError(BusyError):
    """The upstream is busy, and may have said for how long."""

    title = "The upstream server is busy"

    def __init__(self, message: str, retry_after: str) -> None:
        super().__init__(message)
        self.args = (message, retry_after)  # what this class is made of again in another process
        if _RETRY_AFTER.fullmatch(retry_after):
            self.headers = {"Retry-After": retry_after}


def _message(response: UpstreamResponse) -> str:
    """Return the first words of an error response as plain text."""
    try:
        text = response.read(_READ).decode("utf-8", "replace")
    except NbkgError:
        text = ""
    finally:
        response.close()
    if "html" in response.headers.get("Content-Type", ""):
        text = _MARKUP.sub(" ", text)
    return " ".join(_ECHO.sub("", text).split())[:LONGEST_MESSAGE] or "it does not say why"
