"""The check of all links of a build: they are noted while the graphs are written, and become `graph/conflicts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pyoxigraph as ox
from rdflib import RDF, Graph, URIRef

from loader import identifiers
from loader.link.checking.conflict_triples import conflict_triples, names_of_kinds, number
from loader.link.checking.link_conflicts import find_conflicts
from loader.link.checking.link_rows import link_rows
from loader.link.checking.link_table import LinkTable
from loader.sources.graph_stream import GraphStream, Record

_GRAPH = "conflicts"


def with_links_noted(stream: GraphStream, table: LinkTable) -> GraphStream:
    """Return a stream whose links stand in the table once it was read."""
    return replace(stream, records=_noted(stream.records, identifiers.graph(stream.name), table))


def conflict_stream(table: LinkTable, schemes: Graph, checked: Iterable[str]) -> GraphStream:
    """Return the graph of the conflicts in a table: one record for each, and one that says what was checked.

    `checked` has the names of the graphs whose links the table holds.
    """
    used = tuple(sorted(identifiers.graph(name) for name in checked))
    return GraphStream(_GRAPH, _records(table, schemes, used), used=used)


def _noted(records: Iterable[Record], graph: URIRef, table: LinkTable) -> Iterator[Record]:
    for record in records:
        table.add(link_rows(record, str(graph)))
        yield record


def _records(table: LinkTable, schemes: Graph, used: Sequence[URIRef]) -> Iterator[Record]:
    table.connect()
    names, count = names_of_kinds(schemes), 0
    for conflict in find_conflicts(table):
        count += 1
        yield list(conflict_triples(conflict, names))
    yield list(_check_triples(table, count, used))


def _check_triples(table: LinkTable, conflicts: int, used: Sequence[URIRef]) -> Iterator[ox.Triple]:
    node = ox.NamedNode(str(identifiers.resource("link-check", "build")))
    ((links,),) = table.select("count_links")
    yield ox.Triple(node, ox.NamedNode(str(RDF.type)), ox.NamedNode(str(identifiers.term("LinkCheck"))))
    counts = {"linkCount": int(links), "conflictCount": conflicts, "graphCount": len(used)}
    for name, value in counts.items():
        yield ox.Triple(node, ox.NamedNode(str(identifiers.term(name))), number(value))
