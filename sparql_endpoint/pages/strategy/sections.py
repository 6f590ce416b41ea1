"""The pages about the strategy."""

from __future__ import annotations

from flask import Flask

from sparql_endpoint.pages.strategy import indexes
from sparql_endpoint.pages.strategy.measures import measures
from sparql_endpoint.pages.strategy.network import network
from sparql_endpoint.pages.strategy.reports import differences, reports


def register(app: Flask) -> None:
    """Add them to an application."""
    for blueprint in (
        measures.blueprint,
        reports.blueprint,
        differences.blueprint,
        network.blueprint,
        *indexes.blueprints,
    ):
        app.register_blueprint(blueprint)
