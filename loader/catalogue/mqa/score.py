"""From measures to points: each distribution is merged with its data set, indicator by indicator the better one counts.

A data set has the score of its best distribution; without any, its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from loader.catalogue.mqa.metrics import NEVER, Ask, Measure, of_dataset, of_distribution
from loader.catalogue.mqa.score_vocabulary import Metric, Vocabulary
from loader.namespaces import DCAT, DCTERMS, RDF


@dataclass(frozen=True)
class Indicator:
    """The points of one indicator, and why they are none."""

    metric: Metric
    points: int
    why: str

    @property
    def reachable(self) -> bool:
        """Whether data.norge.no gives these points to anybody."""
        return self.metric.name not in NEVER


@dataclass(frozen=True)
class Score:
    """The score of a data set."""

    dataset: str
    title: str
    distribution: str | None
    """The one that counts."""
    indicators: tuple[Indicator, ...]

    @property
    def points(self) -> int:
        """All together."""
        return sum(indicator.points for indicator in self.indicators)

    @property
    def most(self) -> int:
        """Points that the vocabulary gives."""
        return sum(indicator.metric.points for indicator in self.indicators)

    @property
    def reachable(self) -> int:
        """Points that data.norge.no can give."""
        return sum(indicator.metric.points for indicator in self.indicators if indicator.reachable)


def scores(record: Graph, known: Vocabulary, ask: Ask | None = None) -> list[Score]:
    """The score of each data set of a catalogue record, by IRI."""
    nodes = sorted({node for node in record.subjects(RDF.type, DCAT.Dataset) if isinstance(node, URIRef)})
    return [_score(record, node, known, ask) for node in nodes]


def _score(record: Graph, node: URIRef, known: Vocabulary, ask: Ask | None) -> Score:
    own = list(of_dataset(record, node, known))
    found = {
        str(distribution): _indicators([*own, *of_distribution(record, distribution, known, ask)], known)
        for distribution in sorted(record.objects(node, DCAT.distribution), key=str)
        if isinstance(distribution, URIRef)
    }
    best = max(found, key=lambda name: _points(found[name]), default=None)
    indicators = found[best] if best else _indicators(own, known)
    return Score(str(node), _title(record, node), best, tuple(indicators))


def _indicators(measures: Iterable[Measure], known: Vocabulary) -> list[Indicator]:
    holds, why = set[str](), dict[str, str]()
    for measure in measures:
        why.setdefault(measure.name, measure.why)
        if measure.holds:
            holds.add(measure.name)
    return [
        Indicator(metric, metric.points, "")
        if metric.name in holds
        else Indicator(metric, 0, why.get(metric.name, "nothing was measured: there is no distribution"))
        for metric in known.metrics
    ]


def _points(indicators: Iterable[Indicator]) -> int:
    return sum(indicator.points for indicator in indicators)


def _title(record: Graph, node: Node) -> str:
    titles = {str(o.language): str(o) for o in record.objects(node, DCTERMS.title) if isinstance(o, Literal)}
    return titles.get("nb") or next(iter(sorted(titles.values())), str(node))
