"""The pages about the strategy beside its measures, each kind a line."""

from __future__ import annotations

from flask import Flask

from sparql_endpoint.pages import differences, reports


def register(app: Flask) -> None:
    """Adds them to the application."""
    reports.register(app)
    for module in (reports, differences):
        app.register_blueprint(module.blueprint)
