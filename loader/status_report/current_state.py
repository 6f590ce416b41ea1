"""`graph/current`: what the newest report says, told of the measures themselves and of the units."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef

from loader import identifiers
from loader.namespaces import DCTERMS, NBKG, ORG, RDF, SKOS
from loader.status_report.model.report import Report
from loader.status_report.quotes import Triple

_OF_THE_OBSERVATION = frozenset({RDF.type, NBKG.observes, NBKG.reportedIn, NBKG.quote, NBKG.inferred})


def current_triples(graph: Graph, report: Report, publisher: URIRef) -> Iterator[Triple]:
    """The derived triples; `graph` is the newest report's own graph."""
    iri = identifiers.report(report.issued)
    for observation in graph.subjects(NBKG.reportedIn, iri):
        if (measure := graph.value(observation, NBKG.observes)) is None:
            continue
        yield from _measure(graph, URIRef(str(measure)))
        yield URIRef(str(measure)), NBKG.latestObservation, observation
        for predicate, value in graph.predicate_objects(observation):
            if predicate not in _OF_THE_OBSERVATION:
                yield URIRef(str(measure)), URIRef(str(predicate)), value
    for unit in report.units:
        subject = identifiers.thing("unit", identifiers.slug(unit.code))
        yield subject, RDF.type, NBKG.Unit
        yield subject, SKOS.notation, Literal(unit.code)
        yield subject, ORG.unitOf, publisher
        yield subject, SKOS.prefLabel, Literal(unit.name.text, lang="nb")
        if unit.former:
            yield subject, SKOS.altLabel, Literal(unit.former.text, lang="nb")
            yield subject, SKOS.historyNote, Literal(f"Tidligere {unit.former.text}", lang="nb")
            yield subject, SKOS.historyNote, Literal(f"Tidlegare {unit.former.text}", lang="nn")
            yield subject, SKOS.historyNote, Literal(f"Formerly {unit.former.text}", lang="en")


def _measure(graph: Graph, measure: URIRef) -> Iterator[Triple]:
    """What the measure is in the report's graph too, so that a query of `graph/current` alone finds it."""
    for predicate in (RDF.type, DCTERMS.identifier, NBKG.partOfStrategy):
        yield from ((measure, predicate, value) for value in graph.objects(measure, predicate))
