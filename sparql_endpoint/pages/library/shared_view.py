"""What the pages of the catalogue have in common: the view that their templates get, and the statements below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flask import g
from pyoxigraph import NamedNode

from sparql_endpoint.http.formats import GRAPHS
from sparql_endpoint.pages.frame import provenance
from sparql_endpoint.pages.frame.provenance import Provenance
from sparql_endpoint.pages.library import schema_org
from sparql_endpoint.pages.library.conflict_facts import conflicts_of
from sparql_endpoint.pages.library.decision_facts import decisions_of
from sparql_endpoint.pages.library.description import Description, compact
from sparql_endpoint.pages.library.titles import Written, heading_of
from sparql_endpoint.pages.resource.statements import graph_sections
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.services.record_listings import records_folder


@dataclass(frozen=True)
class Origin:
    """A graph that says something of the thing, and on what terms."""

    graph: Label
    terms: Provenance | None


def shared(view: ResourceView, described: Description, kind: str) -> Mapping[str, object]:
    """Return what every template of the catalogue shows; `kind` is the key of the word for what the thing is."""
    heading, others = heading_of(view.iri, described)
    settings = view.labels.serving.settings
    g.json_ld = partial(schema_org.document, view.iri, described, view.labels)
    return {
        "iri": view.iri.value,
        "kind": kind,
        "heading": heading or Written(view.labels.of(view.iri).text),
        "has_records": records_folder(settings.records, settings.store) is not None,
        "other_names": others,
        "origins": origins(view, view.labels),
        "statements": graph_sections(view),
        "formats": GRAPHS,
        "conflicts": conflicts_of(view.iri, view.labels),
        "decisions": decisions_of(view.iri, view.labels),
        "json_addresses": json_addresses(view.iri, view.labels),
        "show": view.labels.of,
    }


def origins(view: ResourceView, labels: Labels) -> Sequence[Origin]:
    """Return the graphs in which the statements about a thing stand, with their licences, dates and sources."""
    return origins_of(dict.fromkeys(one.graph for one in view.own if one.graph is not None), labels)


def origins_of(graphs: Iterable[NamedNode], labels: Labels) -> Sequence[Origin]:
    """Return graphs with their licences, dates and sources."""
    graphs = list(graphs)
    terms = provenance.by_graph(provenance.read_rows(graphs, labels.serving.store), labels)
    return [Origin(labels.of(graph), terms.get(graph)) for graph in graphs]


def json_addresses(iri: NamedNode, labels: Labels) -> Mapping[str, str]:
    """Return the addresses of the thing in schema.org and in BIBFRAME's shape of JSON; none for IRIs of others."""
    base = f"{labels.addresses.base}id/"
    if not iri.value.startswith(base):
        return {}
    path, root = iri.value.removeprefix(base), labels.addresses.root
    return {"schema.org": f"{root}/schema-org/{path}", "BIBFRAME JSON": f"{root}/bibframe-json/{path}"}


def values_of(view: ResourceView, name: str) -> Sequence[NamedNode]:
    """Return the IRIs that a property of the thing leads to; the property is compact: `bf:instanceOf`."""
    values = (one.value for one in view.own if compact(one.property) == name)
    return list(dict.fromkeys(value for value in values if isinstance(value, NamedNode)))
