"""The application as the server's process runs it: the gateway, and behind it the pages."""

from __future__ import annotations

import sys
import threading

from flask import Flask

from sparql_endpoint import create_app
from sparql_endpoint.application import largest_body, protocols
from sparql_endpoint.gateway.configuration import Limits
from sparql_endpoint.gateway.gateway import Gateway
from sparql_endpoint.http.proxies import TrustedAddress, own_names
from sparql_endpoint.services.metrics import AccessLog
from sparql_endpoint.settings import Settings
from sparql_endpoint.workers.process_settings import collect_seldom

_SWITCH_INTERVAL = 0.0002
"""Seconds that a thread may keep others waiting, not 5 ms: a page changes threads a few times."""


def make_gateway(settings: Settings) -> Gateway:
    """Return the application as the server runs it; its templates are compiled meanwhile, in a thread."""
    sys.setswitchinterval(_SWITCH_INTERVAL)
    app = create_app(settings)
    serving = app.extensions["sparql_endpoint"]
    limits = Limits(
        threads=settings.threads,
        body=largest_body(settings),
        client_requests=settings.client_requests,
        client_queries=settings.client_queries,
        cache=(settings.cache << 20) // 2,
        address=TrustedAddress(settings.proxy_hops, settings.public_url, own_names(settings.host)),
    )
    gateway = Gateway(protocols(app), app.wsgi_app, serving.state, limits, AccessLog(sys.stdout))
    collect_seldom()
    threading.Thread(target=_compile_templates, args=(app,), name="templates", daemon=True).start()
    return gateway


def _compile_templates(app: Flask) -> None:
    """Compile all templates, not when the first reader of each page waits: half of that page's time.

    It takes half a second where no start before kept them (`services/template_cache.py`). The first answers need not
    wait for it: a page whose template comes later compiles it.
    """
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    collect_seldom()
