"""Requests to a provider: sent again a few times where it is busy or its answer is broken, with bounded waits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import TypeVar
from urllib.parse import quote, urlencode, urljoin, urlsplit

from loader.errors import ProviderBusyError, ProviderError
from loader.sources.provider.answer_body import LARGEST, read_body
from loader.sources.provider.retry_wait import Patience, read_retry_after
from nbkg.errors import HttpClientError, NbkgError, ServiceError
from nbkg.http_client.client import Client, ClientSettings, Request, parse_address

_SETTINGS = ClientSettings(seconds=60, per_block=True)
_BLOCK = 1 << 20
_REDIRECTS = 5
_LONGEST_ADDRESS = 4000
"""Characters of an address; a longer request is a POST, as servers refuse long addresses."""
_BUSY = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_PROTOCOLS = re.compile(rb"<[\w.:-]*(?:OAI-PMH|searchRetrieveResponse|explainResponse|diagnostics?)\b")
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
_TITLE = re.compile(rb"<(?:title|h1)[^>]*>\s*([^<]{1,100})", re.IGNORECASE)

Parsed = TypeVar("Parsed")


@dataclass(frozen=True)
class Answer:
    """A provider's answer."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    """XML in UTF-8."""
    notes: tuple[str, ...] = ()


class _BusyAnswerError(ServiceError):
    """The provider is busy; it may say for how long."""

    def __init__(self, problem: str, seconds: float | None) -> None:
        super().__init__(problem)
        self.seconds = seconds


class ProviderClient:
    """Sends requests to one address, one after another."""

    def __init__(self, address: str, patience: Patience) -> None:
        self._address = parse_address(address)
        self._patience = patience
        self._client = Client(_SETTINGS)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, parameters: Mapping[str, str | int], parse: Callable[[Answer], Parsed]) -> Parsed:
        """Return what is parsed of the answer to a request.

        The same request is sent again where the provider is busy, the connection breaks, or the answer is not what
        the protocol says. Raises the last error where that does not help, and ProviderBusyError at once where the
        provider asks for a longer wait than is allowed.
        """
        attempt = 1
        while True:
            try:
                return parse(self._readable(self._follow(parameters)))
            except (ProviderError, HttpClientError, _BusyAnswerError) as error:
                if attempt >= self._patience.tries or getattr(error, "is_final", False):
                    raise self._named(error, attempt) from error
                self._patience.wait(self._seconds(error, attempt))
                attempt += 1

    def _seconds(self, error: NbkgError, attempt: int) -> float:
        """Return how long to wait after an error. Raises ProviderBusyError for longer than is allowed."""
        seconds = error.seconds if isinstance(error, _BusyAnswerError) else None
        if seconds is not None and seconds > self._patience.longest_wait:
            back = self._patience.now() + timedelta(seconds=min(seconds, 1e11))
            moment = back.isoformat(timespec="seconds").replace("+00:00", "Z")
            raise ProviderBusyError(
                f"{self._address.url}: {error}; it asks to come back at {moment}: harvest again then"
            )
        return self._patience.backoff(attempt) if seconds is None else seconds

    def _named(self, error: NbkgError, attempt: int) -> NbkgError:
        """Return an error that names the address and how often it was tried; expired lists stay what they are."""
        tries = f", {attempt} times" if attempt > 1 else ""
        message = f"{self._address.url}{tries}: {error}"
        if isinstance(error, ProviderError):
            return type(error)(message, code=error.code, is_final=True)
        return ServiceError(message)

    def _follow(self, parameters: Mapping[str, str | int]) -> Answer:
        """Return the answer behind redirects; the query is kept where a redirect has none of its own."""
        query = urlencode(parameters, quote_via=quote, safe="")
        url = self._address.with_query(query)
        for _ in range(_REDIRECTS + 1):
            answer = self._send(url, query)
            if answer.status not in _MOVED:
                return answer
            target = urljoin(url, answer.headers.get("Location", ""))
            if urlsplit(target).scheme not in {"http", "https"} or target == url:
                raise ProviderError(f"a redirect ({answer.status}) leads to “{target}”", is_final=True)
            url = target if urlsplit(target).query else f"{target}?{query}"
        raise ProviderError(f"more than {_REDIRECTS} redirects", is_final=True)

    def _send(self, url: str, query: str) -> Answer:
        headers = {"Accept": "text/xml, application/xml", "Accept-Encoding": "gzip"}
        if _origin(url) == _origin(self._address.url):  # a redirect elsewhere does not get the password
            headers |= self._address.authorization
        request = Request("GET", url, headers)
        if len(url) > _LONGEST_ADDRESS:
            form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
            request = Request("POST", url.removesuffix(f"?{query}"), form, query.encode())
        with closing(self._client.send(request)) as response:
            blocks, size = list[bytes](), 0
            while block := response.read(_BLOCK):
                blocks.append(block)
                size += len(block)
                if size > LARGEST:
                    raise ProviderError(f"the answer has more than {LARGEST >> 20} MB", is_final=True)
            return Answer(url, response.status, response.headers, b"".join(blocks))

    def _readable(self, answer: Answer) -> Answer:
        """Return an answer whose body is XML of a protocol. Raises ServiceError or ProviderError for any other."""
        if answer.status in {429, 503}:
            raise _BusyAnswerError(f"the server answered {answer.status}", self._retry_after(answer))
        body, notes = read_body(answer.body, answer.headers)
        is_protocol = bool(_PROTOCOLS.search(body[:4096]))
        if answer.status != 200 and not is_protocol:
            raise self._refusal(answer)
        if not is_protocol:
            raise ProviderError(_describe(body))
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind and not kind.endswith("xml"):
            notes = (*notes, f"the answer is XML and is called {kind}")
        return Answer(answer.url, answer.status, answer.headers, body, notes)

    def _retry_after(self, answer: Answer) -> float | None:
        return read_retry_after(answer.headers, self._patience.now())

    def _refusal(self, answer: Answer) -> NbkgError:
        if answer.status in _BUSY:
            return _BusyAnswerError(f"the server answered {answer.status}", self._retry_after(answer))
        if 200 <= answer.status < 300:
            return ProviderError(f"the server answered {answer.status} without a document")
        reason = "it wants credentials" if answer.status in {401, 403} else "nothing can be read there"
        return ServiceError(f"{self._address.url}: the server answered {answer.status}: {reason}")


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _describe(body: bytes) -> str:
    """Return what an answer is that is no document of a protocol."""
    if not body:
        return "the answer is empty"
    title = _TITLE.search(body)
    if _HTML.match(body) or title:
        name = f" “{unescape(title[1].decode('utf-8', 'replace')).strip()}”" if title else ""
        return f"the answer is a page of HTML{name}, which may be a login page or a notice, and no list of records"
    return f"the answer is no document of the protocol; it begins with {body[:60]!r}"
