"""What became of a record in the data, as RDF/XML: the record, what it describes, and names of what that points at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import NamedNode

from nbkg.grouping import group_values
from nbkg.records.listing.record_listing import Position, RecordListing, Selection
from sparql_endpoint.api.record_formats.record_item import RecordItem
from sparql_endpoint.http.formats import RDF_XML
from sparql_endpoint.queries import query
from sparql_endpoint.services.resource_description import Statement, serialise
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Row
from sparql_endpoint.stores.rows import among

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>\s*")
_EVER = 1 << 39
_TRIED = 20
"""Records of a source that are looked for, to know whether the data has the source."""
_DEPTH = 4
"""How deep parts may have parts."""
Described = Mapping[NamedNode, Sequence[Statement]]


def write_graphs(items: Sequence[RecordItem]) -> Mapping[int, bytes]:
    """Return those of the records that the data has, each as an element rdf:RDF. Raises StoreError."""
    roots = _find_roots([NamedNode(item.iri) for item in items])
    described = _describe({node for nodes in roots.values() for node in nodes})
    names = _names({value for each in described.values() for value in _references(each)} - set(described))
    page = {}
    for item in items:
        if nodes := roots.get(NamedNode(item.iri)):
            statements = [one for node in _with_parts(nodes, described) for one in described.get(node, ())]
            others = dict.fromkeys(_references(statements))
            statements += [one for other in others for one in names.get(other, ())]
            page[item.listed.number] = _DECLARATION.sub(
                b"", serialise(statements, RDF_XML, _prefixes(statements))
            ).strip()
    return page


def _prefixes(statements: Iterable[Statement]) -> Mapping[str, str]:
    """Return the prefixes of the properties and classes of statements."""
    terms = {term.value for one in statements for term in (one.property, one.value) if isinstance(term, NamedNode)}
    namespaces = {re.sub(r"[^/#]*$", "", term) for term in terms}
    return {prefix: iri for prefix, iri in serving().prefixes().items() if iri in namespaces}


def sources_in_data(listing: RecordListing) -> frozenset[str]:
    """Return the sources whose records the data has: those of whose first records it has one. Raises StoreError."""
    return serving().per_version("record_formats.sources", lambda: frozenset(_sources(listing)))


def _sources(listing: RecordListing) -> Iterable[str]:
    base = serving().settings.base
    for source in listing.deliveries():
        page = listing.page(Selection(_EVER, f"source:{source}"), Position(0), _TRIED)
        if _find_roots([NamedNode(f"{base}id/record/{each.name}") for each in page]):
            yield source


def _find_roots(records: Sequence[NamedNode]) -> Mapping[NamedNode, Sequence[NamedNode]]:
    """Return each record that the data has, with itself and what it describes."""
    rows = _rows("described-things", "record", records)
    pairs = [(row["record"], row["thing"]) for row in rows]
    described = group_values((record, node) for record, node in pairs if isinstance(node, NamedNode))
    return {record: [record, *nodes] for record, nodes in described.items() if isinstance(record, NamedNode)}


def _describe(nodes: Iterable[NamedNode]) -> Described:
    """Return what is said of nodes and of their parts, which are nodes whose IRIs are theirs with a fragment."""
    described: dict[NamedNode, Sequence[Statement]] = {}
    pending = set(nodes)
    for _level in range(_DEPTH):
        rows = _rows("statements-of", "node", sorted(pending, key=str))
        new = _by_node(rows)
        described |= new
        pending = {part for node, each in new.items() for part in _parts(node, each)} - set(described)
    return described


def _names(nodes: Iterable[NamedNode]) -> Described:
    return _by_node(_rows("names-of", "node", sorted(nodes, key=str)))


def _rows(name: str, variable: str, nodes: Sequence[NamedNode]) -> Sequence[Row]:
    return serving().store.select(among(query(f"record_formats/{name}"), variable, nodes)) if nodes else ()


def _by_node(rows: Iterable[Row]) -> Described:
    statements = [
        Statement(node, prop, row["value"], None)
        for row in rows
        if isinstance(node := row["node"], NamedNode) and isinstance(prop := row["property"], NamedNode)
    ]
    ordered = sorted(statements, key=lambda one: (one.property.value, str(one.value)))
    return group_values((one.subject, one) for one in ordered if isinstance(one.subject, NamedNode))


def _parts(node: NamedNode, statements: Iterable[Statement]) -> Iterable[NamedNode]:
    start = f"{node.value.partition('#')[0]}#"
    return [value for value in _references(statements) if value.value.startswith(start)]


def _references(statements: Iterable[Statement]) -> Iterable[NamedNode]:
    return [one.value for one in statements if isinstance(one.value, NamedNode)]


def _with_parts(nodes: Sequence[NamedNode], described: Described) -> Sequence[NamedNode]:
    """Return nodes with their parts, each once."""
    collected = dict.fromkeys(nodes)
    pending = list(nodes)
    while pending:
        node = pending.pop(0)
        new = [part for part in _parts(node, described.get(node, ())) if part not in collected]
        collected |= dict.fromkeys(new)
        pending += new
    return list(collected)
