"""What a MARC record is made of: an instance, its work, its hub and its record, as a graph describes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from loader.errors import ComposingError
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.writing.catalogue_graph import CatalogueGraph, GraphNode
from loader.namespaces import BASE

_SOURCE = re.compile(rf"{BASE}id/(?:record|instance)/(?P<source>[^/]+)/")


@dataclass(frozen=True)
class RecordNodes:
    """The nodes of one record. What the graph does not have is a node that does not exist."""

    graph: CatalogueGraph
    profile: MarcProfile
    record: GraphNode
    instance: GraphNode
    work: GraphNode
    hub: GraphNode

    @property
    def name(self) -> str:
        """The instance, as errors name it."""
        return str(self.instance)

    @property
    def key(self) -> str:
        """The last segment of the IRI of the record, else of the instance: a control number in most graphs."""
        iri = self.record.iri or self.instance.iri
        return unquote(iri.rstrip("/").rpartition("/")[2].rpartition("#")[2])

    @property
    def source(self) -> str:
        """The source that the IRI of the record names, or an empty text."""
        match = _SOURCE.match(self.record.iri or self.instance.iri)
        return match["source"] if match else ""

    def in_script(self, script: str) -> RecordNodes:
        """Return the same nodes with their texts in another script."""
        nodes = {name: getattr(self, name).in_script(script) for name in ("record", "instance", "work", "hub")}
        return replace(self, **nodes)


def iter_records(graph: CatalogueGraph, profile: MarcProfile) -> Iterator[RecordNodes]:
    """Yield what each MARC record is made of, in the order of the IRIs of the instances.

    An instance with a description of its own (bf:adminMetadata) is a record. In a graph without any it is an instance
    with a title to which no other instance leads.
    """
    described = [node for node in graph.nodes_with("adminMetadata") if node.is_a("Instance")]
    for instance in described or _titled(graph):
        yield _nodes_of(instance, profile)


def iter_authorities(graph: CatalogueGraph, profile: MarcProfile) -> Iterator[RecordNodes]:
    """Yield what each authority record is made of: a thing with a description of its own that is no instance.

    The thing stands in the place of the instance, and there is no work.
    """
    for described in graph.nodes_with("adminMetadata"):
        if not described.is_a("Instance", "Work", "Item"):
            nothing = GraphNode(graph)
            yield RecordNodes(graph, profile, described.node("adminMetadata"), described, nothing, nothing)


def _titled(graph: CatalogueGraph) -> list[GraphNode]:
    instances = graph.nodes_of("Instance")
    others = {other for node in instances for name in _TO_OTHERS for other in node.nodes(name)}
    return [node for node in instances if node.nodes("title") and node not in others]


_TO_OTHERS = (
    "otherPhysicalFormat",
    "otherEdition",
    "partOf",
    "hasPart",
    "hasReproduction",
    "originalVersion",
    "relatedTo",
)
"""Properties by which a record names the instances of others."""


def _nodes_of(instance: GraphNode, profile: MarcProfile) -> RecordNodes:
    work = instance.node("instanceOf")
    return RecordNodes(
        instance.graph, profile, instance.node("adminMetadata"), instance, work, work.node("expressionOf")
    )


def require(nodes: RecordNodes) -> None:
    """Raise ComposingError, which names the resource, where a MARC record cannot be made of it."""
    if not nodes.work:
        raise ComposingError(f"{nodes.name}: it is an instance of no work; name its work by bf:instanceOf")
    if not any(title.values("mainTitle") for title in nodes.instance.nodes("title")):
        raise ComposingError(f"{nodes.name}: it has no title; a record needs a bf:title with a bf:mainTitle (245)")
