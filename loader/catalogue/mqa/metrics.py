"""What is measured on a data set and on a distribution: each indicator that has an answer, and why where it is no.

An indicator without an answer has no points, like one whose answer is no.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.term import Node

from loader.catalogue.mqa.score_vocabulary import Vocabulary, without_scheme
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
_SHOWN = 3
"""Kinds of faults that are told."""

Ask = Callable[[str], int]
"""The status that an address answers HEAD with; 0 where there is no answer."""


@dataclass(frozen=True)
class Measure:
    """The answer of an indicator."""

    name: str
    holds: bool
    why: str = ""
    """What is missing, where it does not hold."""


def of_dataset(record: Graph, node: Node, known: Vocabulary) -> Iterator[Measure]:
    """What is measured on a data set."""
    yield from _availability(record, node, _OF_DATASETS, "the data set")
    yield from (Measure(name, False, why) for name, why in NEVER.items())
    report = validate(apart(record, node), shapes=known.shapes)
    told = Counter(result.message("nb") for result in report.results)
    found = "; ".join(f"{count} × {message}" for message, count in sorted(told.items())[:_SHOWN])
    yield Measure("dcatApCompliance", not told, f"the shapes of version 2.0 find {len(report.results)} faults: {found}")


def of_distribution(record: Graph, node: Node, known: Vocabulary, ask: Ask | None) -> Iterator[Measure]:
    """What is measured on a distribution; addresses are asked only where `ask` can."""
    yield from _availability(record, node, _OF_DISTRIBUTIONS, "the distribution")
    values = [*record.objects(node, DCTERMS.format), *record.objects(node, DCAT.mediaType)]
    aligned = any(without_scheme(str(value)) in known.formats for value in values)
    yield Measure("formatMediaTypeVocabularyAlignment", aligned, "neither its format nor its media type is a known one")
    licences = [without_scheme(str(value)) for value in record.objects(node, DCTERMS.license)]
    if licences:
        open_one = any(licence in known.licences for licence in licences)
        yield Measure("knownLicense", open_one, "its licence is none that data.norge.no knows as open")
    else:
        yield Measure("knownLicense", False, "the distribution has no dcterms:license")
    for name, prop in _ADDRESSES.items():
        yield from _answers(name, sorted(map(str, record.objects(node, prop))), ask)


def apart(record: Graph, node: Node) -> Graph:
    """A data set alone, as data.norge.no keeps it: itself and what it leads to, but no other data set."""
    alone, waiting, seen = Graph(), [node], set[Node]()
    while waiting:
        subject = waiting.pop()
        if subject in seen or (subject != node and any((subject, RDF.type, kind) in record for kind in _OTHERS)):
            continue
        seen.add(subject)
        for prop, value in record.predicate_objects(subject):
            alone.add((subject, prop, value))
            waiting.append(value)
    return alone


def _availability(
    record: Graph, node: Node, indicators: Mapping[str, tuple[URIRef, ...]], what: str
) -> Iterator[Measure]:
    for name, props in indicators.items():
        holds = any((node, prop, None) in record for prop in props)
        short = " or ".join(record.namespace_manager.normalizeUri(prop) for prop in props)
        yield Measure(name, holds, f"{what} has no {short}")


def _answers(name: str, addresses: list[str], ask: Ask | None) -> Iterator[Measure]:
    if not addresses:
        yield Measure(name, False, "there is no such address")
    elif ask is None:
        yield Measure(name, False, "not asked; `--ask` asks the addresses")
    else:
        codes = {address: ask(address) for address in addresses}
        wrong = [f"{address} answers {code or 'nothing'}" for address, code in codes.items() if not 200 <= code < 300]
        yield Measure(name, not wrong, "; ".join(wrong))
