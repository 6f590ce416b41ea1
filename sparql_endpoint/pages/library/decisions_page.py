"""`/decisions`: the decisions on two things, as a page, JSON, CSV, ActivityStreams or RDF, in parts of 200.

`?answer=proposed`, `?kind=link` and `?rule=…` choose some of them. POST takes the answer of a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import urljoin

import werkzeug
from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from nbkg.rdf.solutions import text
from sparql_endpoint.http.formats import CSV, GRAPHS, HTML, Format
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.library.decision_answer import take_answer
from sparql_endpoint.pages.library.decision_documents import CollectionPart, to_activities, to_csv, to_json
from sparql_endpoint.pages.library.decision_facts import DecisionFacts, key_of, name_of, read_facts
from sparql_endpoint.pages.library.list_parts import ListParts
from sparql_endpoint.queries import query
from sparql_endpoint.services import responses
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.requested_format import requested_format
from sparql_endpoint.services.resource_description import describe, serialise
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Row, Term

blueprint = Blueprint("decisions", __name__)
_JSON = Format("json", "application/json", ("json",))
_ACTIVITIES = Format("activities", "application/activity+json", ())
_OFFERED = (HTML, _JSON, CSV, _ACTIVITIES, *GRAPHS)
_MOST_SORTED = 20_000
"""Decisions that are sorted by score; more are in the order of the store."""
_FILTERS = ("answer", "kind", "rule")


@blueprint.get("/decisions")
def decisions() -> Response:
    """Answer a page, JSON, CSV, ActivityStreams or RDF."""
    form, parts = requested_format(_OFFERED), ListParts(serving().store)
    counts = _counts()
    chosen = _chosen(counts)
    is_known = len(chosen) == sum(bool(request.args.get(name)) for name in _FILTERS)
    name = "decisions-by-score" if _total(counts, chosen) <= _MOST_SORTED else "decisions"
    rows = parts.all_rows(f"pages/library/{name}", chosen) if is_known else ()
    facts = read_facts([row["decision"] for row in rows], serving().store)
    if form is not HTML:
        return responses.response(_document(form, rows, facts, _collection_part(parts, _total(counts, chosen))), form)
    labels = request_labels()
    return page(
        "library/decisions.html",
        filters={name: _options(name, counts) for name in _FILTERS},
        total=_total(counts, chosen) if is_known else 0,
        lines=[
            {
                "decision": labels.of(row["decision"]),
                "names": [name_of(one["member"], facts.evidence.get(row["decision"], ()), labels) for one in members],
                "answer": labels.of(row["answer"]),
                "rule": labels.of(row["rule"]),
                "score": row.get("score"),
            }
            for row in rows
            for members in [facts.members.get(row["decision"], ())]
        ],
        show=labels.of,
        part=parts.links(),
        formats=_OFFERED[1:],
    )


@blueprint.post("/decisions")
def answer() -> werkzeug.Response:
    """Answer 303 to the page of the decision that a person answered."""
    return take_answer()


def _counts() -> Sequence[Row]:
    """Return how many decisions there are of each kind, with each answer, by each rule; counted once for a version."""
    here = serving()
    return here.per_version(__name__, lambda: here.store.select(query("pages/library/decision-counts")))


def _chosen(counts: Sequence[Row]) -> Mapping[str, Term]:
    """Return the concepts that the address chooses by their keys, of those that occur."""
    known = {(name, key_of(row[name])): row[name] for row in counts for name in _FILTERS}
    keys = [(name, request.args.get(name, "")) for name in _FILTERS]
    return {name: known[name, key] for name, key in keys if (name, key) in known}


def _total(counts: Sequence[Row], chosen: Mapping[str, Term]) -> int:
    return sum(int(text(row, "number")) for row in counts if all(row[name] == one for name, one in chosen.items()))


def _options(name: str, counts: Sequence[Row]) -> Sequence[tuple[str, Term, int]]:
    """Return the key, the concept and the number of decisions of each value of a filter."""
    numbers = Counter[Term]()
    for row in counts:
        numbers[row[name]] += int(text(row, "number"))
    return sorted((key_of(concept), concept, number) for concept, number in numbers.items())


def _collection_part(parts: ListParts, total: int) -> CollectionPart:
    links = parts.links()
    here, own = request.base_url, [(name, value) for name, value in request.args.items(multi=True) if name != "part"]
    query_text = "&".join(f"{name}={value}" for name, value in own)
    address = f"{here}?{query_text}" if query_text else here
    return CollectionPart(
        address,
        f"{address}{'&' if query_text else '?'}part={links.number if links else 1}",
        total,
        urljoin(here, links.previous) if links and links.previous else "",
        urljoin(here, links.next) if links and links.next else "",
        "part" in request.args,
    )


def _document(form: Format, rows: Sequence[Row], facts: DecisionFacts, part: CollectionPart) -> bytes | str:
    if form is _ACTIVITIES:
        return to_activities(rows, facts, part)
    if form in (_JSON, CSV):
        return to_json(rows, facts) if form is _JSON else to_csv(rows, facts)
    nodes = [row["decision"] for row in rows if isinstance(row["decision"], NamedNode)]
    return serialise([one for node in nodes for one in describe(serving().store, node)], form, serving().prefixes())
