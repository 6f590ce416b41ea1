"""Measures the indicators on data sets and distributions, with the reason where one does not hold.

An indicator without an answer has no points, like one whose answer is no.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.term import Node

from loader.catalogue.mqa.score_vocabulary import ScoreVocabulary, without_scheme
from loader.namespaces import DCAT, DCTERMS, RDF
from loader.validate import validate

NEVER = {
    "accessRightsVocabularyAlignment": "the checker does not look at the value and always answers no",
    "formatMatch": "no checker opens the files",
    "formatMediaTypeMachineInterpretable": "the checker has no list of such formats and always answers no",
    "formatMediaTypeNonProprietary": "the checker has no list of such formats and always answers no",
    "syntaxValid": "no checker opens the files",
}
"""Indicators that data.norge.no's checkers give to nobody, and why."""
_OF_DATASETS = {
    "accessRightsAvailability": (DCTERMS.accessRights,),
    "categoryAvailability": (DCAT.theme,),
    "contactPointAvailability": (DCAT.contactPoint,),
    "dateIssuedAvailability": (DCTERMS.issued,),
    "dateModifiedAvailability": (DCTERMS.modified,),
    "keywordAvailability": (DCAT.keyword, DCTERMS.subject),
    "publisherAvailability": (DCTERMS.publisher,),
    "spatialAvailability": (DCTERMS.spatial,),
    "temporalAvailability": (DCTERMS.temporal,),
}
_OF_DISTRIBUTIONS = {
    "byteSizeAvailability": (DCAT.byteSize,),
    "dateIssuedAvailability": (DCTERMS.issued,),
    "dateModifiedAvailability": (DCTERMS.modified,),
    "downloadUrlAvailability": (DCAT.downloadURL,),
    "formatAvailability": (DCTERMS.format,),
    "licenseAvailability": (DCTERMS.license,),
    "mediaTypeAvailability": (DCAT.mediaType,),
    "rightsAvailability": (DCTERMS.rights,),
}
_ADDRESSES = {"accessUrlStatusCode": DCAT.accessURL, "downloadUrlStatusCode": DCAT.downloadURL}
_OTHERS = (DCAT.Dataset, DCAT.Catalog, DCAT.DataService)
_EXAMPLES = 3
"""Kinds of faults that are named in a reason."""

CheckAddress = Callable[[str], int]
"""Returns the status with which an address answers HEAD; 0 where there is no answer."""


@dataclass(frozen=True)
class Measurement:
    """Whether an indicator holds."""

    name: str
    holds: bool
    reason: str = ""
    """The reason why it does not hold."""


def measure_dataset(record: Graph, node: Node, known: ScoreVocabulary) -> Iterator[Measurement]:
    """Yield the measurements of a data set."""
    yield from _availability(record, node, _OF_DATASETS, "the data set")
    yield from (Measurement(name, False, why) for name, why in NEVER.items())
    report = validate(alone(record, node), shapes=known.shapes)
    messages = Counter(result.message("nb") for result in report.results)
    examples = "; ".join(f"{count} × {message}" for message, count in sorted(messages.items())[:_EXAMPLES])
    yield Measurement(
        "dcatApCompliance", not messages, f"the shapes of version 2.0 find {len(report.results)} faults: {examples}"
    )


def measure_distribution(
    record: Graph, node: Node, known: ScoreVocabulary, check: CheckAddress | None
) -> Iterator[Measurement]:
    """Yield the measurements of a distribution; its addresses are requested only where `check` is given."""
    yield from _availability(record, node, _OF_DISTRIBUTIONS, "the distribution")
    values = [*record.objects(node, DCTERMS.format), *record.objects(node, DCAT.mediaType)]
    aligned = any(without_scheme(str(value)) in known.formats for value in values)
    yield Measurement(
        "formatMediaTypeVocabularyAlignment", aligned, "neither its format nor its media type is a known one"
    )
    licences = [without_scheme(str(value)) for value in record.objects(node, DCTERMS.license)]
    if licences:
        open_one = any(licence in known.licences for licence in licences)
        yield Measurement("knownLicense", open_one, "its licence is not one that data.norge.no knows as open")
    else:
        yield Measurement("knownLicense", False, "the distribution has no dcterms:license")
    for name, prop in _ADDRESSES.items():
        yield from _answers(name, sorted(map(str, record.objects(node, prop))), check)


def alone(record: Graph, node: Node) -> Graph:
    """Return a data set alone, as data.norge.no stores it: itself and what it leads to, but no other data set."""
    graph, queue, seen = Graph(), [node], set[Node]()
    while queue:
        subject = queue.pop()
        if subject in seen or (subject != node and any((subject, RDF.type, kind) in record for kind in _OTHERS)):
            continue
        seen.add(subject)
        for prop, value in record.predicate_objects(subject):
            graph.add((subject, prop, value))
            queue.append(value)
    return graph


def _availability(
    record: Graph, node: Node, indicators: Mapping[str, tuple[URIRef, ...]], what: str
) -> Iterator[Measurement]:
    for name, props in indicators.items():
        holds = any((node, prop, None) in record for prop in props)
        short = " or ".join(record.namespace_manager.normalizeUri(prop) for prop in props)
        yield Measurement(name, holds, f"{what} has no {short}")


def _answers(name: str, addresses: list[str], check: CheckAddress | None) -> Iterator[Measurement]:
    if not addresses:
        yield Measurement(name, False, "there is no such address")
    elif check is None:
        yield Measurement(name, False, "not requested; `--ask` requests the addresses")
    else:
        codes = {address: check(address) for address in addresses}
        wrong = [f"{address} answers {code or 'nothing'}" for address, code in codes.items() if not 200 <= code < 300]
        yield Measurement(name, not wrong, "; ".join(wrong))
