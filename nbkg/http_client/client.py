"""Sends requests and reads their responses.

No proxy is taken from the environment, and redirects are followed only where a client allows them: data and credentials
go to the address that was given. A connection is kept for the next request only where its response was read to the end.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    MaxRetryError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import Timeout, parse_url

from nbkg.errors import (
    ConnectionBrokenError,
    HttpClientError,
    RequestCancelledError,
    ServerTooSlowError,
    ServerUnreachableError,
    UsageError,
)
from nbkg.http_client.authentication import Password, basic_authorization
from nbkg.http_client.deadline import Cancellation, Pool, SecurePool, Watch, current_watch
from nbkg.http_client.retries import Retries

_CONNECT_SECONDS = 10.0
_CONNECTIONS = 32
"""Connections to each server that are kept for the next request."""
_LONGEST_MESSAGE = 300
"""Characters of an error that are passed on."""
_NO_CONNECTION = (NewConnectionError, ConnectTimeoutError, SSLError)


@dataclass(frozen=True)
class Address:
    """The address of a server without the name and password that it may hold; those go into the header."""

    url: str
    authorization: Mapping[str, str] = field(default_factory=dict, repr=False)

    def with_query(self, query: str) -> str:
        """Return the address with something added to its query string."""
        return f"{self.url}{'&' if '?' in self.url else '?'}{query}"


def parse_address(text: str) -> Address:
    """Read `http(s)://[name:password@]host…`. Raises UsageError, whose message does not repeat the text."""
    try:
        url = parse_url(text)
    except LocationParseError:
        raise UsageError("the address does not parse") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise UsageError("expected an address that begins with http:// or https://")
    bare = url._replace(auth=None, fragment=None).url
    return Address(bare, basic_authorization(unquote(url.auth)) if url.auth else {})


@dataclass(frozen=True)
class Request:
    """A request."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True)
class ClientSettings:
    """How a client sends its requests."""

    seconds: float
    """The time for a response, from the request to the end of the body; only the time that the server takes counts."""
    per_block: bool = False
    """Whether each block of a body has that time of its own, for files whose length is not known."""
    retries: int = 0
    """How often a request is sent again where the connection broke or the server is busy."""
    redirects: int = 0
    """How many redirects are followed."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Header fields of every request."""
    password: Password | None = None
    cancellation: Callable[[], Cancellation | None] = lambda: None
    """Returns what tells the request that this thread makes that its client has gone."""


class Response:
    """A response whose body is read block by block, without undoing a content coding."""

    def __init__(self, response: urllib3.BaseHTTPResponse, watch: Watch, settings: ClientSettings, left: float) -> None:
        self.status = response.status
        self.reason = response.reason or ""
        self.headers = response.headers
        self._response = response
        self._watch = watch
        self._settings = settings
        self._left = left

    def read(self, amount: int) -> bytes:
        """Return at most so many bytes, none at the end. Raises HttpClientError."""
        start = time.monotonic()
        seconds = self._settings.seconds if self._settings.per_block else self._left
        broken: Exception | None = None
        with self._watch.ending(seconds, self._response.shutdown):
            try:
                block = self._response.read(amount, decode_content=False)
            except (HTTPError, OSError, ValueError) as error:
                block, broken = b"", error
        self._left -= time.monotonic() - start
        if broken or self._watch.expired or self._watch.cancelled:
            raise _failure(broken, self._watch, self._settings.seconds) from broken
        return block

    def close(self) -> None:
        """Close the connection where the body was not read to its end, so that the server can stop."""
        self._response.close()

    def drain(self) -> None:
        """Read a short rest, so that the connection can be kept."""
        with suppress(HttpClientError):
            self.read(1 << 16)
        self.close()


class Client:
    """Sends requests; safe to use from several threads, but with a password from one at a time."""

    def __init__(self, settings: ClientSettings) -> None:
        self.settings = settings
        self._pools = urllib3.PoolManager(maxsize=_CONNECTIONS)
        self._pools.pool_classes_by_scheme = {"http": Pool, "https": SecurePool}

    def send(self, request: Request) -> Response:
        """Return the response once its header has come, whatever its status. Raises HttpClientError.

        A password waits until the server has asked for it at a POST without a body: servers that refuse a request may
        break the connection while its body is sent.
        """
        password = self.settings.password
        if password and password.needs_challenge:
            password.needs_challenge = False
            probe = self._exchange(Request("POST", request.url, request.headers, b""))
            _is_challenged(probe, password)
            probe.drain()
        response = self._exchange(request)
        if password and _is_challenged(response, password):
            response.drain()
            response = self._exchange(request)
        return response

    def close(self) -> None:
        """Close the connections that are kept."""
        self._pools.clear()

    def _exchange(self, request: Request) -> Response:
        settings, start = self.settings, time.monotonic()
        watch = Watch(settings.cancellation())
        headers = {"User-Agent": "nbkg", **settings.headers, **request.headers}
        if settings.password:
            headers |= settings.password.headers(request.method, parse_url(request.url).request_uri)
        token = current_watch.set(watch)
        try:
            response = self._pools.request(
                request.method,
                request.url,
                body=request.body,
                headers=headers,
                timeout=Timeout(connect=min(settings.seconds, _CONNECT_SECONDS), total=settings.seconds),
                retries=Retries.limited(settings.retries, settings.redirects),
                redirect=settings.redirects > 0,
                preload_content=False,
                decode_content=False,
            )
        except (HTTPError, OSError) as error:
            raise _failure(error, watch, settings.seconds) from error
        finally:
            current_watch.reset(token)
        return Response(response, watch, settings, max(0.01, settings.seconds - (time.monotonic() - start)))


def _is_challenged(response: Response, password: Password) -> bool:
    """Return whether a response asks for the password in a way that was not answered yet."""
    return response.status == 401 and password.accept_challenge(response.headers.getlist("WWW-Authenticate"))


def _failure(error: Exception | None, watch: Watch, seconds: float) -> HttpClientError:
    """Return the error of ours that an error of urllib3 stands for."""
    reason = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if watch.cancelled:
        return RequestCancelledError("the client has gone")
    if isinstance(reason, _NO_CONNECTION):
        return ServerUnreachableError(_words(reason))
    if watch.expired or isinstance(reason, ReadTimeoutError | TimeoutError):
        return ServerTooSlowError(f"no answer within {seconds:g} s")
    return ConnectionBrokenError(_words(reason) if reason else "no reason is known")


def _words(error: Exception) -> str:
    """Return the message of an error without the name of the object that it happened to and its number."""
    text = str(error.args[-1] if error.args else error).rpartition(": ")[2]
    return re.sub(r"^\[Errno -?\d+\] ", "", text)[:_LONGEST_MESSAGE]
