"""A Graph Store that is written over HTTP.

SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/ – graphs are named indirectly,
by `?graph=IRI` or `?default`. Redirects are never followed and proxies of the environment not asked: data and
credentials go to the address that was given, and nowhere else.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import TracebackType
from typing import Self
from urllib.parse import quote

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    InvalidHeader,
    LocationParseError,
    ProtocolError,
    ReadTimeoutError,
)
from urllib3.util import Timeout, Url, parse_url

from loader.push.credentials import Credentials
from nbkg.errors import NbkgError, ServiceError, UsageError

AGAIN = "run the same command again to go on"
_TIMEOUT = Timeout(connect=10, read=600)
_WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries, unless the server asks for more by Retry-After."""
_PATIENCE = 120.0
"""Seconds waited at most, whatever the server asks for."""
_BUSY = {429, 502, 503, 504}
_ADVICE = {
    401: "a token is needed: --token-file FILE, or --user NAME with --password-file FILE",
    403: "a token is needed that may write: --token-file FILE, or --user NAME with --password-file FILE",
    404: "is this the address of a Graph Store?",
    405: "is this the address of a Graph Store that may be written?",
    413: "the chunk is too large: give a smaller --chunk",
}


class GraphStore:
    """A Graph Store at its address. Raises UsageError for an address that is none."""

    def __init__(self, address: str, credentials: Credentials) -> None:
        self.address = address
        self._url = _url(address)
        self._credentials = credentials
        self._tried = False
        self._pool = urllib3.PoolManager(timeout=_TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.clear()

    @property
    def genid(self) -> str:
        """What this store's skolem IRIs begin with (RDF 1.1, section 3.5)."""
        return Url(self._url.scheme, None, self._url.host, self._url.port, "/.well-known/genid/").url

    def write(self, graph: str | None, body: bytes, *, replace: bool, what: str) -> None:
        """Replaces a graph by N-Triples, or adds them; tried again where the server is busy or the connection breaks.

        That is harmless: what is added has no blank nodes, and a graph is a set. `what` is told in errors: UsageError
        for what the server refuses, ServiceError for what it did not get or could not do.
        """
        query = "default" if graph is None else f"graph={quote(graph, safe='')}"
        path = self._url.request_uri
        target = f"{path}{'&' if '?' in path else '?'}{query}"
        if self._credentials.waiting and not self._tried:
            self._tried = True
            # The challenge comes before the body: servers that refuse may break the connection while it is sent.
            self._credentials.challenged(_challenges(self._answer("POST", target, b"", what)))
        method = "PUT" if replace else "POST"
        answer = self._answer(method, target, body, what)
        if answer.status == 401 and self._credentials.challenged(_challenges(answer)):
            answer = self._answer(method, target, body, what)
        if not 200 <= answer.status < 300:
            raise self._refused(answer, what)

    def _answer(self, method: str, target: str, body: bytes, what: str) -> urllib3.BaseHTTPResponse:
        """The first answer that is not “later”, or the last of all."""
        for wait in (*_WAITS, None):
            try:
                answer = self._ask(method, target, body)
            except ProtocolError as error:
                if wait is None:
                    raise self._unreached(
                        "the connection broke; a server that wants a token may do so", what
                    ) from error
                time.sleep(wait)
            except HTTPError as error:
                raise self._unreached(_problem(error), what) from error
            else:
                if wait is None or answer.status not in _BUSY:
                    return answer
                time.sleep(_pause(answer, wait))
        raise AssertionError

    def _ask(self, method: str, target: str, body: bytes) -> urllib3.BaseHTTPResponse:
        told = self._credentials.header(method, target)
        headers = {"Content-Type": "application/n-triples", "User-Agent": "nbkg"}
        headers |= {} if told is None else {"Authorization": told}
        url = f"{Url(self._url.scheme, None, self._url.host, self._url.port).url}{target}"
        return self._pool.request(method, url, body=body, headers=headers, retries=False, redirect=False)

    def _unreached(self, problem: str, what: str) -> ServiceError:
        return ServiceError(f"{self.address}: {what}: {problem}; {AGAIN}")

    def _refused(self, answer: urllib3.BaseHTTPResponse, what: str) -> NbkgError:
        problem = f"answered {answer.status} {answer.reason or ''}".rstrip()
        said = " ".join(_words(answer))[:300]
        advice = _ADVICE.get(answer.status, "")
        if 300 <= answer.status < 400:
            advice = f"it points to {answer.headers.get('Location', 'nowhere')}; give the address itself"
        told = "; ".join(part for part in (f"{problem}: {said}" if said else problem, advice, AGAIN) if part)
        wrong = answer.status < 500 and answer.status not in _BUSY
        return (UsageError if wrong else ServiceError)(f"{self.address}: {what}: {told}")


def _url(address: str) -> Url:
    try:
        url = parse_url(address)
    except LocationParseError as error:
        raise UsageError(f"{address}: is no address") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise UsageError(f"{address}: expected the address of a Graph Store, http://… or https://…")
    if url.auth:
        raise UsageError("the address holds a name or password; give them by --user and --password-file")
    return url


def _challenges(answer: urllib3.BaseHTTPResponse) -> list[str]:
    return answer.headers.getlist("WWW-Authenticate") if answer.status == 401 else []


def _problem(error: HTTPError) -> str:
    match error:
        case ReadTimeoutError():
            return f"no answer in {_TIMEOUT.read_timeout} s; a smaller --chunk may help"
        case ConnectTimeoutError():
            cause = error.__cause__ or error.__context__
            refused = isinstance(cause, ConnectionRefusedError)
            return "connection refused; is the server running?" if refused else "cannot be reached"
        case _:
            return f"cannot be reached ({error})"


def _pause(answer: urllib3.BaseHTTPResponse, wait: float) -> float:
    asked = answer.headers.get("Retry-After")
    try:
        return min(_PATIENCE, max(wait, urllib3.Retry().parse_retry_after(asked))) if asked else wait
    except InvalidHeader:
        return wait


def _words(answer: urllib3.BaseHTTPResponse) -> Iterator[str]:
    """The words of an answer that is text, not a page."""
    if answer.headers.get("Content-Type", "text/plain").startswith(
        ("text/plain", "application/json", "application/problem")
    ):
        text = answer.data[:4000].decode("utf-8", "replace")
        yield from "".join(c if c.isprintable() else " " for c in text).split()
