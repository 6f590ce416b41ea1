"""The page of any resource: its statements by graph, its quotes, what points at it, and where it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from sparql_endpoint.http.formats import GRAPHS
from sparql_endpoint.pages.frame import provenance
from sparql_endpoint.pages.frame.provenance import Provenance
from sparql_endpoint.pages.resource import incoming, quotations, statements
from sparql_endpoint.pages.resource.data_set import find_data_set
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.queries import query
from sparql_endpoint.services.fragments import find_fragments
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.services.resource_description import MOST


@dataclass(frozen=True)
class GraphSection:
    """The statements of one graph, and on what terms they stand; `graph` is None for the default graph."""

    graph: Label | None
    provenance: Provenance | None
    properties: statements.Properties


def render(view: ResourceView) -> str:
    """Return the page of a resource."""
    iri, labels = view.iri, view.labels
    store = labels.serving.store
    quotes, pointing = quotations.read_rows(iri, store), incoming.read_incoming(iri, store)
    terms_of_graphs = provenance.by_graph(
        provenance.read_rows({statement.graph for statement in view.own}, store), labels
    )
    labels.prefer_own_pages([iri, *view.classes])
    return render_template(
        "document.html",
        iri=iri.value,
        name=labels.of(iri),
        types=[labels.of(kind) for kind in view.classes],
        size=size(iri, labels),
        data_set=find_data_set(iri, labels),
        sections=_sections(view, terms_of_graphs),
        cut=len(view.own) >= MOST,
        nodes=statements.by_blank_node(view.statements, labels),
        members=_members(view),
        quotes=quotations.groups(quotes, labels),
        uses=[
            (labels.of(row["subject"]), labels.of(row["value"])) for row in store.select(query("uses"), {"iri": iri})
        ],
        incoming=incoming.groups(iri, pointing, labels),
        formats=GRAPHS,
    )


def _members(view: ResourceView) -> Mapping[str, tuple[Label, statements.Properties]]:
    """Return the things that a document is about by their fragments, where nothing is known of the document itself."""
    if view.own:
        return {}
    stated = group_values((one.subject, one) for one in view.statements)
    return {
        iri.value.partition("#")[2]: (view.labels.of(iri), statements.by_property(stated.get(iri, ()), view.labels))
        for iri in find_fragments(view.iri)
    }


def _sections(view: ResourceView, terms_of_graphs: Mapping[NamedNode, Provenance]) -> Sequence[GraphSection]:
    labels = view.labels
    return [
        GraphSection(
            labels.of(graph) if graph else None,
            terms_of_graphs.get(graph) if graph else None,
            statements.by_property(group, labels),
        )
        for graph, group in statements.by_graph(view.own).items()
    ]


@dataclass(frozen=True)
class Size:
    """How many instances a class has, or statements a property or a graph; `of` is the key of the word for them."""

    count: int
    of: str
    more: bool = False


def size(iri: NamedNode, labels: Labels) -> Size | None:
    """Return the size of a class, a property or a graph; None for what is none of these.

    It is what was counted when the data was built, else what a quick count finds. The description counts the present:
    what only the graphs that it leaves out hold is counted here.
    """
    store = labels.serving.store
    select = store.select
    for row in select(query("numbers"), {"iri": iri}):
        for name, of in (("entities", "things"), ("triples", "statements")):
            if isinstance(count := row.get(name), Literal) and count.value.isdigit():
                return Size(int(count.value), of)
    for name in ("use-count", "graph-size") if store.left_out() else ("graph-size",):
        for row in select(query(name), {"iri": iri}):
            count, kind = row.get("count"), row.get("of", Literal("statements"))
            if isinstance(count, Literal) and isinstance(kind, Literal):
                number = int(count.value)
                return Size(min(number, incoming.MAX_COUNT), kind.value, number > incoming.MAX_COUNT)
    return None
