"""robots.txt and the sitemap: which addresses are pages, and where all of them are.

RFC 9309 (robots.txt), https://www.rfc-editor.org/rfc/rfc9309; https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

from collections.abc import Iterator

import werkzeug
from flask import Blueprint, Response, abort, current_app, redirect, request, url_for

from sparql_endpoint.http.languages import linked
from sparql_endpoint.pages.frame.menu import has_strategy
from sparql_endpoint.pages.frame.page import xml_document
from sparql_endpoint.services import text_search
from sparql_endpoint.services.page_addresses import PageAddresses
from sparql_endpoint.services.services import serving

blueprint = Blueprint("crawling", __name__)
_PART_SIZE = 50_000
"""Addresses that one part of a sitemap may hold."""
_MAX_PARTS = 49_000
"""Parts that an index may hold, besides the first."""
_PAGES = (
    "start.start",
    "data.data",
    "about.about",
    "about.accessibility",
    "shapes.shapes",
    "void.void",
    "query_page.query_page",
)
_STRATEGY = (
    "measures.measures", "units.units", "services.services", "partners.partners", "concepts.concepts",
    "network.network", "reports.reports",
)  # fmt: skip
_CLOSED = ("/sparql", "/data$", "/data?", "/data/", "/search", "/metrics", "/*format=", "/*incoming=", "/*?query=")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Answer robots.txt, which allows pages and files and disallows queries."""
    closed = "".join(f"Disallow: {request.script_root}{path}\n" for path in _CLOSED)
    text = f"User-agent: *\n{closed}Allow: /\n\nSitemap: {request.url_root}sitemap.xml\n"
    return Response(text, content_type="text/plain; charset=utf-8")


@blueprint.get("/favicon.ico")
def favicon() -> werkzeug.Response:
    """Redirect to the mark of the site: browsers come here for responses that are no pages."""
    return redirect(url_for("static", filename="mark.svg"), 301)


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Answer the parts: the pages of this site, then the named resources of the text index where there is one."""
    index = text_search.index()
    parts = min(-(-index.last() // _PART_SIZE), _MAX_PARTS) if index else 0
    return _xml("sitemaps.xml", [f"{request.url_root}sitemap-{number}.xml" for number in range(parts + 1)])


@blueprint.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """Answer one part. 404 where there is none."""
    if number == 0:
        return _xml("sitemap.xml", list(_site()))
    index = text_search.index()
    resources = index.page(_PART_SIZE * (number - 1), _PART_SIZE) if index else ()
    if not resources:
        abort(404)
    plain = PageAddresses(serving().settings.base, namespaces={*serving().prefixes().values()})
    addresses = (_address(iri, plain) for _, iri in resources)
    return _xml("sitemap.xml", [f"{request.url_root[:-1]}{address}" for address in dict.fromkeys(addresses)])


def _site() -> Iterator[str]:
    root = request.url_root[:-1]
    for endpoint in (*_PAGES, *(_STRATEGY if has_strategy() else ())):
        if endpoint in current_app.view_functions:
            yield root + linked(endpoint).removeprefix(request.script_root)


def _address(iri: str, addresses: PageAddresses) -> str:
    """Return the address of the page of an IRI."""
    address = addresses.link(iri) if iri.startswith(addresses.base) else None
    address = (address or addresses.own_page(iri)).partition("#")[0]
    return f"/doc/{address.removeprefix('/id/')}" if address.startswith("/id/") else address


def _xml(template: str, addresses: list[str]) -> Response:
    return xml_document(template, "application/xml", addresses=addresses)
