"""What is compared of a record: for each kind of entity, the values that a graph has of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from benchmarks.oracle_graph import RecordGraph, Term

Values = Callable[[RecordGraph], Iterator[str]]
_AGENT_CLASSES = ("Person", "Family", "Organization", "Jurisdiction", "Meeting")
_LINKS = (
    "bf:partOf", "bf:hasPart", "bf:translationOf", "bf:basedOn", "bf:continues", "bf:continuedBy",
    "bf:otherPhysicalFormat",
    "bf:accompanies", "bf:accompaniedBy", "bf:relatedTo", "bf:supplementTo", "bf:supplement", "bf:otherEdition",
    "bf:originalVersion", "bf:precededBy", "bf:succeededBy", "bf:absorbed", "bf:mergerOf", "bf:derivativeOf",
)  # fmt: skip


def _described(graph: RecordGraph) -> list[Term]:
    return [*graph.works, *graph.instances]


def _count(name: str) -> Values:
    def values(graph: RecordGraph) -> Iterator[str]:
        yield from (f"{number + 1}" for number in range(len(graph.of_class(name))))

    return values


def _work_classes(graph: RecordGraph) -> Iterator[str]:
    yield from {kind for work in graph.works for kind in graph.kinds(work)} - {"Work"}


def _main_titles(graph: RecordGraph) -> Iterator[str]:
    nodes = graph.values([*_described(graph), *graph.hubs], "bf:title")
    yield from (title for node in nodes if graph.kinds(node) <= {"Title"} for title in graph.titles(node))


def _other_titles(graph: RecordGraph) -> Iterator[str]:
    nodes = graph.values(_described(graph), "bf:title")
    yield from (title for node in nodes if not graph.kinds(node) <= {"Title"} for title in graph.titles(node))


def _contributions(graph: RecordGraph) -> Iterator[tuple[Term, Term]]:
    for contribution in graph.values([*_described(graph), *graph.hubs], "bf:contribution"):
        for agent in graph.values([contribution], "bf:agent"):
            yield contribution, agent


def _agents(graph: RecordGraph) -> Iterator[str]:
    yield from (name for _contribution, agent in _contributions(graph) for name in graph.names(agent))


def _roles(graph: RecordGraph) -> Iterator[str]:
    for contribution, agent in _contributions(graph):
        for role in graph.values([contribution], "bf:role"):
            yield from (f"{name} | {code}" for name in graph.names(agent) for code in graph.codes(role))


def _agent_classes(graph: RecordGraph) -> Iterator[str]:
    for _contribution, agent in _contributions(graph):
        for kind in graph.kinds(agent).intersection(_AGENT_CLASSES):
            yield from (f"{name} | {kind}" for name in graph.names(agent))


def _primary(graph: RecordGraph) -> Iterator[str]:
    for contribution, agent in _contributions(graph):
        if "PrimaryContribution" in graph.kinds(contribution):
            yield from graph.names(agent)


def _classifications(graph: RecordGraph) -> Iterator[str]:
    for node in graph.values(_described(graph), "bf:classification"):
        kind = next(iter(sorted(graph.kinds(node))), "")
        items = [name for item in graph.values([node], "bf:itemPortion") for name in graph.names(item)]
        for portion in graph.values([node], "bf:classificationPortion"):
            yield " ".join([kind, "|", *graph.names(portion), *items])


def _identifiers(graph: RecordGraph) -> Iterator[str]:
    for node in graph.values([*_described(graph), *graph.records], "bf:identifiedBy"):
        kind = next(iter(sorted(graph.kinds(node))), "")
        status = [code for each in graph.values([node], "bf:status") for code in graph.codes(each)]
        for value in graph.values([node], "rdf:value"):
            yield " | ".join([kind, *graph.names(value), *status])


def _qualifiers(graph: RecordGraph) -> Iterator[str]:
    nodes = graph.values(_described(graph), "bf:identifiedBy")
    yield from (name for value in graph.values(nodes, "bf:qualifier") for name in graph.names(value))


def _publication(*names: str) -> Values:
    def values(graph: RecordGraph) -> Iterator[str]:
        nodes = graph.values(graph.instances, "bf:provisionActivity")
        yield from (code for value in graph.values(nodes, *names) for code in graph.codes(value))

    return values


def _languages(graph: RecordGraph) -> Iterator[str]:
    for value in graph.values(_described(graph), "bf:language"):
        parts = [name for part in graph.values([value], "bf:part") for name in graph.names(part)]
        for term in [*graph.values([value], "rdf:value")] or [value]:
            yield from (" ".join([code, *parts]) for code in graph.codes(term))


def _linked(graph: RecordGraph) -> Iterator[Term]:
    relations = list(graph.values(_described(graph), "bf:relation"))
    yield from graph.values(relations, "bf:associatedResource")
    yield from graph.values([*_described(graph), *graph.hubs], *_LINKS)


def _related(graph: RecordGraph) -> Iterator[str]:
    own = {*graph.works, *graph.instances, *graph.hubs}
    for node in _linked(graph):
        if node not in own and "Series" not in graph.kinds(node):
            yield from _first_titles(graph, node)


def _series(graph: RecordGraph) -> Iterator[str]:
    for node in [*_linked(graph), *graph.values(_described(graph), "bf:hasSeries")]:
        if "Series" in graph.kinds(node):
            yield from _first_titles(graph, node)
    yield from (name for value in graph.values(_described(graph), "bf:seriesStatement") for name in graph.names(value))


def _first_titles(graph: RecordGraph, node: Term) -> list[str]:
    titles = [title for value in graph.values([node], "bf:title") for title in graph.titles(value)]
    return titles or graph.names(node)


def _property(*names: str) -> Values:
    def values(graph: RecordGraph) -> Iterator[str]:
        yield from (code for value in graph.values(_described(graph), *names) for code in graph.codes(value))

    return values


def _of_record(*names: str) -> Values:
    def values(graph: RecordGraph) -> Iterator[str]:
        yield from (code for value in graph.values(graph.records, *names) for code in graph.codes(value))

    return values


KINDS: Mapping[str, Values] = {
    "works": _count("bf:Work"),
    "hubs": _count("bf:Hub"),
    "instances": _count("bf:Instance"),
    "items": _count("bf:Item"),
    "class of the work": _work_classes,
    "title": _main_titles,
    "other title": _other_titles,
    "contributor": _agents,
    "main entry": _primary,
    "role": _roles,
    "class of the contributor": _agent_classes,
    "subject": _property("bf:subject"),
    "classification": _classifications,
    "identifier": _identifiers,
    "qualifier of an identifier": _qualifiers,
    "place of publication": _publication("bf:place", "bflc:simplePlace"),
    "publisher": _publication("bf:agent", "bflc:simpleAgent"),
    "date of publication": _publication("bf:date", "bflc:simpleDate"),
    "statement of publication": _property("bf:publicationStatement", "bf:provisionActivityStatement"),
    "other dates": _property("bf:originDate", "bf:copyrightDate", "bf:phonogramDate"),
    "language": _languages,
    "related resource": _related,
    "series": _series,
    "genre and form": _property("bf:genreForm"),
    "content": _property("bf:content"),
    "media": _property("bf:media"),
    "carrier": _property("bf:carrier"),
    "issuance": _property("bf:issuance"),
    "note": _property("bf:note"),
    "extent": _property("bf:extent"),
    "dimensions": _property("bf:dimensions"),
    "edition": _property("bf:editionStatement"),
    "responsibility": _property("bf:responsibilityStatement"),
    "summary": _property("bf:summary"),
    "table of contents": _property("bf:tableOfContents"),
    "supplementary content": _property("bf:supplementaryContent"),
    "illustration": _property("bf:illustrativeContent"),
    "audience": _property("bf:intendedAudience"),
    "coverage": _property("bf:geographicCoverage", "bf:temporalCoverage"),
    "address": _property("bf:electronicLocator"),
    "frequency, first and last issue": _property("bf:frequency", "bf:firstIssue", "bf:lastIssue"),
    "sound, colour, file": _property(
        "bf:soundCharacteristic", "bf:soundContent", "bf:colorContent", "bf:digitalCharacteristic"
    ),
    "music": _property("bf:musicMedium", "bf:musicKey", "bf:musicOpusNumber", "bf:musicThematicNumber"),
    "status of the record": _of_record("bf:status"),
    "dates of the record": _of_record("bf:date", "bf:creationDate", "bf:changeDate"),
    "agencies of the record": _of_record("bf:agent", "bf:assigner", "bf:descriptionModifier"),
    "level of the record": _of_record("bflc:encodingLevel", "bf:descriptionLevel"),
    "rules of the record": _of_record("bf:descriptionConventions"),
    "language of the record": _of_record("bf:descriptionLanguage"),
    "authentication of the record": _of_record("bf:descriptionAuthentication"),
}
"""The kinds of entities in the order of the report."""


def values_of(kind: str, graph: RecordGraph) -> set[str]:
    """Return the different values of a kind, in their normal form."""
    return {value for value in KINDS[kind](graph) if value}
