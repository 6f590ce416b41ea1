"""The identifiers of things in registers, each with the record and the field, or the graph, in which it was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from nbkg.grouping import group_values
from nbkg.identifiers.identifier_reading import known_schemes, read_identifiers
from nbkg.rdf.solutions import text
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Row, Store
from sparql_endpoint.stores.rows import among

_UNKNOWN_RANK = 1000


@dataclass(frozen=True)
class SeenIdentifier:
    """One identifier of a thing."""

    scheme: str
    """The key of its register."""
    number: str
    iri: str
    """Where its register has it; empty where it has no address."""
    node: str
    """The IRI of what we say of it; empty where only a link is known."""
    sources: tuple[str, ...]
    """The records, or else the graphs, in which it was seen."""
    fields: tuple[str, ...] = ()
    """The tags of the fields of MARC in which it was seen."""
    date: str = ""
    """When the newest of the records was changed."""
    is_former: bool = False
    """Whether it is that of a record that was merged into this one."""

    @property
    def key(self) -> tuple[str, str]:
        """The register and the number."""
        return self.scheme, self.number


def seen_identifiers(entities: Sequence[NamedNode], store: Store) -> Mapping[NamedNode, Sequence[SeenIdentifier]]:
    """Return the identifiers of things, in the order of the registers; those of one register by number."""
    if not entities:
        return {}
    seen = _by_thing(store.select(among(query("pages/library/identifiers-seen"), "thing", entities)))
    links = _by_thing(store.select(among(query("pages/library/identifier-links"), "thing", entities)))
    return {entity: _sorted([*_noted(seen.get(entity, ())), *_linked(links.get(entity, ()))]) for entity in entities}


def _by_thing(rows: Iterable[Row]) -> Mapping[object, Sequence[Row]]:
    return group_values((row["thing"], row) for row in rows)


def _noted(rows: Sequence[Row]) -> Iterable[SeenIdentifier]:
    for node, of_node in group_values((text(row, "identifier"), row) for row in rows).items():
        first = of_node[0]
        yield SeenIdentifier(
            text(first, "scheme").rpartition("/")[2],
            text(first, "number"),
            text(first, "iri"),
            node,
            _distinct(of_node, "source"),
            _distinct(of_node, "field"),
            max(_distinct(of_node, "date"), default=""),
            is_former="status" in first,
        )


def _distinct(rows: Sequence[Row], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for row in rows if (value := text(row, name))))


def _linked(rows: Sequence[Row]) -> Iterable[SeenIdentifier]:
    """Yield the links that are identifiers of a register that is known."""
    for iri, of_iri in group_values((text(row, "iri"), row) for row in rows).items():
        for reading in read_identifiers(iri)[:1]:
            yield SeenIdentifier(reading.scheme, reading.number, reading.iri or iri, "", _distinct(of_iri, "graph"))


def _sorted(identifiers: Iterable[SeenIdentifier]) -> Sequence[SeenIdentifier]:
    """Return identifiers, each once: what is noted of one counts more than a link."""
    once: dict[tuple[str, str], SeenIdentifier] = {}
    for one in identifiers:
        first = once.setdefault(one.key, one)
        once[one.key] = first if one.node else replace(first, sources=_with_catalogues(first, one))
    return sorted(once.values(), key=lambda one: (one.is_former, _rank(one.scheme), one.scheme, one.number))


def _with_catalogues(noted: SeenIdentifier, linked: SeenIdentifier) -> tuple[str, ...]:
    """Return the records in which an identifier was seen, and the graphs of catalogues that have it too."""
    catalogues = (graph for graph in linked.sources if "/graph/catalogue/" in graph or not noted.node)
    return tuple(dict.fromkeys([*noted.sources, *catalogues]))


def _rank(scheme: str) -> int:
    known = known_schemes().get(scheme)
    return known.rank if known else _UNKNOWN_RANK
