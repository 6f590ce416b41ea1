"""Retries of requests, by `Retry-After` (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3) or by growing waits."""

from __future__ import annotations

from typing import Any, Self

from urllib3 import BaseHTTPResponse, Retry
from urllib3.exceptions import InvalidHeader, ReadTimeoutError

BUSY = frozenset({429, 502, 503, 504})
"""The statuses of a server that may answer later."""
LONGEST_WAIT = 120
"""Seconds between two tries at most, whatever the server asks for."""


class Retries(Retry):
    """Repeats a request where the connection broke or the server is busy, not where it took too long.

    The waits are 0, 1, 2, 4 and 8 seconds, or what `Retry-After` asks for.
    """

    @classmethod
    def limited(cls, retries: int, redirects: int) -> Self:
        """Return what allows so many retries and so many redirects."""
        return cls(
            total=retries + redirects,
            connect=0,
            read=retries,
            status=retries,
            redirect=redirects,
            other=0,
            allowed_methods=None,
            status_forcelist=BUSY if retries else (),
            backoff_factor=0.5,
            raise_on_status=False,
            raise_on_redirect=False,
            respect_retry_after_header=bool(retries),
            retry_after_max=LONGEST_WAIT,
        )

    def increment(self, *args: Any, **options: Any) -> Self:
        """Return the retries that are left. Raises the error itself where the server took too long."""
        if isinstance(error := options.get("error"), ReadTimeoutError):
            raise error
        return super().increment(*args, **options)

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """Return the seconds that `Retry-After` asks for; None where it does not say or cannot be read."""
        try:
            return super().get_retry_after(response)
        except InvalidHeader:
            return None
