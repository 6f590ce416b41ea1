"""The endpoint: SPARQL, dereferencing and pages of one store.

It may import `nbkg`, and never `loader`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from sparql_endpoint.settings import Settings
    from sparql_endpoint.stores.base import Store


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """Return the application that serves a store, by default the one of the settings. Raises StoreUnavailableError."""
    # Query processes import this package too, and start the sooner without Flask.
    from sparql_endpoint.application import make_app  # noqa: PLC0415  opened when asked for

    return make_app(settings, store)
