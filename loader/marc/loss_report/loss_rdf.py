"""The loss report in the words of DQV (https://www.w3.org/TR/vocab-dqv/)."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from loader import identifiers
from loader.marc.loss_report.loss_tally import GROUPS, KIND_OF_GROUP, GroupCount, Key, LossTally, SubfieldCount
from loader.marc.loss_report.loss_words import LANGUAGES, reason_phrase, words
from loader.marc.record_kinds import graph_folder
from loader.namespaces import DCTERMS, DQV, PREFIXES, RDF, SKOS, XSD
from nbkg.rdf.canonical import canonical_graph

Triple = tuple[URIRef, URIRef, Node]
_DEFINITIONS = {"occurrences": "total", "in-graph": "reached", "share": "share"}
"""The metrics, and the words that define them."""


def loss_turtle(tally: LossTally, source: str) -> bytes:
    """Return the report on the graphs of a source as Turtle: the same tally gives the same bytes.

    A measurement is of a group of subfields, of one subfield, or of one reason for which it stays in the record.
    """
    graph = Graph()
    for triple in _Report(source).triples(tally):
        graph.add(triple)
    return canonical_graph(graph).turtle(PREFIXES)


class _Report:
    """Makes the statements on the graphs of one source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._folders = set[str]()

    def triples(self, tally: LossTally) -> Iterator[Triple]:
        self._folders = tally.folders
        for name, word in _DEFINITIONS.items():
            yield from _metric(name, {language: words(language)[word] for language in LANGUAGES})
        for group in GROUPS:
            yield from self._group(group, tally.group(group))
        for key, subfield in tally.rows():
            yield from self._subfield(key, subfield)
        for reason in {reason for _key, subfield in tally.rows() for reason in subfield.reasons}:
            yield from _reason_metric(reason)

    def _group(self, group: str, count: GroupCount) -> Iterator[Triple]:
        if count.total:
            title = {language: words(language)[group] for language in LANGUAGES}
            share = Literal(f"{count.share:.4f}", datatype=XSD.decimal)
            yield from self._measured((group,), "share", share, title)
            yield from self._measured((group,), "occurrences", Literal(count.total), title)
            yield from self._measured((group,), "in-graph", Literal(count.reached), title)

    def _subfield(self, named: Key, subfield: SubfieldCount) -> Iterator[Triple]:
        group, tag, code = named
        key, title = (group, tag, code or "data"), {"": f"{tag} ${code}" if code else tag}
        yield from self._measured(key, "occurrences", Literal(subfield.total), title)
        yield from self._measured(key, "in-graph", Literal(subfield.reached), title)
        for reason, number in subfield.reasons.items():
            yield from self._measured(key, f"stays-{reason}", Literal(number), title)

    def _measured(self, key: tuple[str, ...], metric: str, value: Literal, title: dict[str, str]) -> Iterator[Triple]:
        node = identifiers.resource("quality-measurement", "marc", self._source, *key, metric)
        yield node, RDF.type, DQV.QualityMeasurement
        kind = KIND_OF_GROUP.get(key[0])
        for folder in {graph_folder(kind)} if kind else self._folders:
            graph = identifiers.graph(f"{folder}/{self._source}")
            yield node, DQV.computedOn, graph
            yield graph, DQV.hasQualityMeasurement, node
        yield node, DQV.isMeasurementOf, _metric_node(metric)
        yield node, DQV.value, value
        for language, text in title.items():
            yield node, DCTERMS.title, Literal(text, lang=language or None)


def _metric_node(name: str) -> URIRef:
    return identifiers.resource("quality-metric", "marc", name)


def _reason_metric(reason: str) -> Iterator[Triple]:
    phrases = {reason_phrase(language, reason) for language in LANGUAGES}
    yield from _metric(f"stays-{reason}", {phrase.language: phrase.text for phrase in phrases})


def _metric(name: str, definitions: dict[str, str]) -> Iterator[Triple]:
    node = _metric_node(name)
    yield node, RDF.type, DQV.Metric
    for language, text in definitions.items():
        yield node, SKOS.definition, Literal(text, lang=language)
    datatype = XSD.decimal if name == "share" else XSD.integer
    yield node, DQV.expectedDataType, datatype
