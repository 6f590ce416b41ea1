"""What the refusals of the server behind mean to whoever asked us."""

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
from sparql_endpoint.stores.remote.transport import Answer

_READ = 1 << 14
_TOLD = 300
"""Characters of a refusal that are passed on."""
_SYNTAX = re.compile(r"synta|pars|expected", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
"""Oxigraph's words; classes of characters, of which it tells last, are left out."""
_TOO_SLOW = re.compile(r"\bS1T00\b|estimated execution time")
"""Virtuoso's words: it took too long, or would."""
_ECHO = re.compile(r"\s*SPARQL query:.*", re.DOTALL)
"""After its words Virtuoso repeats the query."""
_MARKUP = re.compile(r"<(?:style|script|title).*?</(?:style|script|title)>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_RETRY_AFTER = re.compile(r"[0-9]{1,9}|[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT")


def _bad_request(told: str) -> RequestError:
    if found := _PLACE.fullmatch(told):
        return QuerySyntaxError(found.group(3).partition(", [")[0], int(found.group(1)), int(found.group(2)))
    return QuerySyntaxError(told) if _SYNTAX.search(told) else RequestError(told)


_ERRORS: Mapping[int, Callable[[str], NbkgError]] = {
    400: _bad_request,
    406: lambda told: NotAcceptableError(f"the server behind has no such format: {told}", ()),
    413: TooLargeError,
    415: UnsupportedMediaTypeError,
    504: lambda told: GatewayTimeoutError(f"the server behind got no answer itself: {told}"),
}


def refused(answer: Answer) -> NbkgError:
    """The error that a status other than success stands for; reads its message and closes the answer."""
    told = _message(answer)
    if answer.status in (429, 503):
        return _BusyBehindError(f"the server behind is busy: {told}", answer.headers.get("Retry-After", ""))
    if _TOO_SLOW.search(told):
        return QueryTooSlowError(f"the server behind ended the query: {told}", answer.seconds)
    if made := _ERRORS.get(answer.status):
        return made(told)
    if 300 <= answer.status < 400:
        to = answer.headers.get("Location", "elsewhere")[:_TOLD]
        return BadGatewayError(f"the server behind redirects to {to}; redirects are not followed")
    return BadGatewayError(f"the server behind answers {answer.status}: {told}")


class _BusyBehindError(BusyError):
    """The server behind is busy, and may have told for how long."""

    title = "The server behind is busy"

    def __init__(self, message: str, retry_after: str) -> None:
        super().__init__(message, retry_after)
        self._retry_after = retry_after

    def __str__(self) -> str:
        return str(self.args[0])

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Retry-After": self._retry_after} if _RETRY_AFTER.fullmatch(self._retry_after) else super().headers


def _message(answer: Answer) -> str:
    """The first words of a refusal, as plain text."""
    try:
        text = answer.read(_READ).decode("utf-8", "replace")
    except NbkgError:
        text = ""
    finally:
        answer.close()
    if "html" in answer.headers.get("Content-Type", ""):
        text = _MARKUP.sub(" ", text)
    return " ".join(_ECHO.sub("", text).split())[:_TOLD] or "it does not say why"
