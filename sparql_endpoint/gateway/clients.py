"""How much each client may ask for: requests in a minute, and queries at once."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field

from sparql_endpoint.errors import TooManyRequestsError

_REMEMBERED = 10_000
"""Clients that are kept count of, those that came last."""
_MINUTE = 60.0


@dataclass
class _Client:
    left: float
    counted: float
    running: int = 0
    waiting: int = 0


@dataclass
class Clients:
    """Counts for each client; 0 for a number is any number. Not to be used from several threads."""

    requests: int
    """Requests in a minute; what was not used in one minute may be used in the next, once."""
    queries: int
    """Queries at once."""
    _known: OrderedDict[str, _Client] = field(default_factory=OrderedDict)

    def count(self, name: str, now: float | None = None) -> None:
        """Counts a request. Raises TooManyRequestsError, which tells when the next may come."""
        if not self.requests:
            return
        now = time.monotonic() if now is None else now
        client = self._client(name, now)
        rate = self.requests / _MINUTE
        client.left = min(self.requests, client.left + (now - client.counted) * rate)
        client.counted = now
        if client.left < 1:
            told = f"{self.requests} requests in a minute are as many as one client may make"
            raise TooManyRequestsError(told, (1 - client.left) / rate)
        client.left -= 1

    def may_begin(self, name: str) -> bool:
        """Whether the client may have one more query run."""
        return not self.queries or self._client(name, time.monotonic()).running < self.queries

    def begin(self, name: str) -> None:
        """A query of the client runs."""
        self._client(name, time.monotonic()).running += 1

    def end(self, name: str) -> None:
        """It runs no more."""
        self._client(name, time.monotonic()).running -= 1

    def refusal(self) -> TooManyRequestsError:
        """What is told to a client whose queries all still run."""
        return TooManyRequestsError(f"{self.queries} queries at once are as many as one client may have run", 1)

    def _client(self, name: str, now: float) -> _Client:
        client = self._known.get(name)
        if client is None:
            client = self._known[name] = _Client(self.requests, now)
            while len(self._known) > _REMEMBERED:
                oldest = next(iter(self._known))
                if self._known[oldest].running:
                    break
                del self._known[oldest]
        else:
            self._known.move_to_end(name)
        return client
