"""`/library`: the catalogue's first page, with its sources, and its works where they are few enough for a list."""

from __future__ import annotations

from flask import Blueprint, Response
from pyoxigraph import NamedNode

from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.library.shared_view import origins_of
from sparql_endpoint.pages.library.work_lists import Group, group_rows, work_lists
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.services import serving

blueprint = Blueprint("library", __name__)
_MOST = 2000
"""Works that the page lists; of more, it leads to search."""


@blueprint.get("/library")
def library() -> Response:
    """Return the page."""
    labels, store = request_labels(), serving().store
    graphs = [row["graph"] for row in store.select(query("pages/library/sources"))]
    names = serving().per_version(__name__, lambda: group_rows(store.select(query("pages/library/hubs"))))
    groups = [Group("works", None, "bib_all_works", names)] if len(names) <= _MOST else []
    return page(
        "library/library.html",
        sources=origins_of([graph for graph in graphs if isinstance(graph, NamedNode)], labels),
        work_lists=work_lists(groups, NamedNode(labels.addresses.base), labels),
        has_many=len(names) > _MOST,
    )
