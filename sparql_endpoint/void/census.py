"""What there is in the data, counted by SPARQL: triples, subjects, objects, properties, classes, graphs.

Counted is the merge of the plain default graph and the named graphs, each triple once. A graph that says of another one
that it is a data set describes the others and is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.http.formats import JSON
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Question, Row, Store, Term
from sparql_endpoint.stores.rows import bound

_DETAILED = 200_000
"""Triples up to which the properties of each class and the links are counted as well."""
_AT_ONCE = 1_000_000
"""Triples that one query may tell apart, about 250 MB; above them each property is counted by a query of its own."""
_EXAMPLES = 5
_LARGEST = 1000
"""Linksets that are told."""
_PLACE = re.compile(r"(https?://[^/?#]+/).")
_NONE = "\uffff"
"""What stands after every IRI: a class none of whose instances has one."""


@dataclass(frozen=True)
class PropertyCount:
    """How many triples have a property."""

    property: NamedNode
    triples: int


@dataclass(frozen=True)
class ClassCount:
    """How many instances a class has, and their properties, where these were counted."""

    name: NamedNode
    entities: int
    properties: Sequence[PropertyCount] = ()


@dataclass(frozen=True)
class GraphCount:
    """What a named graph holds."""

    name: NamedNode
    triples: int
    subjects: int
    objects: int
    properties: int


@dataclass(frozen=True)
class LinkCount:
    """How many triples with a property lead to resources elsewhere, whose IRIs begin with `space`: scheme and host."""

    property: NamedNode
    space: str
    triples: int


@dataclass(frozen=True)
class Said:
    """What the data says of its graphs and of the wholes that they are parts of: node, property, value."""

    of_graphs: Sequence[tuple[NamedNode, NamedNode, Term]] = ()
    of_wholes: Sequence[tuple[NamedNode, NamedNode, Term]] = ()


@dataclass(frozen=True)
class Census:
    """The numbers; the largest of each kind stand first."""

    subjects: int
    objects: int
    entities: int
    class_count: int
    properties: Sequence[PropertyCount]
    classes: Sequence[ClassCount]
    graphs: Sequence[GraphCount]
    examples: Sequence[NamedNode]
    links: Sequence[LinkCount] = ()
    said: Said = field(default_factory=Said)
    dataset: NamedNode | None = None
    """The one thing that the graphs are parts of, by what the data says."""
    based: bool = False
    """Whether the entities are the subjects below the base; else they are all that have an IRI."""

    @property
    def triples(self) -> int:
        """How many triples there are."""
        return sum(count.triples for count in self.properties)


def census(store: Store, base: str) -> Census:
    """The census of what the store holds now. Raises what the store raises: each query has a query's limits."""
    subjects = _rows(store, "subjects", base)[0]
    own, named = _number(subjects, "own"), _number(subjects, "named")
    properties = _properties(store, base)
    classes = _rows(store, "classes", base)
    said = _said(_rows(store, "said", base))
    detailed = sum(count.triples for count in properties) <= _DETAILED
    of_classes = _of_classes(_rows(store, "class-properties", base)) if detailed else {}
    return Census(
        subjects=_number(subjects, "subjects"),
        objects=_number(_rows(store, "objects", base)[0], "objects"),
        entities=own or named,
        class_count=_number(_rows(store, "class-count", base)[0], "classes"),
        properties=properties,
        classes=[_class(row, of_classes) for row in classes],
        graphs=[_graph(row) for row in _rows(store, "graphs", base)],
        examples=_examples(classes),
        links=_links(_rows(store, "links", base), base) if detailed else (),
        said=said,
        dataset=_only(statement[0] for statement in said.of_wholes),
        based=own > 0,
    )


def _rows(store: Store, name: str, base: str, known: NamedNode | None = None) -> list[Row]:
    """The rows of `queries/void/{name}.rq`, in which `<>` is the base, with ?property bound where it is known."""
    text = bound(query(f"void/{name}"), {"property": known} if known else {})
    question = Question(f"BASE {NamedNode(base)}\n{text}", plain=True)
    results = ox.parse_query_results(b"".join(store.answer(question, JSON)), ox.QueryResultsFormat.JSON)
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("a census takes SELECT queries")
    names = [(variable.value, variable) for variable in results.variables]
    return [{name: term for name, variable in names if (term := row[variable]) is not None} for row in results]


def _number(row: Row, name: str) -> int:
    term = row.get(name)
    return int(term.value) if isinstance(term, Literal) else 0


def _iri(row: Row, name: str) -> NamedNode:
    term = row[name]
    if not isinstance(term, NamedNode):
        raise TypeError(f"?{name} is an IRI")
    return term


def _properties(store: Store, base: str) -> list[PropertyCount]:
    """The properties, most used first; a triple can only stand twice where its property is in two graphs."""
    counts: dict[NamedNode, list[int]] = {}
    for row in _rows(store, "triples", base):
        counts.setdefault(_iri(row, "property"), []).append(_number(row, "triples"))
    shared = [name for name, found in counts.items() if len(found) > 1]
    merged = {name: found[0] for name, found in counts.items()}
    apart = shared if sum(map(sum, counts.values())) > _AT_ONCE else [None] if shared else []
    for known in apart:
        merged.update(
            (_iri(row, "property"), _number(row, "triples")) for row in _rows(store, "properties", base, known)
        )
    ordered = sorted(merged.items(), key=lambda count: (-count[1], count[0].value))
    return [PropertyCount(name, count) for name, count in ordered]


def _property(row: Row) -> PropertyCount:
    return PropertyCount(_iri(row, "property"), _number(row, "triples"))


def _of_classes(rows: Sequence[Row]) -> Mapping[NamedNode, Sequence[PropertyCount]]:
    found: dict[NamedNode, list[PropertyCount]] = {}
    for row in rows:
        found.setdefault(_iri(row, "class"), []).append(_property(row))
    return found


def _class(row: Row, of_classes: Mapping[NamedNode, Sequence[PropertyCount]]) -> ClassCount:
    name = _iri(row, "class")
    return ClassCount(name, _number(row, "entities"), of_classes.get(name, ()))


def _graph(row: Row) -> GraphCount:
    counts = [_number(row, name) for name in ("triples", "subjects", "objects", "properties")]
    return GraphCount(_iri(row, "graph"), *counts)


def _examples(classes: Sequence[Row]) -> list[NamedNode]:
    """The first instance, by IRI, of each of the largest classes; by IRI."""
    first = [example.value for row in classes if isinstance(example := row.get("example"), Literal)]
    return [NamedNode(iri) for iri in sorted([iri for iri in dict.fromkeys(first) if iri != _NONE][:_EXAMPLES])]


def _links(rows: Sequence[Row], base: str) -> list[LinkCount]:
    """Of resources below the base that are not described the data set is at fault, and they are no links."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        target, place = _iri(row, "object").value, _PLACE.match(_iri(row, "object").value)
        if place and not target.startswith(base):
            counts[_iri(row, "property").value, place[1]] += _number(row, "triples")
    ordered = sorted(counts.items(), key=lambda count: (-count[1], *count[0]))[:_LARGEST]
    return [LinkCount(NamedNode(name), space, triples) for (name, space), triples in ordered]


def _said(rows: Sequence[Row]) -> Said:
    parts, wholes = (
        sorted({(_iri(row, kind), _iri(row, "property"), row["value"]) for row in rows if kind in row}, key=_spelled)
        for kind in ("part", "whole")
    )
    return Said(parts, wholes)


def _only(wholes: Iterable[NamedNode]) -> NamedNode | None:
    found = set(wholes)
    return found.pop() if len(found) == 1 else None


def _spelled(statement: tuple[NamedNode, NamedNode, Term]) -> tuple[str, ...]:
    return tuple(str(term) for term in statement)
