"""What a gateway is given: its limits, and the protocols that it answers itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sparql_endpoint.http.proxies import TrustedAddress
from sparql_endpoint.http.request import Request
from sparql_endpoint.http.request_context import RequestContext
from sparql_endpoint.http.response import Response
from sparql_endpoint.protocol.prepared_query import PreparedQuery


@dataclass(frozen=True)
class Limits:
    """The limits of the server; 0 for any number."""

    threads: int
    """Requests that threads answer at a time."""
    body: int
    """Bytes of a request's body."""
    client_requests: int
    client_queries: int
    cache: int
    """Bytes of responses that are kept."""
    address: TrustedAddress = field(default_factory=TrustedAddress)
    """What is trusted of what clients and proxies say about the server's address."""


@dataclass(frozen=True)
class Route:
    """A protocol at a path and below it: `respond` answers in a thread, or returns None where a page does."""

    path: str
    methods: Sequence[str]
    respond: Callable[[Request, RequestContext], Response | None]

    def matches(self, request: Request) -> bool:
        """Return whether a request is for this route."""
        at_path = request.path == self.path or request.path.startswith(f"{self.path}/")
        return at_path and request.method in self.methods


@dataclass(frozen=True)
class Protocols:
    """The routes that the gateway answers itself, and how it prepares a query that needs no thread."""

    query_path: str
    prepare: Callable[[Request, RequestContext], PreparedQuery | None]
    routes: Sequence[Route]
    limited: Sequence[str]
    """The paths whose requests count as queries of a client."""
