"""`/conflicts`: the links that cannot all be right, as a page, JSON, CSV or RDF, in parts of 200."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response
from pyoxigraph import NamedNode

from nbkg.rdf.solutions import text
from sparql_endpoint.http.formats import CSV, GRAPHS, HTML, Format
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.library.conflict_documents import to_csv, to_json
from sparql_endpoint.pages.library.conflict_facts import read_advice, read_links
from sparql_endpoint.pages.library.list_parts import ListParts
from sparql_endpoint.queries import query
from sparql_endpoint.services import responses
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.requested_format import requested_format
from sparql_endpoint.services.resource_description import describe, serialise
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Row

blueprint = Blueprint("conflicts", __name__)
_JSON = Format("json", "application/json", ("json",))
_OFFERED = (HTML, _JSON, CSV, *GRAPHS)


@blueprint.get("/conflicts")
def conflicts() -> Response:
    """Answer a page, JSON, CSV or RDF."""
    form, parts = requested_format(_OFFERED), ListParts(serving().store)
    rows = parts.all_rows("pages/library/conflicts")
    if form is not HTML:
        return responses.response(_document(form, rows), form)
    labels, store = request_labels(), serving().store
    counts = list(store.select(query("pages/library/conflict-counts")))
    facts = read_links([row["conflict"] for row in rows], store)
    return page(
        "library/conflicts.html",
        checks=[
            (int(text(row, "links")), int(text(row, "graphs")))
            for row in store.select(query("pages/library/link-checks"))
        ],
        counts=[(row["kind"], int(text(row, "number"))) for row in counts],
        advice=read_advice([row["kind"] for row in counts], labels),
        lines=[
            (
                row["kind"],
                labels.of(row["conflict"]),
                [labels.of(one) for one in facts.involved.get(row["conflict"], ())],
            )
            for row in rows
        ],
        part=parts.links(),
        formats=_OFFERED[1:],
    )


def _document(form: Format, rows: Sequence[Row]) -> bytes | str:
    store, labels = serving().store, request_labels()
    conflicts = [row["conflict"] for row in rows]
    if form in (_JSON, CSV):
        render = to_json if form is _JSON else to_csv
        return render(rows, read_links(conflicts, store), labels)
    nodes = [one for one in conflicts if isinstance(one, NamedNode)]
    links = [row["link"] for of_one in read_links(nodes, store).links.values() for row in of_one]
    about = [*nodes, *dict.fromkeys(link for link in links if isinstance(link, NamedNode))]
    return serialise([one for node in about for one in describe(store, node)], form, serving().prefixes())
