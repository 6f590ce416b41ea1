"""What a crawler is told: which addresses are pages, and where all of them are.

RFC 9309 (robots.txt), https://www.rfc-editor.org/rfc/rfc9309; https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from sparql_endpoint.http.languages import linked
from sparql_endpoint.pages.frame.menu import has_strategy
from sparql_endpoint.services import text_search as seeking
from sparql_endpoint.services.page_addresses import PageAddresses
from sparql_endpoint.services.services import serving

blueprint = Blueprint("crawling", __name__)
_PART = 50_000
"""Addresses that one part of a sitemap may hold."""
_PARTS = 49_000
"""Parts that an index may hold, but for the first."""
_PAGES = ("start.start", "data.data", "about.about", "about.accessibility", "shapes.shapes", "void.void", "desk.desk")
_STRATEGY = (
    "measures.measures", "units.units", "services.services", "partners.partners", "concepts.concepts",
    "network.network", "reports.reports",
)  # fmt: skip
_CLOSED = ("/sparql", "/data$", "/data?", "/data/", "/search", "/metrics", "/*format=", "/*incoming=", "/*?query=")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Pages and files yes, queries no."""
    closed = "".join(f"Disallow: {request.script_root}{path}\n" for path in _CLOSED)
    text = f"User-agent: *\n{closed}Allow: /\n\nSitemap: {request.url_root}sitemap.xml\n"
    return Response(text, content_type="text/plain; charset=utf-8")


@blueprint.get("/favicon.ico")
def favicon() -> BaseResponse:
    """The mark of the pages, for what is shown without a page around it: browsers ask here then."""
    return redirect(url_for("static", filename="mark.svg"), 301)


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The parts: the pages of this site, then the things that have a name, by the index of words where there is one."""
    index = seeking.index()
    parts = min(-(-index.last() // _PART), _PARTS) if index else 0
    return _xml("sitemaps.xml", [f"{request.url_root}sitemap-{number}.xml" for number in range(parts + 1)])


@blueprint.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """One part. 404 where there is none."""
    if number == 0:
        return _xml("sitemap.xml", list(_site()))
    index = seeking.index()
    things = index.page(_PART * (number - 1), _PART) if index else ()
    if not things:
        abort(404)
    plain = PageAddresses(serving().settings.base)
    addresses = (_address(iri, plain) for _, iri in things)
    return _xml("sitemap.xml", [f"{request.url_root[:-1]}{address}" for address in dict.fromkeys(addresses)])


def _site() -> Iterator[str]:
    root = request.url_root[:-1]
    for endpoint in (*_PAGES, *(_STRATEGY if has_strategy() else ())):
        if endpoint in current_app.view_functions:
            yield root + linked(endpoint).removeprefix(request.script_root)


def _address(iri: str, addresses: PageAddresses) -> str:
    """That of the page that tells of an IRI."""
    address = addresses.link(iri) if iri.startswith(addresses.base) else None
    address = (address or addresses.own_page(iri)).partition("#")[0]
    return f"/doc/{address.removeprefix('/id/')}" if address.startswith("/id/") else address


def _xml(template: str, addresses: list[str]) -> Response:
    return Response(render_template(template, addresses=addresses), content_type="application/xml")
