"""How much the server bears."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What the server bears."""

    threads: int
    body: int
    client_requests: int
    client_queries: int
    cache: int
    """Bytes of answers that are kept."""
    proxy_hops: int = 0
