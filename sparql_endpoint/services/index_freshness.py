"""Whether the text index in a folder is still that of the store on another server, asked now and then."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from contextlib import suppress

from nbkg.errors import NbkgError
from nbkg.text_index.folder import STATE, State, counts_query
from sparql_endpoint.http.formats import JSON
from sparql_endpoint.stores.base import Question, Store
from sparql_endpoint.stores.rows import rows

THREAD = "index freshness"
"""The name of the thread that asks the store."""
_SECONDS = 600.0
"""How long an answer of the store counts: it reads all its texts for it."""


class Freshness:
    """What is known of the store's state; safe to use from several threads."""

    def __init__(self) -> None:
        self._state = ""
        self._next = 0.0
        self._lock = threading.Lock()

    def is_stale(self, about: Mapping[str, str], store: Store) -> bool:
        """Return whether the store was in another state than an index when it was last asked; no one waits for it."""
        with self._lock:
            is_due = time.monotonic() >= self._next
            if is_due:
                self._next = time.monotonic() + _SECONDS
        if is_due:
            threading.Thread(target=self._ask, args=(store,), name=THREAD, daemon=True).start()
        return bool(self._state) and self._state != about.get(STATE)

    def _ask(self, store: Store) -> None:
        with suppress(NbkgError):  # the search itself tells that the store is out of reach
            results = store.answer(Question(counts_query(), plain=True), JSON)  # naming no graphs, as `nbkg index`
            self._state = State.read(rows(b"".join(results))).digest
