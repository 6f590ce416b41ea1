"""All pages of an application, with what their templates may use."""

from __future__ import annotations

from flask import Flask

from sparql_endpoint.pages.frame import dataset_notice, error_report, menu, page
from sparql_endpoint.pages.library import conflicts_page, crosswalk_page, decisions_page, downloads, library_index
from sparql_endpoint.pages.query_ui import query_page
from sparql_endpoint.pages.resource import shapes
from sparql_endpoint.pages.site import (
    about,
    catalogue,
    feeds,
    resource_routes,
    robots_sitemap,
    search,
    start,
    version_diff,
)
from sparql_endpoint.pages.strategy import sections
from sparql_endpoint.services import text_search

_ROOMS = (
    start,
    query_page,
    version_diff,
    search,
    shapes,
    catalogue,
    about,
    feeds,
    robots_sitemap,
    library_index,
    crosswalk_page,
    conflicts_page,
    decisions_page,
    downloads,
    resource_routes,
)
"""What has routes of its own; the last takes all addresses that are left."""


def register(app: Flask) -> None:
    """Add the pages to an application."""
    sections.register(app)
    for room in _ROOMS:
        app.register_blueprint(room.blueprint)
    page.register(app)
    menu.register(app)
    search.register(app)
    feeds.register(app)
    text_search.register(app, "pages/named")
    dataset_notice.register(app)
    for in_templates in (error_report.in_templates, version_diff.in_templates):
        app.context_processor(in_templates)
