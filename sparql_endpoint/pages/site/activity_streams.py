"""A feed as ActivityStreams 2: a collection that names its pages, and the pages with the activities.

https://www.w3.org/TR/activitystreams-core/#collections; an activity is as the Entity Metadata Management API has it,
https://emm-spec.org/1.0/
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from sparql_endpoint.http.formats import HTML, Format
from sparql_endpoint.pages.site.feed_page import FeedEntry, FeedPage
from sparql_endpoint.pages.site.search_facets import Classes, read_classes

_CONTEXT = ("https://www.w3.org/ns/activitystreams", "https://emm-spec.org/1.0/context.json")
_CREATES = frozenset({"report", "new"})
"""The kinds of changes by which something is there that was not there before; all others update it."""


def serialize(feed: FeedPage, language: str, form: Format, *, is_page: bool) -> bytes:
    """Return a page of the feed, or the collection that it is part of, as JSON-LD."""
    document = _page(feed, form) if is_page else _collection(feed, form)
    context = [*_CONTEXT, {"@language": language}]
    return (json.dumps({"@context": context, **document}, ensure_ascii=False, indent=1) + "\n").encode()


def _collection(feed: FeedPage, form: Format) -> dict[str, object]:
    return {
        "type": "OrderedCollection",
        "id": feed.address(form),
        "name": feed.scope.title,
        "url": {"type": "Link", "href": feed.address(HTML), "mediaType": HTML.media_type},
        "updated": feed.updated,
        "totalItems": feed.total,
        "first": _link(feed, form, 1),
        "last": _link(feed, form, feed.pages),
    }


def _page(feed: FeedPage, form: Format) -> dict[str, object]:
    prev = {"prev": _link(feed, form, feed.number - 1)} if feed.number > 1 else {}
    following = {"next": _link(feed, form, feed.number + 1)} if feed.number < feed.pages else {}
    classes = read_classes([NamedNode(e.subject) for e in feed.entries if ":" in e.subject])
    return {
        "type": "OrderedCollectionPage",
        "id": feed.page_address(form, feed.number),
        "partOf": {"type": "OrderedCollection", "id": feed.address(form)},
        **prev,
        **following,
        "totalItems": feed.total,
        "startIndex": feed.start - 1,
        "orderedItems": [_activity(entry, classes) for entry in feed.entries],
    }


def _link(feed: FeedPage, form: Format, number: int) -> Mapping[str, str]:
    return {"type": "OrderedCollectionPage", "id": feed.page_address(form, number)}


def _activity(entry: FeedEntry, classes: Classes) -> Mapping[str, Any]:
    kinds = [kind.value for kind in classes.narrowest(NamedNode(entry.subject))] if ":" in entry.subject else []
    types = {"type": kinds[0] if len(kinds) == 1 else kinds} if kinds else {}
    return {
        "type": "Create" if entry.kind in _CREATES else "Update",
        "id": entry.iri,
        "summary": " ".join([f"{entry.title}.".lstrip(), *map(str, entry.sentences)]),
        "content": entry.html,
        "mediaType": HTML.media_type,
        "published": entry.updated,
        "object": {
            "id": entry.subject,
            **types,
            "name": str(entry.title).lstrip(),
            "url": {"type": "Link", "href": entry.page, "mediaType": HTML.media_type},
            "updated": entry.updated,
        },
    }
