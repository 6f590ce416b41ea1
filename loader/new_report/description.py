"""The description of a new report's source, as it is added to `data/sources.ttl`."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from rdflib import Graph, Literal, URIRef

from loader import identifiers
from loader.namespaces import DCAT, DCTERMS, NBKG, RDF
from loader.status_report.report_kind import NAME

_TITLES = {
    "nb": "Teksten til statusrapporten {day}",
    "nn": "Teksten til statusrapporten {day}",
    "en": "The text of the status report of {day}",
}
_LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
_SHARED = (DCTERMS.publisher, DCTERMS.rights, DCAT.contactPoint)
"""Properties that a report's source has as the one before."""


def describe_source(described: Graph, issued: date, before: URIRef | None) -> str:
    """Return Turtle that describes the source of a report, in the prefixes of the graph that it is added to.

    `before` is the source of the report before, whose publisher and terms it shares.
    """
    graph = Graph(namespace_manager=described.namespace_manager)
    name = file_stem(issued)
    source = identifiers.resource("source", name)
    graph.add((source, RDF.type, NBKG.DataSource))
    graph.add((source, DCTERMS.identifier, Literal(name)))
    graph.add((source, NBKG.kind, Literal(NAME)))
    graph.add((source, NBKG.file, Literal(f"source/{name}.txt")))
    for language, title in _TITLES.items():
        day = format_date(issued, "long", _LOCALES[language])
        graph.add((source, DCTERMS.title, Literal(title.format(day=day), lang=language)))
    for prop in _SHARED if before else ():
        for value in described.objects(before, prop):
            graph.add((source, prop, value))
    graph.add((identifiers.report(issued), DCAT.inSeries, identifiers.dataset("status-reports")))
    lines = graph.serialize(format="turtle").splitlines()
    return "\n".join(line for line in lines if not line.startswith("@prefix")).strip() + "\n"


def file_stem(issued: date) -> str:
    """Return the name of a report's files without its suffix."""
    return f"statusrapport-{issued.isoformat()}"
