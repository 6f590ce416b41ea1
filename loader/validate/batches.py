"""Checks a stream of records in batches of whole records, in flat memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.term import Node

from loader.namespaces import RDFS
from loader.validate import ValidationReport, validate
from loader.validate.targets import Targets, read_targets
from nbkg.rdf.rdflib_terms import to_graph

SIZE = 20_000
"""Triples of a batch: some 30 MB in rdflib. Each batch costs 0.15 s besides its triples, for the shapes."""


@dataclass(frozen=True)
class BatchValidator:
    """Checks records against shapes, each batch with what it refers to in the vocabulary.

    A batch is all triples of some records. What two records say of one node together is not seen: a record brings
    what its shapes need. A record that holds no focus node of any shape is skipped.
    """

    shapes: Graph
    vocabulary: Graph
    targets: Targets
    on_report: Callable[[ValidationReport], None]
    """Takes the report of each batch. It may raise an error to end the check."""
    size: int = SIZE

    def check(self, records: Iterable[Sequence[ox.Triple]]) -> Iterator[Sequence[ox.Triple]]:
        """Yield the records as they come; a batch is checked when it is full, and at the end."""
        batch: list[ox.Triple] = []
        for record in records:
            if self.targets.meet(record):
                batch.extend(record)
            if len(batch) >= self.size:
                self._check(batch)
                batch = []
            yield record
        if batch:
            self._check(batch)

    def _check(self, batch: Sequence[ox.Triple]) -> None:
        graph = to_graph(batch)
        subjects = set(graph.subjects())
        graph += self._context(graph)
        results = validate(graph, shapes=self.shapes).results
        self.on_report(ValidationReport(tuple(result for result in results if result.focus in subjects)))

    def _context(self, graph: Graph) -> Iterator[tuple[Node, Node, Node]]:
        """Yield what the vocabulary says of the nodes that a batch refers to, directly or by what it says of those."""
        yield from self.vocabulary.triples((None, RDFS.subClassOf, None))
        ahead = {node for triple in graph for node in triple if isinstance(node, URIRef)}
        seen = set[Node]()
        while ahead:
            seen |= ahead
            triples = [triple for node in ahead for triple in self.vocabulary.triples((node, None, None))]
            yield from triples
            ahead = {value for _, _, value in triples if isinstance(value, URIRef)} - seen


def batch_validator(shapes: Graph, vocabulary: Graph, on_report: Callable[[ValidationReport], None]) -> BatchValidator:
    """Return a validator of records against the shapes, with the vocabulary that they refer to."""
    return BatchValidator(shapes, vocabulary, read_targets(shapes, vocabulary), on_report)
