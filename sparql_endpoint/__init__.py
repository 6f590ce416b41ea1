"""Serves a store: SPARQL, dereferencing and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from sparql_endpoint.settings import Settings
    from sparql_endpoint.stores.base import Store


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """The application that serves a store, by default the one the settings name. Raises StoreUnavailableError."""
    # Query processes import this package too, and start the sooner without Flask.
    from sparql_endpoint.application import made  # noqa: PLC0415  opened when asked for

    return made(settings, store)
