"""A census as VoID: general metadata, structure, statistics, partitions and linksets.

https://www.w3.org/TR/void/. Where the data is served and what its files are is not known here; a release adds it
(`loader.catalogue.void`), and so does the server.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import pyoxigraph as ox

from loader import identifiers
from loader.namespaces import BASE, DCTERMS, RDF, VOID
from nbkg.void.census import Census, ClassCount, GraphCount, LinkCount, PropertyCount, Statement

_TYPE = ox.NamedNode(str(RDF.type))
_SUBSET = ox.NamedNode(f"{VOID}subset")
_TERMS_OF_USE = frozenset({str(DCTERMS.license), str(DCTERMS.rights)})
"""Each graph has its own; the whole has none."""


def void_triples(
    counted: Census, base: str = BASE, left_out: Collection[ox.NamedNode | ox.BlankNode] = ()
) -> Iterator[ox.Triple]:
    """Yield the description of the data set that the census is of.

    A graph that is `left_out` of the default graph is described too, but is no subset of what is counted.
    """
    yield from (
        ox.Triple(*statement)
        for statement in _statements(counted, base)
        if not (statement[1] == _SUBSET and statement[2] in left_out)
    )


def whole(counted: Census, base: str = BASE) -> ox.NamedNode:
    """The one thing that the graphs are parts of, by what the data says; else `#dataset` of the server's document."""
    wholes = dict.fromkeys(statement[0] for statement in counted.said.of_wholes)
    return next(iter(wholes)) if len(wholes) == 1 else ox.NamedNode(f"{base}.well-known/void#dataset")


def _statements(counted: Census, base: str) -> Iterator[Statement]:
    dataset = whole(counted, base)
    yield dataset, _TYPE, _void("Dataset")
    yield from (s for s in counted.said.of_wholes if s[0] == dataset and s[1].value not in _TERMS_OF_USE)
    if counted.own:
        yield dataset, _void("uriSpace"), ox.Literal(base)
    yield from ((dataset, _void("exampleResource"), example) for example in counted.examples)
    yield from ((dataset, _void("vocabulary"), ox.NamedNode(name)) for name in _vocabularies(counted))
    yield from _numbers(dataset, counted)
    for graph in counted.graphs:
        yield dataset, _void("subset"), graph.name
        yield from _graph(graph)
        yield from (said for said in counted.said.of_graphs if said[0] == graph.name)
    for of_class in counted.classes:
        yield from _class_partition(dataset, of_class, base)
    yield from _property_partitions(dataset, counted.properties, base)
    for link in counted.links:
        yield from _linkset(dataset, link, base)


def _numbers(dataset: ox.NamedNode, counted: Census) -> Iterator[Statement]:
    """https://www.w3.org/TR/void/#statistics."""
    yield dataset, _void("triples"), ox.Literal(counted.triples)
    yield dataset, _void("entities"), ox.Literal(counted.own or counted.named)
    yield dataset, _void("distinctSubjects"), ox.Literal(counted.subjects)
    yield dataset, _void("distinctObjects"), ox.Literal(counted.objects)
    yield dataset, _void("properties"), ox.Literal(len(counted.properties))
    yield dataset, _void("classes"), ox.Literal(counted.class_count)


def _graph(graph: GraphCount) -> Iterator[Statement]:
    """https://www.w3.org/TR/void/#subset."""
    yield graph.name, _TYPE, _void("Dataset")
    yield graph.name, _void("triples"), ox.Literal(graph.triples)
    yield graph.name, _void("distinctSubjects"), ox.Literal(graph.subjects)
    yield graph.name, _void("distinctObjects"), ox.Literal(graph.objects)
    yield graph.name, _void("properties"), ox.Literal(graph.properties)


def _class_partition(dataset: ox.NamedNode, of_class: ClassCount, base: str) -> Iterator[Statement]:
    """https://www.w3.org/TR/void/#class-property-partitions."""
    node = _part("partition", base, dataset.value, of_class.name.value)
    yield dataset, _void("classPartition"), node
    yield node, _void("class"), of_class.name
    yield node, _void("entities"), ox.Literal(of_class.entities)
    if of_class.example:
        yield node, _void("exampleResource"), of_class.example
    yield from _property_partitions(node, of_class.properties, base)


def _property_partitions(of: ox.NamedNode, properties: Sequence[PropertyCount], base: str) -> Iterator[Statement]:
    for count in properties:
        node = _part("partition", base, of.value, count.property.value)
        yield of, _void("propertyPartition"), node
        yield node, _void("property"), count.property
        yield node, _void("triples"), ox.Literal(count.triples)


def _linkset(dataset: ox.NamedNode, link: LinkCount, base: str) -> Iterator[Statement]:
    """https://www.w3.org/TR/void/#linkset."""
    node = _part("linkset", base, dataset.value, link.property.value, link.space)
    target = _part("target", base, link.space)
    yield dataset, _void("subset"), node
    yield node, _TYPE, _void("Linkset")
    yield node, _void("linkPredicate"), link.property
    yield node, _void("subjectsTarget"), dataset
    yield node, _void("objectsTarget"), target
    yield node, _void("triples"), ox.Literal(link.triples)
    yield target, _TYPE, _void("Dataset")
    yield target, _void("uriSpace"), ox.Literal(link.space)


def _vocabularies(counted: Census) -> list[str]:
    """The namespaces of the properties: those that the data declares, else all before the last `#`, `/` or `:`."""
    declared = sorted(counted.namespaces, key=len, reverse=True)
    return sorted({_namespace(count.property.value, declared) for count in counted.properties})


def _namespace(iri: str, declared: Sequence[str]) -> str:
    end = max(iri.rfind("#"), iri.rfind("/"), iri.rfind(":")) + 1
    return next((name for name in declared if iri.startswith(name)), iri[:end])


def _part(kind: str, base: str, *of: str) -> ox.NamedNode:
    return ox.NamedNode(identifiers.described(kind, *of).replace(BASE, base))


def _void(term: str) -> ox.NamedNode:
    return ox.NamedNode(f"{VOID}{term}")
