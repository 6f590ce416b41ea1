"""What each client may ask for: requests in a minute, and queries at once."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field

from sparql_endpoint.errors import TooManyRequestsError

_REMEMBERED = 10_000
"""Clients that are remembered: those that came last."""
_MINUTE = 60.0


@dataclass
class _Client:
    """A bucket of requests that fills with time, and the number of queries that run."""

    requests_left: float
    filled_at: float
    running: int = 0


@dataclass
class ClientLimits:
    """The limits of each client; 0 for any number. Not to be used from several threads."""

    requests: int
    """Requests in a minute; what was not used in one minute may be used in the next, once."""
    queries: int
    """Queries at once."""
    _clients: OrderedDict[str, _Client] = field(default_factory=OrderedDict)

    def count_request(self, address: str, now: float | None = None) -> None:
        """Count a request. Raises TooManyRequestsError, which says when the next may come."""
        if not self.requests:
            return
        now = time.monotonic() if now is None else now
        client = self._find_client(address, now)
        rate = self.requests / _MINUTE
        client.requests_left = min(self.requests, client.requests_left + (now - client.filled_at) * rate)
        client.filled_at = now
        if client.requests_left < 1:
            message = f"{self.requests} requests in a minute are as many as one client may make"
            raise TooManyRequestsError(message, (1 - client.requests_left) / rate)
        client.requests_left -= 1

    def may_begin(self, address: str) -> bool:
        """Return whether the client may have one more query run."""
        return not self.queries or self._find_client(address, time.monotonic()).running < self.queries

    def begin(self, address: str) -> None:
        """Count a query of the client that runs now."""
        self._find_client(address, time.monotonic()).running += 1

    def end(self, address: str) -> None:
        """Count a query of the client no longer."""
        self._find_client(address, time.monotonic()).running -= 1

    def refusal(self) -> TooManyRequestsError:
        """Return the error for a client whose queries all still run."""
        return TooManyRequestsError(f"{self.queries} queries at once are as many as one client may have run", 1)

    def _find_client(self, address: str, now: float) -> _Client:
        client = self._clients.get(address)
        if client is None:
            client = self._clients[address] = _Client(self.requests, now)
            self._forget_oldest()
        else:
            self._clients.move_to_end(address)
        return client

    def _forget_oldest(self) -> None:
        while len(self._clients) > _REMEMBERED:
            oldest = next(iter(self._clients))
            if self._clients[oldest].running:
                break
            del self._clients[oldest]
