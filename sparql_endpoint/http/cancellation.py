"""Cancelling the work for a request whose client has gone.

The gateway sets `current` for each request; where nothing sets it (commands, tests) no client ever goes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Cancellation:
    """The cancellation of one request; whoever works for the request registers what must be done then."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.is_cancelled = False
        """Whether the client has gone."""
        self._actions: list[Callable[[], None]] = []

    def cancel(self) -> None:
        """Run all registered actions, because the client has gone."""
        with self._lock:
            self.is_cancelled = True
            actions, self._actions = self._actions, []
        for action in actions:
            action()

    def add(self, action: Callable[[], None]) -> None:
        """Register an action; it runs at once where the client has gone already."""
        with self._lock:
            if not self.is_cancelled:
                self._actions.append(action)
                return
        action()

    def remove(self, action: Callable[[], None]) -> None:
        """Forget an action that is no longer needed."""
        with self._lock, suppress(ValueError):
            self._actions.remove(action)


current: ContextVar[Cancellation | None] = ContextVar("cancellation", default=None)
"""The cancellation of the request that this task or thread works for."""


def until_cancelled(application: WSGIApplication) -> WSGIApplication:
    """Return an application whose responses end, by an error, when their client has gone."""

    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        chunks = application(environ, start_response)
        cancellation = current.get()
        try:
            for chunk in chunks:
                if cancellation and cancellation.is_cancelled:
                    raise ConnectionResetError("the client has gone")
                yield chunk
        finally:
            if close := getattr(chunks, "close", None):
                close()

    return call
