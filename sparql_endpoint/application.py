"""The Flask application: every route, on one store."""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from flask import Flask

import sparql_endpoint.dumps.dump_routes
from nbkg.storage.layout import is_writable, lock_for_serving
from nbkg.storage.locations import default_store
from nbkg.storage.served_directory import ServedDirectory
from sparql_endpoint.api import graph_document, graph_store, openapi, prefixes, query, releases, routes, void
from sparql_endpoint.api.oai_pmh import oai_routes
from sparql_endpoint.api.reconcile import reconcile_routes
from sparql_endpoint.api.sru import sru_routes
from sparql_endpoint.gateway.configuration import Protocols, Route
from sparql_endpoint.http import headers, languages, request_checks
from sparql_endpoint.http.request import Request
from sparql_endpoint.http.request_context import RequestContext
from sparql_endpoint.http.response import Response
from sparql_endpoint.pages.site import registration
from sparql_endpoint.services import metrics, problems, responses
from sparql_endpoint.services.lru_cache import BoundedCache
from sparql_endpoint.services.record_listings import install_listings, records_folder
from sparql_endpoint.services.services import Serving, install
from sparql_endpoint.services.template_cache import open_template_cache
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import is_directory, is_remote, open_store
from sparql_endpoint.stores.base import Store, WritableStore
from sparql_endpoint.stores.kept_versions import Releases, open_release
from sparql_endpoint.stores.oxigraph import open_directory
from sparql_endpoint.stores.remote.store import RemoteLimits, RemoteStore, open_remote
from sparql_endpoint.workers.jobs import Start
from sparql_endpoint.workers.pool import Pool
from sparql_endpoint.workers.pooled_store import PooledStore
from sparql_endpoint.workers.worker import Worker
from sparql_endpoint.workers.writable_store import WritablePooledStore, lock_folder, open_writable

MAX_QUERY = 4 << 20
"""Bytes of a query's request: one of the greatest length, percent-encoded."""
_MODULES = (routes, metrics, void, prefixes, openapi, releases, reconcile_routes, oai_routes, sru_routes)
"""The modules with routes, besides the pages."""
_RELEASES = 8
"""Releases that stay open."""


def make_app(settings: Settings, store: Store | None = None) -> Flask:
    """Return the application that serves a store, by default the one of the settings. Raises StoreUnavailableError."""
    app = Flask(__name__)
    app.jinja_options = {**app.jinja_options, "bytecode_cache": open_template_cache()}
    app.config.update(MAX_CONTENT_LENGTH=largest_body(settings), MAX_FORM_MEMORY_SIZE=largest_body(settings))
    app.url_map.strict_slashes = False
    stack = ExitStack()
    atexit.register(stack.close)
    store = store or _open_store(settings, stack)
    answers: BoundedCache[bytes] = BoundedCache((settings.cache << 20) // 2, len)
    with app.app_context():
        install(Serving(settings, store, _writable(store, settings), _releases(settings, store), answers))
        install_listings(records_folder(settings.records, settings.store))
    for module in _MODULES:
        app.register_blueprint(module.blueprint)
    if settings.dumps:
        app.register_blueprint(sparql_endpoint.dumps.dump_routes.blueprint)
    languages.register(app)
    registration.register(app)
    app.context_processor(releases.in_templates)
    problems.register(app)
    responses.register(app)
    headers.register(app)
    request_checks.register(app)
    return app


def _writable(store: Store, settings: Settings) -> WritableStore | None:
    """Return the store where it takes changes, else None."""
    if isinstance(store, WritablePooledStore):
        return store
    passes_on = isinstance(store, RemoteStore) and bool(settings.store_update or settings.store_graphs)
    return store if isinstance(store, RemoteStore) and passes_on else None


def _releases(settings: Settings, store: Store) -> Releases[Store] | None:
    """Return the releases that a store on disk keeps; the same processes answer as for the present data."""
    address = settings.store or str(default_store())
    if not is_directory(address):
        return None

    def open_one(name: str, directory: ServedDirectory) -> Store:
        inner = open_release(directory, settings.default_graph, settings.hosts)
        return store.of_release(inner, name) if isinstance(store, PooledStore) else inner

    return Releases(Path(address), open_one, _RELEASES)


def largest_body(settings: Settings) -> int:
    """Return the bytes of the largest request body that is read."""
    return graph_store.MAX_BODY if settings.write_token else MAX_QUERY


def _open_store(settings: Settings, stack: ExitStack) -> Store:
    address = settings.store or str(default_store())
    if is_remote(address):
        update, graphs, limits = settings.store_update, settings.store_graphs, RemoteLimits(settings.time_limit)
        remote = open_remote(address, settings.default_graph, update=update, graphs=graphs, limits=limits)
        remote.hosts = settings.hosts
        stack.callback(remote.close)
        return remote
    if settings.write_token:
        return open_writable(lock_folder(address, stack), settings, stack)
    if not is_directory(address):
        return open_store(address, settings.default_graph)
    if is_writable(Path(address)):
        stack.enter_context(lock_for_serving(Path(address), shared=True))
    inner = open_directory(address, settings.default_graph, settings.hosts)
    if not settings.workers:
        return inner
    first = Start("read", address, settings.default_graph, settings.memory_limit, settings.hosts)
    pool = Pool(partial(Worker, first), settings.workers)
    stack.callback(pool.close)
    pool.prepare()
    return PooledStore(inner, pool, settings.time_limit)


def protocols(app: Flask) -> Protocols:
    """Return what the gateway answers before the application: the SPARQL protocols, and whole graphs."""
    serving: Serving = app.extensions["sparql_endpoint"]

    def graph(request: Request, context: RequestContext) -> Response | None:
        with app.app_context():
            return graph_document.respond(serving, request, context)

    def operation(request: Request, context: RequestContext) -> Response | None:
        with app.app_context():
            return query.respond(serving, request, context)

    return Protocols(
        query.PATH,
        partial(query.prepare_at_once, serving),
        [
            Route(query.PATH, query.METHODS, operation),
            Route(graph_store.PATH, graph_store.METHODS, partial(graph_store.respond, serving)),
            Route(graph_document.PATH, graph_document.METHODS, graph),
        ],
        limited=(query.PATH, graph_store.PATH, *reconcile_routes.PATHS, oai_routes.PATH, sru_routes.PATH),
    )
