"""The indicators with their points, and the lists of known values, from the folder of profiles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from loader.namespaces import DCTERMS, DQV, MQA, RDF, SKOS
from loader.validate.read import read
from nbkg.errors import UsageError
from nbkg.rdf.turtle import read_files

SHAPES = "dcat-ap-no/dcat-ap-no_shacl-shapes-2.0.0.ttl"
"""The shapes that the score asks for compliance with."""
_VOCABULARY = "dcat-ap-no/dcatno-mqa-vocabulary.ttl"
_SCORES = "dcat-ap-no/dcatno-mqa-vocabulary-default-score-values.ttl"
_FILE_TYPES = "reference-data/filetypes-sparql-result.ttl"
_MEDIA_TYPES = "reference-data/media-types.ttl"
_LICENCES = "reference-data/open-licenses.ttl"
_EU_FILE_TYPE = "http://publications.europa.eu/ontology/euvoc#FileType"


@dataclass(frozen=True)
class Metric:
    """An indicator."""

    name: str
    """As in the vocabulary, but for the spelling of `licence`."""
    dimension: str
    points: int
    definition: str


@dataclass(frozen=True)
class ScoreVocabulary:
    """The indicators, known values and shapes with which the score is computed."""

    metrics: tuple[Metric, ...]
    """By dimension and name."""
    formats: frozenset[str]
    """File types and media types that data.norge.no knows, without http:// or https://."""
    licences: frozenset[str]
    """Open licences that it knows, likewise."""
    shapes: Graph

    @property
    def points(self) -> int:
        """Return the points of a data set that has all."""
        return sum(metric.points for metric in self.metrics)


def read_vocabulary(folder: Path) -> ScoreVocabulary:
    """Return the vocabulary in a folder of profiles. Raises UsageError where a file of it is missing."""
    paths = {name: folder / name for name in (_VOCABULARY, _SCORES, _FILE_TYPES, _MEDIA_TYPES, _LICENCES, SHAPES)}
    if missing := [name for name, path in paths.items() if not path.is_file()]:
        raise UsageError(f"{folder}: has no {missing[0]}; name the folder of the profiles")
    indicators = read_files([paths[_VOCABULARY], paths[_SCORES]])
    file_types = read_files([paths[_FILE_TYPES]])
    media_types, licences = read_files([paths[_MEDIA_TYPES]]), read_files([paths[_LICENCES]])
    known = [str(s) for s, _, kind in file_types.triples((None, RDF.type, None)) if str(kind) == _EU_FILE_TYPE]
    known += map(str, media_types.subjects(RDF.type, DCTERMS.MediaType))
    open_licences = map(str, licences.subjects(RDF.type, SKOS.Concept))
    return ScoreVocabulary(_metrics(indicators), _stripped(known), _stripped(open_licences), read([paths[SHAPES]]))


def without_scheme(iri: str) -> str:
    """Return the address without http:// or https://, as data.norge.no compares them."""
    return iri.replace("http://", "").replace("https://", "")


def _stripped(iris: Iterable[str]) -> frozenset[str]:
    return frozenset(without_scheme(iri) for iri in iris)


def _metrics(indicators: Graph) -> tuple[Metric, ...]:
    """Return the indicators that have points; data.norge.no measures the others, but does not count them."""
    metrics = [
        Metric(
            str(node).removeprefix(str(MQA)).replace("icence", "icense"),
            str(indicators.value(node, DQV.inDimension)).removeprefix(str(MQA)),
            int(str(points)),
            str(indicators.value(node, SKOS.definition)).replace("&apos;", "'"),
        )
        for node, points in indicators.subject_objects(MQA.trueScore)
    ]
    return tuple(sorted(metrics, key=lambda metric: (metric.dimension, metric.name)))
