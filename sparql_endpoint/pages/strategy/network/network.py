"""`/network`: who works with whom on what, as a drawing in three columns, as a table, and as data."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from flask import Blueprint, Response, redirect, request
from pyoxigraph import NamedNode
from werkzeug import wrappers

from sparql_endpoint.errors import NotFoundError, RequestError
from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import CSV, HTML, Format
from sparql_endpoint.pages.frame.collection import Collection
from sparql_endpoint.pages.strategy.base.filters import FILTERS, Choices, Value
from sparql_endpoint.pages.strategy.base.measure_query import Listing, MeasureQuery, read_measure_query, wordings
from sparql_endpoint.pages.strategy.base.strategies import current
from sparql_endpoint.pages.strategy.base.table import Measure
from sparql_endpoint.pages.strategy.measures.measure_files import JSON
from sparql_endpoint.pages.strategy.measures.measures import View
from sparql_endpoint.pages.strategy.network.network_overview import NetworkGlance, overviews
from sparql_endpoint.pages.strategy.network.network_svg import Edge, Picture, picture
from sparql_endpoint.services.labels import Label, request_labels
from sparql_endpoint.services.requested_format import requested_format

blueprint = Blueprint("network", __name__)
KINDS = ("unit", "service", "partner")
"""What can be shown beside the measures: units and posts, what they are about, whom they involve."""
_FORMATS = (HTML, JSON, CSV)
_MAX_MEASURES = 12
"""Measures of several themes that are drawn one by one where nothing is selected."""
_MAX_EDGES = 45
"""Lines that are drawn without being chosen."""


@blueprint.get("/network")
def network() -> wrappers.Response:
    """The page; 400 with what there is to choose from where the address asks for something else."""
    form = requested_format(_FORMATS)
    strategy, labels = current(), request_labels()
    if not strategy.measures:
        raise NotFoundError(languages.say("no_measures_here", labels.language))
    labels.expect(strategy.terms())
    choices = Choices(strategy)
    measure_query, kinds = read_measure_query(request.args.getlist, choices), request.args.getlist("kind")
    wrong = [kind for kind in kinds if kind not in KINDS]
    if form is HTML and any(not value for name, value in request.args.items(multi=True) if name in FILTERS):
        return redirect(languages.linked("network.network", **measure_query.query, kind=kinds))
    listing = Listing(strategy, choices, labels)
    measures = [] if wrong else listing.measures(measure_query)
    chosen = [kind for kind in KINDS if kind in kinds or not kinds]
    edges = [edge for measure in measures for edge in _edges(measure) if edge.kind in chosen]
    if form is HTML:
        return _page(
            _NetworkQuery(measure_query, wrong, chosen, bool(kinds)), measures, edges, View(strategy, choices, listing)
        )
    if measure_query.wrong or wrong:
        raise RequestError(", ".join(f"“{value}”" for value in (*(one.value for one in measure_query.wrong), *wrong)))
    return _data(form, measures, edges, listing)


@dataclass(frozen=True)
class _NetworkQuery:
    """What an address asks for: filters, kinds that there are not, and the kinds to show."""

    measures: MeasureQuery
    wrong: Sequence[str]
    kinds: Sequence[str]
    some: bool
    """Whether it names the kinds."""

    @property
    def query(self) -> Mapping[str, object]:
        """The address's query."""
        return {**self.measures.query, **({"kind": list(self.kinds)} if self.some else {})}


def _edges(measure: Measure) -> Iterator[Edge]:
    for agent in measure.agents:
        if isinstance(agent.iri, NamedNode):
            yield Edge(measure, agent.iri, "responsible" if agent.leads else "contributing")
    for entity in measure.entities:
        yield Edge(measure, entity.iri, "involves" if entity.involved else "concerns")


def _page(network_query: _NetworkQuery, measures: Sequence[Measure], edges: Sequence[Edge], view: View) -> Response:
    measure_query, show = network_query.measures, view.labels.of
    drawn = _draw(network_query, measures, edges, view)
    alternates = {
        f.name: languages.linked("network.network", **network_query.query, format=f.name) for f in _FORMATS[1:]
    }
    documents = {alternates[form.name]: form for form in _FORMATS[1:]}
    titles = [view.title(measure) for measure in measures]
    return Collection(languages.say("network", view.labels.language), titles, documents, wordings(measures)).page(
        "network.html",
        400 if measure_query.wrong or network_query.wrong else 200,
        scripts=("network.js",),
        measure_query=measure_query,
        wrong=[*(one.value for one in measure_query.wrong), *network_query.wrong],
        kinds=KINDS,
        chosen_kinds=network_query.kinds,
        drawing=drawn,
        view=view,
        rows=[_row(measure, edges, view) for measure in measures],
        options={name: view.options(name, measure_query) for name in ("theme", "unit", "status", "service", "partner")},
        chosen={name: view.chosen(name, spelling) for name, spelling in measure_query.filters.items()},
        counts={kind: len({edge.target for edge in edges if edge.kind == kind}) for kind in KINDS},
        issued=current().issued,
        tone=current().statuses.tone,
        show=show,
        formats=_FORMATS[1:],
        alternates=alternates,
    )


@dataclass(frozen=True)
class NetworkDrawing:
    """The drawing of a page: the network at a glance, or the measures that were selected with what is beside them."""

    kinds: Sequence[str]
    """What is drawn beside the measures or themes."""
    picture: Picture | None = None
    overviews: Sequence[NetworkGlance] = ()


def _draw(
    network_query: _NetworkQuery, measures: Sequence[Measure], edges: Sequence[Edge], view: View
) -> NetworkDrawing | None:
    """Return the drawing: at a glance until something is selected, since so many lines cannot be followed.

    Without a choice of kinds only the units are drawn where all lines would be too many.
    """
    if not measures or not edges:
        return None
    filters, choices = network_query.measures.filters, view.choices
    values = [choices.meant(name, filters[name]) for name in KINDS if name in filters]
    selected = frozenset(value for value in values if isinstance(value, NamedNode))
    at_a_glance = not selected and len(measures) > _MAX_MEASURES and len({measure.theme for measure in measures}) > 1
    drawn_kinds = [edge.kind for edge in edges]
    if not network_query.some and "unit" in drawn_kinds and not selected and (at_a_glance or len(edges) > _MAX_EDGES):
        drawn_kinds = ["unit"]
    drawn = [edge for edge in edges if edge.kind in drawn_kinds]
    kinds = [kind for kind in KINDS if kind in drawn_kinds]
    filters_on = {**filters} if at_a_glance else {}

    def select(kind: str, value: Value) -> str:
        return languages.linked("network.network", **{**filters_on, kind: choices.spelling(kind, value)})

    if at_a_glance:
        return NetworkDrawing(kinds, overviews=overviews(drawn, view, select))
    return NetworkDrawing(kinds, picture(measures, drawn, view, select, selected))


@dataclass(frozen=True)
class NetworkRow:
    """A measure in the table, and the things beside it by kind; those that contribute are told so."""

    measure: Measure
    title: Label
    connections: Mapping[str, Sequence[tuple[Label, str]]]


def _row(measure: Measure, edges: Sequence[Edge], view: View) -> NetworkRow:
    own = [edge for edge in edges if edge.measure is measure]
    show = view.labels.of
    connections = {kind: [(show(edge.target), edge.relation) for edge in own if edge.kind == kind] for kind in KINDS}
    return NetworkRow(measure, view.title(measure), connections)


def _data(form: Format, measures: Sequence[Measure], edges: Sequence[Edge], listing: Listing) -> Response:
    """JSON as node-link data, which network libraries read; CSV with a row for each edge."""
    titles = {measure.iri: listing.title(measure).text for measure in measures}
    names = {edge.target: listing.labels.of(edge.target).text for edge in edges}
    if form is CSV:
        out = StringIO()
        rows = csv.writer(out, lineterminator="\r\n")
        rows.writerow(["measure", "title", "relation", "thing", "name"])
        rows.writerows(
            [m.value, titles[m], e.relation, e.target.value, names[e.target]] for e in edges for m in [e.measure.iri]
        )
        return Response(out.getvalue(), content_type=CSV.content_type)
    targets = dict.fromkeys((edge.target, edge.kind) for edge in edges)
    document = {
        "directed": True,
        "multigraph": True,
        "graph": {"issued": current().issued},
        "nodes": [
            *({"id": iri.value, "kind": "measure", "name": title} for iri, title in titles.items()),
            *({"id": iri.value, "kind": kind, "name": names[iri]} for iri, kind in targets),
        ],
        "links": [{"source": e.measure.iri.value, "target": e.target.value, "key": e.relation} for e in edges],
    }
    return Response(json.dumps(document, ensure_ascii=False, indent=1) + "\n", content_type=JSON.content_type)
