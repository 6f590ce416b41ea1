"""All changes that the data holds, read once for each version of it."""

from __future__ import annotations

from collections.abc import Sequence

from sparql_endpoint.pages.strategy.changes.between_releases import release_changes
from sparql_endpoint.pages.strategy.changes.between_reports import report_changes
from sparql_endpoint.pages.strategy.changes.change import Change
from sparql_endpoint.services.services import Serving, serving


def change_log() -> Sequence[Change]:
    """Return the changes, the newest first; those of one day are in the order of the report. Raises StoreError."""
    here = serving()
    return here.per_version(__name__, lambda: _read(here), lambda: log_version(here))


def log_version(here: Serving) -> str:
    """Return what identifies the log: the version of the data and the releases; empty where the version is unknown."""
    return here.state()


def _read(here: Serving) -> Sequence[Change]:
    changes = [*report_changes(here.store), *release_changes(here)]
    return sorted(changes, key=lambda change: change.day, reverse=True)
