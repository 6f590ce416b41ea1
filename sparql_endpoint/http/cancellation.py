"""Whether the client that asked has gone, so that what works for it can stop.

The server that took the request sets `current` in the thread that answers it; where nobody did, no client ever goes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar


class Abandonment:
    """Told once that the client has gone; whoever works for it registers what is to be done then."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told = False
        self._actions: list[Callable[[], None]] = []

    @property
    def told(self) -> bool:
        """Whether the client has gone."""
        return self._told

    def tell(self) -> None:
        """The client has gone: does all that was registered."""
        with self._lock:
            self._told = True
            actions, self._actions = self._actions, []
        for action in actions:
            action()

    def add(self, action: Callable[[], None]) -> None:
        """Registers an action; it is done at once where the client has gone already."""
        with self._lock:
            if not self._told:
                self._actions.append(action)
                return
        action()

    def remove(self, action: Callable[[], None]) -> None:
        """The action is not to be done any more."""
        with self._lock, suppress(ValueError):
            self._actions.remove(action)


current: ContextVar[Abandonment | None] = ContextVar("abandonment", default=None)
"""That of the request which this thread answers."""
