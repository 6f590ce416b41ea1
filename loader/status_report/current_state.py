"""`graph/current`: what the newest report on each strategy says, said of the measures themselves and of the units.

The graph is self-contained: the nodes that a measure leads to (responsibilities, mentions, milestones) stand in it with
their properties. What leads to the words of the report, the quotes, stays in the report's own graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Graph, Literal, URIRef

from loader import identifiers
from loader.namespaces import DCTERMS, NBKG, ORG, RDF, SKOS
from loader.status_report.model.report import StatusReport, Unit
from loader.status_report.quotes import Triple

_OF_THE_OBSERVATION = frozenset({RDF.type, NBKG.observes, NBKG.reportedIn, NBKG.quote, NBKG.inferred})
_NODES = (NBKG.responsibility, NBKG.mention, NBKG.milestone)


def current_triples(newest: Iterable[tuple[StatusReport, Graph]], publisher: URIRef) -> Iterator[Triple]:
    """Yield the derived triples of the newest report on each strategy with its own graph, the oldest first.

    A unit has the name that the last of these reports gives it.
    """
    units: dict[str, Unit] = {}
    for report, graph in newest:
        for observation in graph.subjects(NBKG.reportedIn, identifiers.report(report.issued)):
            measure = graph.value(observation, NBKG.observes)
            if isinstance(measure, URIRef):
                yield from _measure(graph, measure, URIRef(str(observation)))
        units |= {unit.code: unit for unit in report.units}
    for unit in units.values():
        yield from _unit(unit, publisher)


def _measure(graph: Graph, measure: URIRef, observation: URIRef) -> Iterator[Triple]:
    """Yield what the observation says as said of the measure, with the nodes that it leads to."""
    for predicate in (RDF.type, DCTERMS.identifier, NBKG.partOfStrategy):
        yield from ((measure, predicate, value) for value in graph.objects(measure, predicate))
    yield measure, NBKG.latestObservation, observation
    yield from _copied(graph, observation, measure, _OF_THE_OBSERVATION)
    for predicate in _NODES:
        for node in graph.objects(observation, predicate):
            yield from _copied(graph, URIRef(str(node)), URIRef(str(node)), frozenset({NBKG.quote}))


def _copied(graph: Graph, subject: URIRef, copy: URIRef, without: frozenset[URIRef]) -> Iterator[Triple]:
    """Yield the triples of a subject as those of `copy`, without some properties."""
    for predicate, value in graph.predicate_objects(subject):
        if predicate not in without:
            yield copy, URIRef(str(predicate)), value


def _unit(unit: Unit, publisher: URIRef) -> Iterator[Triple]:
    subject = identifiers.resource("unit", identifiers.slug(unit.code))
    yield subject, RDF.type, NBKG.Unit
    yield subject, RDF.type, ORG.OrganizationalUnit
    yield subject, SKOS.notation, Literal(unit.code)
    yield subject, ORG.unitOf, publisher
    yield subject, SKOS.prefLabel, Literal(unit.name.text, lang="nb")
    if unit.former:
        yield subject, SKOS.altLabel, Literal(unit.former.text, lang="nb")
        yield subject, SKOS.historyNote, Literal(f"Tidligere {unit.former.text}", lang="nb")
        yield subject, SKOS.historyNote, Literal(f"Tidlegare {unit.former.text}", lang="nn")
        yield subject, SKOS.historyNote, Literal(f"Formerly {unit.former.text}", lang="en")
