"""Requests to the server behind a remote store, each within its time.

No redirect is followed and no proxy taken from the environment. A connection is kept for the next request only where
its answer was read to the end.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import unquote

import urllib3
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    MaxRetryError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import Timeout, make_headers, parse_url

from nbkg.errors import NbkgError, StoreUnavailableError
from sparql_endpoint.errors import AbandonedError, BadGatewayError, GatewayTimeoutError, QueryTooSlowError
from sparql_endpoint.http.cancellation import current

_CONNECTS_WITHIN = 10.0
_CONNECTIONS = 32
"""Connections that are kept for the next request."""
_TOLD = 300
"""Characters of an error that are passed on."""
_NO_CONNECTION = (NewConnectionError, ConnectTimeoutError, SSLError)


@dataclass(frozen=True)
class Address:
    """Where a server answers, without the user and password that may stand in it; those go into the header."""

    url: str
    authorization: Mapping[str, str] = field(default_factory=dict, repr=False)

    def with_query(self, query: str) -> str:
        """The address with something added to its query string."""
        return f"{self.url}{'&' if '?' in self.url else '?'}{query}"


def address(text: str) -> Address:
    """Reads `http(s)://[user:password@]host…`. Raises StoreUnavailableError."""
    try:
        url = parse_url(text)
    except LocationParseError:
        raise StoreUnavailableError("the address of the server behind does not parse") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise StoreUnavailableError("the server behind has an address that begins with http:// or https://")
    shown = url._replace(auth=None, fragment=None).url
    return Address(shown, make_headers(basic_auth=unquote(url.auth)) if url.auth else {})


@dataclass(frozen=True)
class Request:
    """One request; `changes` where its outcome is unknown if no answer comes."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None
    changes: bool = False


class Answer:
    """An answer of the server behind, read block by block; only the time that the server takes counts."""

    def __init__(self, response: urllib3.BaseHTTPResponse, request: Request, seconds: float, left: float) -> None:
        self.status = response.status
        self.headers = response.headers
        self._response = response
        self._request = request
        self.seconds = seconds
        self._left = left

    def read(self, amount: int) -> bytes:
        """The next bytes, at most so many; none at the end. Raises StoreError where it breaks off or takes too long."""
        begun = time.monotonic()
        with _ending(self._left, self._response.shutdown) as ended:
            broken: Exception | None = None
            try:
                block = self._response.read(amount, decode_content=False)
            except (HTTPError, OSError, ValueError) as error:
                block, broken = b"", error
        self._left -= time.monotonic() - begun
        if ended() or isinstance(broken, ReadTimeoutError):
            raise _too_slow(self._request, self.seconds) from broken
        if broken:
            raise BadGatewayError("the answer of the server behind broke off before its end") from broken
        return block

    def close(self) -> None:
        """Ends the connection where the answer was not read to its end, so that the server can stop."""
        self._response.close()

    def drain(self) -> None:
        """Reads a short rest, so that the connection can be kept."""
        with suppress(NbkgError):
            self.read(1 << 16)
        self.close()


class Transport:
    """Sends requests, each within the same time; safe to use from several threads."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._pools = urllib3.PoolManager(maxsize=_CONNECTIONS, retries=False, headers={"User-Agent": "nbkg"})
        self._pools.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def send(self, request: Request) -> Answer:
        """The answer, once its header is there, whatever its status. Raises StoreError."""
        begun = time.monotonic()
        timeout = Timeout(connect=min(self.seconds, _CONNECTS_WITHIN), total=self.seconds)
        headers = {"User-Agent": "nbkg", **request.headers}
        try:
            response = self._pools.request(
                request.method,
                request.url,
                body=request.body,
                headers=headers,
                timeout=timeout,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
        except (HTTPError, OSError) as error:
            raise _unanswered(error, request, self.seconds) from error
        return Answer(response, request, self.seconds, max(0.01, self.seconds - (time.monotonic() - begun)))

    def close(self) -> None:
        """Closes the connections that are kept."""
        self._pools.clear()


def _unanswered(error: Exception, request: Request, seconds: float) -> NbkgError:
    reason = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if (abandoned := current.get()) and abandoned.told:
        return AbandonedError("the client has gone")
    if isinstance(reason, _NO_CONNECTION):
        return StoreUnavailableError(f"the server behind, {_host(request.url)}, cannot be reached: {_words(reason)}")
    if isinstance(reason, ReadTimeoutError | TimeoutError):
        return _too_slow(request, seconds)
    return BadGatewayError(f"the server behind, {_host(request.url)}, broke the connection off: {_words(reason)}")


def _too_slow(request: Request, seconds: float) -> NbkgError:
    if (abandoned := current.get()) and abandoned.told:
        return AbandonedError("the client has gone")
    if request.changes:
        return GatewayTimeoutError(f"no answer within {seconds:g} s; whether it was done is not known")
    return QueryTooSlowError(f"the query took longer than {seconds:g} s", seconds)


def _host(url: str) -> str:
    return parse_url(url).netloc or url


def _words(error: Exception) -> str:
    """An error without the name of the object that it happened to."""
    return str(error.args[-1] if error.args else error).rpartition(": ")[2][:_TOLD]


@contextmanager
def _ending(seconds: float, end: Callable[[], object]) -> Iterator[Callable[[], bool]]:
    """Ends what happens within after so many seconds, or when the client has gone; tells whether that was done."""
    done = threading.Event()

    def act() -> None:
        done.set()
        with suppress(OSError, ValueError, RuntimeError):
            end()

    timer = threading.Timer(max(0.0, seconds), act)
    timer.daemon = True
    timer.start()
    abandoned = current.get()
    if abandoned:
        abandoned.add(act)
    try:
        yield done.is_set
    finally:
        timer.cancel()
        if abandoned:
            abandoned.remove(act)


def _header(connection: HTTPConnection, read: Callable[[], urllib3.HTTPResponse]) -> urllib3.HTTPResponse:
    """Reads the header of an answer, within the time that the connection was given for all of it."""
    wire = connection.sock
    with _ending(connection.timeout or 0, lambda: wire.shutdown(socket.SHUT_RDWR)) as ended:
        try:
            return read()
        except (OSError, HTTPException) as error:
            if ended():
                raise TimeoutError("the header did not come in time") from error
            raise


class _Connection(HTTPConnection):
    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]
        return _header(self, super().getresponse)


class _SecureConnection(HTTPSConnection):
    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]
        return _header(self, super().getresponse)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection
