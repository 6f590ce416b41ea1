"""`/changes…`: what changed from report to report and from release to release, as a page, Atom and ActivityStreams.

RFC 4287 (Atom), https://www.rfc-editor.org/rfc/rfc4287; RFC 5005 section 3 (paged feeds),
https://www.rfc-editor.org/rfc/rfc5005#section-3; ActivityStreams 2, https://www.w3.org/TR/activitystreams-core/
"""

from __future__ import annotations

from collections.abc import Mapping

import werkzeug
from flask import Blueprint, Flask, Response, request

from sparql_endpoint.http import etags, languages
from sparql_endpoint.http.formats import HTML, Format, by_suffix
from sparql_endpoint.pages.frame.page import page, xml_document
from sparql_endpoint.pages.site import activity_streams, feed_scope
from sparql_endpoint.pages.site.feed_page import PAGE_SIZE, feed_page
from sparql_endpoint.pages.site.feed_scope import FeedScope
from sparql_endpoint.pages.strategy.changes import change_log
from sparql_endpoint.services import responses
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.requested_format import requested_format
from sparql_endpoint.services.services import serving

blueprint = Blueprint("feeds", __name__)
ATOM = Format("atom", "application/atom+xml", ("atom",))
ACTIVITIES = Format("activities", "application/activity+json", ("jsonld",), ("application/ld+json",))
FORMATS = (HTML, ATOM, ACTIVITIES)


@blueprint.get("/changes")
@blueprint.get("/changes.<suffix>")
def changes(suffix: str = "") -> werkzeug.Response:
    """Answer all changes."""
    return _respond(feed_scope.of_all(request_labels()), requested_format(FORMATS, suffix))


@blueprint.get("/changes/measures")
@blueprint.get("/changes/measures.<suffix>")
def of_measures(suffix: str = "") -> werkzeug.Response:
    """Answer the changes of the measures that the address chooses."""
    return _respond(feed_scope.of_measures(request_labels()), requested_format(FORMATS, suffix))


@blueprint.get("/changes/search")
@blueprint.get("/changes/search.<suffix>")
def of_search(suffix: str = "") -> werkzeug.Response:
    """Answer the changes of what a search finds."""
    return _respond(feed_scope.of_search(request_labels()), requested_format(FORMATS, suffix))


@blueprint.get("/changes/<path:key>")
def of_resource(key: str) -> werkzeug.Response:
    """Answer the changes of one resource."""
    key, form = by_suffix(FORMATS[1:], key) or (key, None)
    return _respond(feed_scope.of_resource(key, request_labels()), form or requested_format(FORMATS))


def _respond(scope: FeedScope, form: Format) -> werkzeug.Response:
    here, labels = serving(), request_labels()
    responses.of(here.store)  # a release that is kept later changes the feed, but not the version of the data
    version = change_log.log_version(here)
    tag = etags.tag(version, request.full_path, request.url_root, form.name, labels.language)
    if version and (unchanged := responses.unchanged(tag)):
        return unchanged
    feed = feed_page(scope, labels)
    if form is HTML:
        addresses = {one.name: feed.address(one) for one in FORMATS}
        return page("changes.html", feed=feed, addresses=addresses, to=lambda number: feed.address(HTML, number))
    if form is ATOM:
        view = {"feed": feed, "atom": ATOM, "html": HTML, "activities": ACTIVITIES, "page_size": PAGE_SIZE}
        response = xml_document("feed.xml", ATOM.media_type, **view)
    else:
        body = activity_streams.serialize(feed, labels.language, ACTIVITIES, is_page="page" in request.args)
        response = Response(body, content_type=form.content_type)
    response.headers["Content-Language"] = labels.language
    response.vary.update(["Accept", "Accept-Language"])
    return response


def register(app: Flask) -> None:
    """Add the log of changes, and the addresses of feeds for templates: `feed_of(iri)` and `feed_links(endpoint)`."""
    app.context_processor(lambda: {"feed_of": feed_of, "feed_links": feed_links})


def feed_of(iri: str) -> Mapping[str, str]:
    """Return the addresses of the feed of a resource, by the name of the format; none for one of another site."""
    base = f"{serving().settings.base}id/"
    return feed_links("feeds.of_resource", key=iri.removeprefix(base)) if iri.startswith(base) else {}


def feed_links(endpoint: str, key: str = "", **query: str) -> Mapping[str, str]:
    """Return the addresses of the feed that an endpoint answers, by the name of the format."""
    return {form.name: languages.linked(endpoint, **_path(key, form), **query) for form in FORMATS}


def _path(key: str, form: Format) -> Mapping[str, str]:
    suffix = "" if form is HTML else form.suffixes[0]
    if key:
        return {"key": f"{key}.{suffix}" if suffix else key}
    return {"suffix": suffix} if suffix else {}
