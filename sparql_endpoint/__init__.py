"""Serves a store: SPARQL, dereferencing and pages."""

from __future__ import annotations

from functools import partial

from flask import Flask

from sparql_endpoint import endpoint, headers, languages, problems, resource
from sparql_endpoint.pages import standing, start
from sparql_endpoint.serving import Serving, install
from sparql_endpoint.settings import Settings, default_store
from sparql_endpoint.stores import is_directory, open_store
from sparql_endpoint.stores.base import Store
from sparql_endpoint.workers.pool import Pool, PooledStore
from sparql_endpoint.workers.process import Worker

_MAX_BODY = 4 << 20
"""Bytes of a request's body: a query of the greatest length, percent-encoded."""


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """The application that serves a store, by default the one the settings name. Raises StoreUnavailableError."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=_MAX_BODY)
    app.url_map.strict_slashes = False
    with app.app_context():
        install(Serving(settings, store or _opened(settings)))
    app.register_blueprint(endpoint.blueprint)
    app.register_blueprint(start.blueprint)
    app.register_blueprint(resource.blueprint)
    app.context_processor(languages.in_templates)
    app.context_processor(standing.in_templates)
    problems.register(app)
    headers.register(app)
    return app


def _opened(settings: Settings) -> Store:
    address = settings.store or str(default_store())
    inner = open_store(address, union=settings.union)
    if not settings.workers or not is_directory(address):
        return inner
    start = partial(Worker, address, union=settings.union, megabytes=settings.memory_limit)
    pool = Pool(start, settings.workers)
    pool.prepare()
    return PooledStore(inner, pool, settings.time_limit)
