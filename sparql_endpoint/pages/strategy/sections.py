"""The pages about the strategy beside its measures, each kind a line."""

from __future__ import annotations

from flask import Flask

from sparql_endpoint.pages.strategy import indexes
from sparql_endpoint.pages.strategy.network import network
from sparql_endpoint.pages.strategy.reports import differences, reports


def register(app: Flask) -> None:
    """Adds them to the application."""
    reports.register(app)
    for blueprint in (reports.blueprint, differences.blueprint, network.blueprint, *indexes.blueprints):
        app.register_blueprint(blueprint)
