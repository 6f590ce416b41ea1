"""Ends requests whose time is over or whose client has gone, by shutting down their connection.

A socket's own timeout counts from the last byte, so a server that sends a byte now and then could hold a request for
ever. urllib3 gives access to the socket of a running request, which requests and httpx do not; hence urllib3.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from http.client import HTTPException
from typing import Protocol

import urllib3
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class Cancellation(Protocol):
    """Runs actions once the client that a request is made for has gone."""

    def add(self, action: Callable[[], None]) -> None:
        """Register an action; run it at once where the client has gone already."""

    def remove(self, action: Callable[[], None]) -> None:
        """Forget an action."""


class Watch:
    """Watches one request, and remembers why it was ended."""

    def __init__(self, cancellation: Cancellation | None) -> None:
        self.expired = False
        self.cancelled = False
        self._cancellation = cancellation

    @contextmanager
    def ending(self, seconds: float, end: Callable[[], object]) -> Iterator[None]:
        """Call `end` from another thread if the block takes longer than `seconds`, or when the request is cancelled."""

        def expire() -> None:
            self.expired = True
            end_quietly()

        def cancel() -> None:
            self.cancelled = True
            end_quietly()

        def end_quietly() -> None:
            with suppress(OSError, ValueError, RuntimeError):  # it may have ended by itself in this moment
                end()

        timer = threading.Timer(max(0.0, seconds), expire)
        timer.daemon = True
        timer.start()
        if self._cancellation:
            self._cancellation.add(cancel)
        try:
            yield
        finally:
            timer.cancel()
            if self._cancellation:
                self._cancellation.remove(cancel)


current_watch: ContextVar[Watch] = ContextVar("current_watch")
"""The watch of the request that this thread is making."""


def _read_header(connection: HTTPConnection, read: Callable[[], urllib3.HTTPResponse]) -> urllib3.HTTPResponse:
    """Read the header of a response within the time that the connection was given for all of it."""
    wire, watch = connection.sock, current_watch.get()
    with watch.ending(connection.timeout or 0, lambda: wire.shutdown(socket.SHUT_RDWR)):
        try:
            return read()
        except (OSError, HTTPException) as error:
            if watch.expired or watch.cancelled:
                raise TimeoutError("the header did not come in time") from error
            raise


class _Connection(HTTPConnection):
    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as urllib3 itself has it
        return _read_header(self, super().getresponse)


class _SecureConnection(HTTPSConnection):
    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as urllib3 itself has it
        return _read_header(self, super().getresponse)


class Pool(HTTPConnectionPool):
    """Connections whose headers are read by a deadline."""

    ConnectionCls = _Connection


class SecurePool(HTTPSConnectionPool):
    """Encrypted connections whose headers are read by a deadline."""

    ConnectionCls = _SecureConnection
