"""The errors that only the endpoint raises, each with its HTTP status; the others are in `nbkg.errors`.

nbkg.errors.NbkgError           500
├── RequestError                400   the request is wrong
│   ├── QuerySyntaxError        400   with line and column
│   │   └── DocumentSyntaxError 400   of an RDF document
│   ├── QueryTooComplexError    400   nested or chained further than the process can bear
│   ├── UnauthorizedError       401   a change without the token, or with another
│   ├── ServiceRefusedError     403   the query would call another server
│   ├── UpdateRefusedError      403   this server only reads
│   ├── ForeignOriginError      403   another site's page asks for a change
│   ├── NotFoundError           404
│   ├── MethodNotAllowedError   405   with the methods that are
│   ├── NotAcceptableError      406   with the formats that are offered
│   ├── ConflictError           409   the graph is, or is not, there already
│   ├── WithdrawnError          410   an earlier release had it
│   ├── PreconditionFailedError 412   the resource is not in the state that the request demands
│   ├── TooLargeError           413
│   ├── AddressTooLongError     414
│   ├── UnsupportedMediaTypeError 415
│   ├── RangeNotSatisfiableError 416  with how long the file is
│   ├── TooManyRequestsError    429   one client asks for too much
│   ├── HeadTooLargeError       431
│   ├── AbandonedError          499   the client has gone; nobody reads this
│   └── NotKnownError           501   a method or a transfer coding
└── nbkg.errors.StoreError      500   the store could not answer
    ├── QueryTooSlowError       503   the query took longer than a query may
    ├── QueryTooLargeError      503   the query took more memory than a query may
    ├── BusyError               503   as many queries are running as may
    ├── BadGatewayError         502   the upstream server failed
    └── GatewayTimeoutError     504   the upstream server gave no answer in time
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from types import MappingProxyType

from nbkg.errors import NbkgError, StoreError

Words = tuple[str, Mapping[str, str]]


class RequestError(NbkgError):
    """The request is wrong; the response has these headers as well."""

    status = 400
    title = "Bad request"
    words: Words = ("", {})
    """The key of the same message in every language, with its values; empty where there is only the English one."""

    def __init__(self, message: str, headers: Mapping[str, str] | None = None, words: Words = words) -> None:
        self.headers, self.words = dict(headers or self.headers), words
        super().__init__(message)


class _RetryAfterError(NbkgError):
    """The client may ask again after some seconds."""

    def __init__(self, message: str, seconds: float = 1) -> None:
        NbkgError.__init__(self, message)
        self.headers = {"Retry-After": str(max(1, ceil(seconds)))}  # RFC 9110 section 10.2.3


class QuerySyntaxError(RequestError):
    """The query does not parse; `line` and `column` count from 1."""

    title = "The query does not parse"

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        self.hint: object = None
        """What may help (`sparql.hints.Hint`); None where nothing is known."""
        super().__init__(f"line {line}, column {column}: {message}" if line else message)


class DocumentSyntaxError(QuerySyntaxError):
    """An RDF document that was sent does not parse."""

    title = "The document does not parse"


class QueryTooComplexError(RequestError):
    """The query is nested or chained further than is allowed."""

    title = "The query is too complex"


class ServiceRefusedError(RequestError):
    """The query would call another server."""

    status = 403
    title = "SERVICE is not allowed"


class UpdateRefusedError(RequestError):
    """This server only reads."""

    status = 403
    title = "Updates are not enabled"


class UnauthorizedError(RequestError):
    """A change without the token, or with another."""

    status = 401
    title = "A token is needed"
    headers = MappingProxyType({"WWW-Authenticate": 'Bearer realm="nbkg"'})  # RFC 6750 section 3


class ForeignOriginError(RequestError):
    """A page of another site asks for a change."""

    status = 403
    title = "Not from another site"


class NotFoundError(RequestError):
    """Nothing is known by this address."""

    status = 404
    title = "Not found"


class MethodNotAllowedError(RequestError):
    """The method is not one of those allowed."""

    status = 405
    title = "Method not allowed"


class NotAcceptableError(RequestError):
    """None of the offered formats is wanted."""

    status = 406
    title = "Not acceptable"

    def __init__(self, message: str, offered: tuple[str, ...]) -> None:
        self.offered = offered
        super().__init__(message)


class ConflictError(RequestError):
    """The graph that was to be made is there, or the one that was to be changed is not."""

    status = 409
    title = "Conflict"


class PreconditionFailedError(RequestError):
    """The resource is not in the state that the request demands; nothing was done (RFC 9110 section 13)."""

    status = 412
    title = "The precondition does not hold"


class AddressTooLongError(RequestError):
    """The address is longer than is read."""

    status = 414
    title = "The address is too long"


class TooManyRequestsError(_RetryAfterError, RequestError):
    """One client asks for more than it may (RFC 6585 section 4)."""

    status = 429
    title = "Too many requests"


class HeadTooLargeError(RequestError):
    """The header fields of a request are too large (RFC 6585 section 5)."""

    status = 431
    title = "The header fields are too large"


class AbandonedError(RequestError):
    """The client has gone before its answer was there."""

    status = 499
    title = "The client has gone"


class NotKnownError(RequestError):
    """The method is none of HTTP, or the transfer coding is none that is decoded (RFC 9112 section 6.1)."""

    status = 501
    title = "Not known"


class TooLargeError(RequestError):
    """The request is too large."""

    status = 413
    title = "Too large"


class UnsupportedMediaTypeError(RequestError):
    """The body is of a type, or in a content coding, that cannot be read."""

    status = 415
    title = "Unsupported media type"


class RangeNotSatisfiableError(RequestError):
    """The part of a file that is asked for lies outside of it."""

    status = 416
    title = "Not in the file"


class QueryTooSlowError(_RetryAfterError, StoreError):
    """The query took longer than a query may; it was ended."""

    status = 503
    title = "The query took too long"

    def __str__(self) -> str:
        return f"{self.args[0]}; ask for less, or ask a copy of the data of your own"


class QueryTooLargeError(StoreError):
    """The query took more memory than a query may; it was ended."""

    status = 503
    title = "The query took too much memory"


class BusyError(_RetryAfterError, StoreError):
    """As many queries are running as may."""

    status = 503
    title = "Too many queries at once"


class BadGatewayError(StoreError):
    """The upstream server failed, or gave what cannot be passed on."""

    status = 502
    title = "The upstream server failed"


class GatewayTimeoutError(StoreError):
    """The upstream server gave no answer in time; what it did is not known."""

    status = 504
    title = "The upstream server gave no answer in time"
