"""Writes counts as VoID: general metadata, structure, statistics, partitions and linksets.

https://www.w3.org/TR/void/. Where the data is served and what its files are is not known here; a release adds it
(`loader.catalogue.void`), and so does the endpoint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from nbkg.rdf.vocabulary import DCTERMS, RDF, VOID
from nbkg.void.counts import Claim, ClassCount, Counts, GraphCount, LinkCount, PropertyCount

TYPE = ox.NamedNode(f"{RDF}type")
TERMS_OF_USE = (f"{DCTERMS}license", f"{DCTERMS}rights")
"""Each graph has its own; all of them together have none."""


def description_graph(base: str) -> ox.NamedNode:
    """Return the name of the graph that holds the description of a store."""
    return ox.NamedNode(f"{base}graph/void")


def describe(counts: Counts, base: str) -> Iterator[ox.Triple]:
    """Yield the description of what was counted."""
    yield from (ox.Triple(*statement) for statement in _statements(counts, base))


def dataset_name(counts: Counts, base: str) -> ox.NamedNode:
    """Return the one data set that the graphs are parts of, or else `#dataset` of the server's own document."""
    return counts.claims.dataset or ox.NamedNode(f"{base}.well-known/void#dataset")


def term(name: str) -> ox.NamedNode:
    """Return the IRI of a term of VoID."""
    return ox.NamedNode(VOID + name)


def _statements(counts: Counts, base: str) -> Iterator[Claim]:
    dataset = dataset_name(counts, base)
    yield dataset, TYPE, term("Dataset")
    yield from (claim for claim in counts.claims.datasets if claim[0] == dataset and claim[1].value not in TERMS_OF_USE)
    if counts.own:
        yield dataset, term("uriSpace"), ox.Literal(base)
    yield from ((dataset, term("exampleResource"), example) for example in counts.examples)
    yield from ((dataset, term("vocabulary"), ox.NamedNode(name)) for name in _vocabularies(counts))
    yield from _numbers(dataset, counts)
    for graph in counts.graphs:
        if graph.name not in counts.left_out:
            yield dataset, term("subset"), graph.name
        yield from _graph(graph)
        yield from (claim for claim in counts.claims.graphs if claim[0] == graph.name)
    for count in counts.classes:
        yield from _class_partition(dataset, count, base)
    yield from _property_partitions(dataset, counts.properties, base)
    for link in counts.links:
        yield from _linkset(dataset, link, base)


def _numbers(dataset: ox.NamedNode, counts: Counts) -> Iterator[Claim]:
    """https://www.w3.org/TR/void/#statistics."""
    yield dataset, term("triples"), ox.Literal(counts.triples)
    yield dataset, term("entities"), ox.Literal(counts.entities)
    yield dataset, term("distinctSubjects"), ox.Literal(counts.subjects)
    yield dataset, term("distinctObjects"), ox.Literal(counts.objects)
    yield dataset, term("properties"), ox.Literal(len(counts.properties))
    yield dataset, term("classes"), ox.Literal(counts.class_count)


def _graph(graph: GraphCount) -> Iterator[Claim]:
    """https://www.w3.org/TR/void/#subset."""
    yield graph.name, TYPE, term("Dataset")
    yield graph.name, term("triples"), ox.Literal(graph.triples)
    yield graph.name, term("distinctSubjects"), ox.Literal(graph.subjects)
    yield graph.name, term("distinctObjects"), ox.Literal(graph.objects)
    yield graph.name, term("properties"), ox.Literal(graph.properties)


def _class_partition(dataset: ox.NamedNode, count: ClassCount, base: str) -> Iterator[Claim]:
    """https://www.w3.org/TR/void/#class-property-partitions."""
    node = _part("partition", base, dataset.value, count.name.value)
    yield dataset, term("classPartition"), node
    yield node, term("class"), count.name
    yield node, term("entities"), ox.Literal(count.entities)
    if count.example:
        yield node, term("exampleResource"), count.example
    yield from _property_partitions(node, count.properties, base)


def _property_partitions(of: ox.NamedNode, properties: Sequence[PropertyCount], base: str) -> Iterator[Claim]:
    for count in properties:
        node = _part("partition", base, of.value, count.property.value)
        yield of, term("propertyPartition"), node
        yield node, term("property"), count.property
        yield node, term("triples"), ox.Literal(count.triples)


def _linkset(dataset: ox.NamedNode, link: LinkCount, base: str) -> Iterator[Claim]:
    """https://www.w3.org/TR/void/#linkset."""
    node = _part("linkset", base, dataset.value, link.property.value, link.space)
    target = _part("target", base, link.space)
    yield dataset, term("subset"), node
    yield node, TYPE, term("Linkset")
    yield node, term("linkPredicate"), link.property
    yield node, term("subjectsTarget"), dataset
    yield node, term("objectsTarget"), target
    yield node, term("triples"), ox.Literal(link.triples)
    yield target, TYPE, term("Dataset")
    yield target, term("uriSpace"), ox.Literal(link.space)


def _vocabularies(counts: Counts) -> list[str]:
    """Return the namespaces of the properties: those declared, else all before the last `#`, `/` or `:`."""
    declared = sorted(counts.claims.namespaces, key=len, reverse=True)
    return sorted({_namespace(count.property.value, declared) for count in counts.properties})


def _namespace(iri: str, declared: Sequence[str]) -> str:
    end = max(iri.rfind("#"), iri.rfind("/"), iri.rfind(":")) + 1
    return next((name for name in declared if iri.startswith(name)), iri[:end])


def _part(kind: str, base: str, *of: str) -> ox.NamedNode:
    """Return `id/{kind}/{hash}`: a part of a description has no key of its own, and the hash is of what it is about."""
    key = hashlib.sha256(" ".join(of).encode()).hexdigest()[:24]
    return ox.NamedNode(f"{base}id/{kind}/{key}")
