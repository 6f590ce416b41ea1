"""Requests to the upstream, each within its time, and the errors that the endpoint reports where they fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from nbkg.errors import (
    ConnectionBrokenError,
    RequestCancelledError,
    ServerTooSlowError,
    ServerUnreachableError,
    StoreUnavailableError,
    UsageError,
)
from nbkg.http_client.client import Address, Client, ClientSettings, Request, Response, parse_address
from sparql_endpoint.errors import AbandonedError, BadGatewayError, GatewayTimeoutError, QueryTooSlowError
from sparql_endpoint.http.cancellation import current


def upstream_address(text: str) -> Address:
    """Read `http(s)://[user:password@]host…`. Raises StoreUnavailableError."""
    try:
        return parse_address(text)
    except UsageError as error:
        raise StoreUnavailableError(f"the address of the upstream server: {error}") from None


class UpstreamResponse:
    """A response of the upstream, read block by block; only the time that the upstream takes counts."""

    def __init__(self, response: Response, seconds: float, *, changes: bool) -> None:
        self.status = response.status
        self.headers = response.headers
        self.seconds = seconds
        self.close = response.close
        self.drain = response.drain
        self._response = response
        self._changes = changes

    def read(self, amount: int) -> bytes:
        """Return at most so many bytes, none at the end. Raises StoreError where it breaks off or takes too long."""
        with _endpoint_errors(self.seconds, changes=self._changes):
            return self._response.read(amount)


class Upstream:
    """Sends requests to the upstream, each within the same time; safe to use from several threads."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._client = Client(ClientSettings(seconds, cancellation=current.get))
        self.close = self._client.close

    def send(self, request: Request, *, changes: bool = False) -> UpstreamResponse:
        """Return the response once its header has come, whatever its status. Raises StoreError.

        `changes` says that the outcome is unknown if no response comes.
        """
        with _endpoint_errors(self._seconds, urlsplit(request.url).netloc, changes=changes):
            return UpstreamResponse(self._client.send(request), self._seconds, changes=changes)


@contextmanager
def _endpoint_errors(seconds: float, host: str = "", *, changes: bool) -> Iterator[None]:
    """Raise the endpoint's error for one of the HTTP client."""
    try:
        yield
    except RequestCancelledError as error:
        raise AbandonedError(str(error)) from error
    except ServerUnreachableError as error:
        raise StoreUnavailableError(f"the upstream server, {host}, cannot be reached: {error}") from error
    except ServerTooSlowError as error:
        if changes:
            raise GatewayTimeoutError(f"{error}; whether it was done is not known") from error
        raise QueryTooSlowError(f"the query took longer than {seconds:g} s", seconds) from error
    except ConnectionBrokenError as error:
        raise BadGatewayError(f"the connection to the upstream server broke: {error}") from error
