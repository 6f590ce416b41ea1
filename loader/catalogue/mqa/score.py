"""Turns measurements into points: of a distribution and its data set the better one counts for each indicator.

A data set has the score of its best distribution; without any, its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from loader.catalogue.mqa.metrics import NEVER, CheckAddress, Measurement, measure_dataset, measure_distribution
from loader.catalogue.mqa.score_vocabulary import Metric, ScoreVocabulary
from loader.namespaces import DCAT, DCTERMS, RDF


@dataclass(frozen=True)
class Indicator:
    """The points of one indicator, and the reason where there are none."""

    metric: Metric
    points: int
    why: str

    @property
    def reachable(self) -> bool:
        """Return whether data.norge.no gives these points to anybody."""
        return self.metric.name not in NEVER


@dataclass(frozen=True)
class Score:
    """The score of a data set."""

    dataset: str
    title: str
    distribution: str | None
    """The distribution that counts."""
    indicators: tuple[Indicator, ...]

    @property
    def points(self) -> int:
        """Return the sum of the points."""
        return sum(indicator.points for indicator in self.indicators)

    @property
    def most(self) -> int:
        """Return the points that the vocabulary gives."""
        return sum(indicator.metric.points for indicator in self.indicators)

    @property
    def reachable(self) -> int:
        """Return the points that data.norge.no can give."""
        return sum(indicator.metric.points for indicator in self.indicators if indicator.reachable)


def scores(record: Graph, known: ScoreVocabulary, check: CheckAddress | None = None) -> list[Score]:
    """Return the score of each data set of a catalogue record, by IRI."""
    nodes = sorted({node for node in record.subjects(RDF.type, DCAT.Dataset) if isinstance(node, URIRef)})
    return [_score(record, node, known, check) for node in nodes]


def _score(record: Graph, node: URIRef, known: ScoreVocabulary, check: CheckAddress | None) -> Score:
    own = list(measure_dataset(record, node, known))
    by_distribution = {
        str(distribution): _indicators([*own, *measure_distribution(record, distribution, known, check)], known)
        for distribution in sorted(record.objects(node, DCAT.distribution), key=str)
        if isinstance(distribution, URIRef)
    }
    best = max(by_distribution, key=lambda name: _points(by_distribution[name]), default=None)
    indicators = by_distribution[best] if best else _indicators(own, known)
    return Score(str(node), _title(record, node), best, tuple(indicators))


def _indicators(measurements: Iterable[Measurement], known: ScoreVocabulary) -> list[Indicator]:
    holds, why = set[str](), dict[str, str]()
    for measurement in measurements:
        why.setdefault(measurement.name, measurement.reason)
        if measurement.holds:
            holds.add(measurement.name)
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
