"""The general page of one IRI: its statements by graph, its quotes, what refers to it, and where it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from pyoxigraph import BlankNode, Literal, NamedNode

from sparql_endpoint.http.formats import GRAPHS
from sparql_endpoint.pages.frame import provenance
from sparql_endpoint.pages.frame.provenance import Provenance
from sparql_endpoint.pages.resource import incoming, quotations
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.services.resource_description import MOST, Statement

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Properties = Sequence[tuple[Label, Sequence[Label]]]


@dataclass(frozen=True)
class Section:
    """What one graph says, and on what terms; None is the graph without a name."""

    graph: Label | None
    provenance: Provenance | None
    properties: Properties


def html(iri: NamedNode, statements: Sequence[Statement], labels: Labels) -> str:
    """The page."""
    store = labels.serving.store
    own = [statement for statement in statements if statement.subject == iri]
    types = list(dict.fromkeys(s.value for s in own if s.property.value == _TYPE))
    quotes, pointing = quotations.rows(iri, store), incoming.pointing(iri, store)
    told = provenance.rows({s.graph for s in own}, store)
    uses = store.select(query("uses"), {"iri": iri})
    labels.prefer_own_pages([iri, *types])
    return render_template(
        "document.html",
        iri=iri.value,
        name=labels.of(iri),
        types=[labels.of(kind) for kind in types],
        number=number(iri, labels),
        sections=_sections(own, provenance.by_graph(told, labels), labels),
        cut=len(own) >= MOST,
        nodes=nodes(statements, labels),
        quotes=quotations.groups(quotes, labels),
        most=incoming.MOST,
        uses=[(labels.of(row["subject"]), labels.of(row["value"])) for row in uses],
        incoming=incoming.groups(iri, pointing, labels),
        formats=GRAPHS,
    )


def _sections(statements: Iterable[Statement], told: Mapping[NamedNode, Provenance], labels: Labels) -> list[Section]:
    by_graph: dict[NamedNode | None, list[Statement]] = {}
    for statement in statements:
        by_graph.setdefault(statement.graph, []).append(statement)
    return [
        Section(labels.of(graph) if graph else None, told.get(graph) if graph else None, properties(said, labels))
        for graph, said in by_graph.items()
    ]


def properties(statements: Iterable[Statement], labels: Labels) -> Properties:
    """The properties and their values as they are shown."""
    by_property: dict[NamedNode, list[Label]] = {}
    for statement in statements:
        by_property.setdefault(statement.property, []).append(labels.of(statement.value))
    return [(labels.of(prop), values) for prop, values in by_property.items()]


def nodes(statements: Iterable[Statement], labels: Labels) -> Mapping[str, Properties]:
    """What is said of the unnamed nodes, by their keys."""
    by_node: dict[str, list[Statement]] = {}
    for statement in statements:
        if isinstance(statement.subject, BlankNode):
            by_node.setdefault(statement.subject.value, []).append(statement)
    return {node: properties(said, labels) for node, said in by_node.items()}


@dataclass(frozen=True)
class Number:
    """How many things a class has, or statements a property or a graph; `of` is the key of the word for them."""

    count: int
    of: str
    more: bool = False


def number(iri: NamedNode, labels: Labels) -> Number | None:
    """Return what was counted when the data was made, else what a quick count finds; None for what is none of these.

    The description counts the present: what only the graphs that it leaves out hold is counted here.
    """
    store = labels.serving.store
    select = store.select
    for row in select(query("numbers"), {"iri": iri}):
        for name, of in (("entities", "things"), ("triples", "statements")):
            if isinstance(count := row.get(name), Literal) and count.value.isdigit():
                return Number(int(count.value), of)
    for counting in ("use-count", "graph-size") if store.left_out() else ("graph-size",):
        for row in select(query(counting), {"iri": iri}):
            count, kind = row.get("count"), row.get("of", Literal("statements"))
            if isinstance(count, Literal) and isinstance(kind, Literal):
                return Number(min(int(count.value), incoming.MOST), kind.value, int(count.value) > incoming.MOST)
    return None
