"""Serves a store: SPARQL, dereferencing and pages."""

from __future__ import annotations

from flask import Flask

from sparql_endpoint import endpoint, headers, languages, problems, resource
from sparql_endpoint.pages import standing, start
from sparql_endpoint.serving import Serving, install
from sparql_endpoint.settings import Settings, default_store
from sparql_endpoint.stores import open_store
from sparql_endpoint.stores.base import Store

_MAX_BODY = 4 << 20
"""Bytes of a request's body: a query of the greatest length, percent-encoded."""


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """The application that serves a store, by default the one the settings name. Raises StoreUnavailableError."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=_MAX_BODY)
    app.url_map.strict_slashes = False
    with app.app_context():
        install(Serving(settings, store or open_store(settings.store or str(default_store()), union=settings.union)))
    app.register_blueprint(endpoint.blueprint)
    app.register_blueprint(start.blueprint)
    app.register_blueprint(resource.blueprint)
    app.context_processor(languages.in_templates)
    app.context_processor(standing.in_templates)
    problems.register(app)
    headers.register(app)
    return app
