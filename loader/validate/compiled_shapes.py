"""Shapes compiled to functions, for checking millions of records: the same findings as SHACL engines, without a graph.

It knows the part of SHACL Core (https://www.w3.org/TR/shacl/) that rules for records need: targets by class and by the
subjects of a property; paths of one property, and alternatives of such; `sh:minCount`, `sh:maxCount`, `sh:pattern`, and
`sh:or` of property shapes. Shapes that demand anything else are refused, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from loader.namespaces import RDF, SH
from nbkg.errors import DataError

_TYPE = f"<{RDF.type}>"
_KNOWN = {
    SH.targetClass, SH.targetSubjectsOf, SH.property, SH["or"], SH.path, SH.minCount, SH.maxCount, SH.pattern,
    SH.severity, SH.name, SH.message, RDF.type,
}  # fmt: skip

Values = Mapping[str, Sequence[str]]
"""What is said of one node: its values by property, as N-Triples writes terms."""


class ShapeFinding(NamedTuple):
    """One finding of one shape at one node; terms are as in N-Triples."""

    shape: str
    component: str
    focus: str
    value: str = ""


Check = Callable[[str, Values], Iterator[ShapeFinding]]
"""Yields what is wrong with a node, of which the values are given."""
_Path = Callable[[Values], Sequence[str]]


class CompiledShapes:
    """Checks statements against shapes that were compiled."""

    def __init__(self, by_class: Mapping[str, Sequence[Check]], by_property: Mapping[str, Sequence[Check]]) -> None:
        self._by_class = by_class
        self._by_property = by_property
        self._chosen: dict[tuple[str, ...], tuple[Check, ...]] = {}

    def check(self, lines: Iterable[str]) -> Iterator[ShapeFinding]:
        """Yield what the shapes find in statements, each once, as N-Triples or as N-Quads of one graph."""
        for node, values in index_statements(lines).items():
            for check in self._checks_of(values):
                yield from check(node, values)

    def _checks_of(self, values: Values) -> tuple[Check, ...]:
        """Return the checks of a node, by its classes and those of its properties that are targets."""
        key = (*values.get(_TYPE, ()), *(name for name in self._by_property if name in values))
        checks = self._chosen.get(key)
        if checks is None:
            groups = [group.get(name, ()) for name in key for group in (self._by_class, self._by_property)]
            checks = self._chosen[key] = tuple(dict.fromkeys(check for group in groups for check in group))
        return checks


def index_statements(lines: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Return the values of each property of each subject, as N-Triples writes terms."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        subject, name, rest = line.split(" ", 2)
        value = rest[: rest.index(" ", rest.rfind('"') if rest[0] == '"' else 0)]
        nodes.setdefault(subject, {}).setdefault(name, []).append(value)
    return nodes


def compile_shapes(shapes: Graph) -> CompiledShapes:
    """Return the shapes that have targets, compiled. Raises DataError, which names the shape, for what is not known."""
    compiler = _Compiler(shapes)
    by_class: dict[str, list[Check]] = {}
    by_property: dict[str, list[Check]] = {}
    for shape in sorted({*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}, key=str):
        checks = list(compiler.checks(shape))
        for target in shapes.objects(shape, SH.targetClass):
            by_class.setdefault(f"<{target}>", []).extend(checks)
        for target in shapes.objects(shape, SH.targetSubjectsOf):
            by_property.setdefault(f"<{target}>", []).extend(checks)
    return CompiledShapes(by_class, dict(sorted(by_property.items())))


class _Compiler:
    """Compiles the shapes of one graph; a property shape that several shapes have is compiled once."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._compiled: dict[Node, list[Check]] = {}

    def checks(self, shape: Node) -> Iterator[Check]:
        """Yield the checks of a shape and of its property shapes."""
        self._refuse_unknown(shape)
        for part in sorted(self._shapes.objects(shape, SH.property), key=str):
            if part not in self._compiled:
                self._refuse_unknown(part)
                self._compiled[part] = list(self._property_checks(part))
            yield from self._compiled[part]
        for choices in self._shapes.objects(shape, SH["or"]):
            yield self._either(shape, Collection(self._shapes, choices))

    def _choice(self, shape: Node) -> Iterator[Check]:
        """Yield the checks of one of the shapes of `sh:or`, which may be a property shape."""
        if self._shapes.value(shape, SH.path) is None:
            yield from self.checks(shape)
        else:
            self._refuse_unknown(shape)
            yield from self._property_checks(shape)

    def _refuse_unknown(self, shape: Node) -> None:
        unknown = sorted(str(name) for name in set(self._shapes.predicates(shape)) - _KNOWN)
        if unknown:
            raise DataError(f"{shape}: {unknown[0]} cannot be compiled; check with `nbkg validate --shapes`")

    def _property_checks(self, shape: Node) -> Iterator[Check]:
        path = self._path(shape)
        for name, make in _DEMANDS.items():
            for demand in self._shapes.objects(shape, SH[name]):
                yield make(str(shape), path, demand)

    def _path(self, shape: Node) -> _Path:
        """Return the function that follows the path of a property shape from a node."""
        path = self._shapes.value(shape, SH.path)
        names = [path]
        if isinstance(path, BNode):
            choices = self._shapes.value(path, SH.alternativePath)
            if choices is None or set(self._shapes.predicates(path)) != {SH.alternativePath}:
                raise DataError(f"{shape}: only a property, or alternatives of such, can be compiled as a path")
            names = list(Collection(self._shapes, choices))
        if not all(isinstance(name, URIRef) for name in names):
            raise DataError(f"{shape}: only a property, or alternatives of such, can be compiled as a path")
        keys = [f"<{name}>" for name in names]
        if len(keys) == 1:
            key = keys[0]
            return lambda values: values.get(key, ())
        return lambda values: list(dict.fromkeys(value for key in keys for value in values.get(key, ())))

    def _either(self, shape: Node, choices: Iterable[Node]) -> Check:
        """Return the check that a node conforms to one of several shapes (section 4.6.3)."""
        alternatives = [list(self._choice(choice)) for choice in choices]
        finding = partial(ShapeFinding, str(shape), str(SH.OrConstraintComponent))

        def check(node: str, values: Values) -> Iterator[ShapeFinding]:
            if all(any(next(one(node, values), None) for one in checks) for checks in alternatives):
                yield finding(node, node)

        return check


def _at_least(shape: str, path: _Path, demand: Node) -> Check:
    number = int(str(demand))

    def check(node: str, values: Values) -> Iterator[ShapeFinding]:
        if len(path(values)) < number:
            yield ShapeFinding(shape, str(SH.MinCountConstraintComponent), node)

    return check


def _at_most(shape: str, path: _Path, demand: Node) -> Check:
    number = int(str(demand))

    def check(node: str, values: Values) -> Iterator[ShapeFinding]:
        if len(path(values)) > number:
            yield ShapeFinding(shape, str(SH.MaxCountConstraintComponent), node)

    return check


def _matching(shape: str, path: _Path, demand: Node) -> Check:
    search = re.compile(str(demand)).search

    def check(node: str, values: Values) -> Iterator[ShapeFinding]:
        for value in path(values):
            if value.startswith("_:") or not search(_lexical(value)):
                yield ShapeFinding(shape, str(SH.PatternConstraintComponent), node, value)

    return check


_DEMANDS: Mapping[str, Callable[[str, _Path, Node], Check]] = {
    "minCount": _at_least,
    "maxCount": _at_most,
    "pattern": _matching,
}


def _lexical(term: str) -> str:
    """Return the IRI or the text of a term, its escapes undone."""
    if term[0] == "<":
        return term[1:-1]
    text = term[1 : term.rindex('"')]
    if "\\" not in text:
        return text
    [quad] = ox.parse(f"<x:x> <x:x> {term} .", ox.RdfFormat.N_TRIPLES)
    return quad.object.value if isinstance(quad.object, ox.Literal) else text
