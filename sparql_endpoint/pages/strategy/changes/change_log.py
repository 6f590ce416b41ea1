"""All changes that the data holds, read once for each version of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import Flask, current_app

from sparql_endpoint.pages.strategy.changes.between_releases import release_changes
from sparql_endpoint.pages.strategy.changes.between_reports import report_changes
from sparql_endpoint.pages.strategy.changes.change import Change
from sparql_endpoint.services.per_version import Versioned
from sparql_endpoint.services.services import Serving, serving

_NAME = "sparql_endpoint.changes"


def register(app: Flask) -> None:
    """Each application keeps one log."""
    app.extensions[_NAME] = Versioned[Sequence[Change]]()


def change_log() -> Sequence[Change]:
    """Return the changes, the newest first; those of one day are in the order of the report. Raises StoreError."""
    here = serving()
    per_version = cast(Versioned[Sequence[Change]], current_app.extensions[_NAME])
    return per_version.get(lambda: log_version(here), lambda: _read(here), here.settings.threads)


def log_version(here: Serving) -> str:
    """Return what identifies the log: the version of the data and the releases; empty where the version is unknown."""
    names = here.releases.names() if here.releases else ()
    version = here.store.version()
    return f"{version} {' '.join(names)}" if version else ""


def _read(here: Serving) -> Sequence[Change]:
    changes = [*report_changes(here.store), *release_changes(here)]
    return sorted(changes, key=lambda change: change.day, reverse=True)
