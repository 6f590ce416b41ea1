"""What people add to a built store while it is served: it is written to the journal, then becomes the next version.

The loader's command makes the version, in a process of its own; this server goes over to it as to every other one.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path

from nbkg.decisions.decision_journal import append_decisions
from nbkg.decisions.pair_decision import Decision
from nbkg.storage.layout import is_built
from sparql_endpoint.errors import UpdateRefusedError
from sparql_endpoint.settings import Settings

_SECONDS = 120.0
_ONE_AT_A_TIME = threading.Lock()
"""Held while a version is made: what came meanwhile is in the next one."""


def takes_decisions(settings: Settings) -> bool:
    """Return whether persons can decide on the pages of this server: it has a token and serves a built store."""
    return bool(settings.decision_token) and is_built(Path(settings.store))


def record_decisions(settings: Settings, decisions: Sequence[Decision]) -> bool:
    """Write decisions to the journal, and return whether the data has them; they hold in any case once this returns.

    Raises UpdateRefusedError where the store is not a built one, StoreUnavailableError where the journal is in use.
    """
    if not takes_decisions(settings):
        raise UpdateRefusedError("this server takes no decisions; it serves a built store with --decision-token-file")
    append_decisions(Path(settings.store), decisions)
    with _ONE_AT_A_TIME:
        return _replay(settings.store)


def _replay(store: str) -> bool:
    """Have the loader's command bring the journal into the next version; return whether it did so."""
    points = entry_points(group="nbkg.link", name="replay")
    for point in points:
        call = [sys.executable, "-c", f"from {point.module} import {point.attr}; {point.attr}()", store]
        try:
            return subprocess.run(call, timeout=_SECONDS, check=False, capture_output=True).returncode == 0  # noqa: S603  # our own command
        except subprocess.TimeoutExpired:
            return False
    return False
