"""The page of one IRI: its statements by graph, its quotes, and what refers to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from pyoxigraph import BlankNode, Literal, NamedNode

from sparql_endpoint.description import Statement
from sparql_endpoint.display import Display, Shown
from sparql_endpoint.formats import GRAPHS
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Row, Term

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Properties = Sequence[tuple[Shown, Sequence[Shown]]]


@dataclass(frozen=True)
class Section:
    """What one graph says; None is the graph without a name."""

    graph: Shown | None
    properties: Properties


@dataclass(frozen=True)
class Quoted:
    """Words in the source, what they support, where they stand, and the node that quotes them."""

    text: str
    language: str | None
    supports: Sequence[Shown]
    quote: Shown
    source: Shown | None


def html(iri: NamedNode, statements: Sequence[Statement], display: Display) -> str:
    """The page."""
    own = [statement for statement in statements if statement.subject == iri]
    name, language = display.name(iri)
    return render_template(
        "document.html",
        iri=iri.value,
        name=Shown(name, language=language),
        types=[display.show(kind) for kind in dict.fromkeys(s.value for s in own if s.property.value == _TYPE)],
        sections=_sections(own, display),
        terms_of=_terms(statements, iri, display),
        nodes=_nodes(statements, display),
        quotes=_quotes(iri, display),
        references=_references(iri, display),
        reference_count=_count("reference-count", iri, display),
        size=_count("graph-size", iri, display),
        formats=GRAPHS,
    )


def _sections(statements: Iterable[Statement], display: Display) -> list[Section]:
    by_graph: dict[NamedNode | None, list[Statement]] = {}
    for statement in statements:
        by_graph.setdefault(statement.graph, []).append(statement)
    return [
        Section(display.show(graph) if graph else None, _properties(said, display)) for graph, said in by_graph.items()
    ]


def _properties(statements: Iterable[Statement], display: Display) -> Properties:
    by_property: dict[NamedNode, list[Shown]] = {}
    for statement in statements:
        by_property.setdefault(statement.property, []).append(display.show(statement.value))
    return [(display.show(prop), values) for prop, values in by_property.items()]


def _terms(statements: Iterable[Statement], iri: NamedNode, display: Display) -> list[tuple[str, Shown, Properties]]:
    """The terms of an ontology: fragment, name and properties of each."""
    by_term: dict[NamedNode, list[Statement]] = {}
    for statement in statements:
        if isinstance(statement.subject, NamedNode) and statement.subject != iri:
            by_term.setdefault(statement.subject, []).append(statement)
    return [
        (term.value.partition("#")[2], display.show(term), _properties(said, display)) for term, said in by_term.items()
    ]


def _nodes(statements: Iterable[Statement], display: Display) -> Mapping[str, Properties]:
    by_node: dict[str, list[Statement]] = {}
    for statement in statements:
        if isinstance(statement.subject, BlankNode):
            by_node.setdefault(statement.subject.value, []).append(statement)
    return {node: _properties(said, display) for node, said in by_node.items()}


def _quotes(iri: NamedNode, display: Display) -> list[Quoted]:
    """The quotes behind an IRI, in the order in which they stand in their source."""
    select = display.serving.store.select
    found = [select(query("quote"), {"iri": row["quote"]}) for row in select(query("quotes"), {"iri": iri})]
    return [_quoted(rows, display) for rows in sorted(filter(None, found), key=_place)]


def _place(rows: Sequence[Row]) -> tuple[str, int]:
    start = rows[0].get("start")
    return str(rows[0].get("source", "")), int(start.value) if isinstance(start, Literal) else 0


def _quoted(rows: Sequence[Row], display: Display) -> Quoted:
    exact, source = rows[0]["exact"], rows[0].get("source")
    text, language = (exact.value, exact.language) if isinstance(exact, Literal) else (str(exact), None)
    return Quoted(
        text,
        language,
        [display.show(prop) for prop in dict.fromkeys(row["supports"] for row in rows if "supports" in row)],
        display.show(rows[0]["iri"]),
        display.show(source) if source else None,
    )


def _references(iri: NamedNode, display: Display) -> Properties:
    by_property: dict[Term, list[Shown]] = {}
    for row in display.serving.store.select(query("references"), {"iri": iri}):
        if isinstance(row["subject"], NamedNode):
            by_property.setdefault(row["property"], []).append(display.show(row["subject"]))
    return [(display.show(prop), subjects) for prop, subjects in by_property.items()]


def _count(name: str, iri: NamedNode, display: Display) -> int:
    rows = display.serving.store.select(query(name), {"iri": iri})
    count = rows[0]["count"] if rows else None
    return int(count.value) if isinstance(count, Literal) else 0
