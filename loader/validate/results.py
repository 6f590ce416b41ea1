"""A validation report as plain values, sorted: the same graph and shapes always give the same report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rdflib import Graph, Literal
from rdflib.term import Node

from loader.namespaces import SH
from loader.validate.paths import Path, read_path
from nbkg.rdf.label_choice import LANGUAGES


class Severity(StrEnum):
    """How much a result weighs; only a violation makes a graph unfit."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


_ORDER = tuple(Severity)


@dataclass(frozen=True)
class Result:
    """One finding of one shape at one node."""

    severity: Severity
    shape: Node
    focus: Node
    component: Node
    path: Path | None = None
    value: Node | None = None
    messages: dict[str, str] = field(default_factory=dict, hash=False)
    """Language ("" where none is given) to what is wrong and what to do."""
    names: dict[str, str] = field(default_factory=dict, hash=False)
    """Language to the name of the demand."""
    details: tuple[Result, ...] = ()
    """The results that tell why a value breaks another shape (`sh:detail`)."""

    def message(self, language: str) -> str:
        """Return the message in that language, else in the first other that there is."""
        return _in_language(self.messages, language)

    def name(self, language: str) -> str:
        """Return the name of the demand in that language, else in the first other; "" where it has none."""
        return _in_language(self.names, language)


@dataclass(frozen=True)
class ValidationReport:
    """All results, the heaviest first."""

    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """Return True where nothing is a violation; warnings and notes do no harm."""
        return not self.count(Severity.VIOLATION)

    def count(self, severity: Severity) -> int:
        """Return the number of results with this severity."""
        return sum(result.severity is severity for result in self.results)


def read_report(graph: Graph, shapes: Graph) -> ValidationReport:
    """Return the report in an engine's graph, with the messages and names that the shapes give in each language.

    The details of a result (`sh:detail`) are results too, but of no report.
    """
    return ValidationReport(_results(graph, shapes, graph.objects(None, SH.result)))


def _results(graph: Graph, shapes: Graph, nodes: Iterable[Node]) -> tuple[Result, ...]:
    return tuple(sorted((_result(graph, shapes, node) for node in nodes), key=_sort_key))


def _result(graph: Graph, shapes: Graph, node: Node) -> Result:
    shape = _needed(graph, node, SH.sourceShape)
    path = graph.value(node, SH.resultPath)
    return Result(
        severity=_severity(graph.value(node, SH.resultSeverity)),
        shape=shape,
        focus=_needed(graph, node, SH.focusNode),
        component=_needed(graph, node, SH.sourceConstraintComponent),
        path=None if path is None else read_path(graph, path, "path"),
        value=graph.value(node, SH.value),
        messages=_messages(graph, shapes, node, shape),
        names=_by_language(shapes, shape, SH.name),
        details=_results(graph, shapes, graph.objects(node, SH.detail)),
    )


def _needed(graph: Graph, node: Node, predicate: Node) -> Node:
    value = graph.value(node, predicate)
    if value is None:
        raise ValueError(f"the engine's report has a result without {predicate}")
    return value


def _severity(node: Node | None) -> Severity:
    """Return the severity; one that SHACL does not define weighs as much as a violation."""
    name = str(node).removeprefix(str(SH))
    return Severity(name) if name in _ORDER else Severity.VIOLATION


def _messages(graph: Graph, shapes: Graph, node: Node, shape: Node) -> dict[str, str]:
    """Return the messages of the constraint, else of its shape, else of the engine, which may drop their language."""
    constraint = graph.value(node, SH.sourceConstraint)
    return (
        _by_language(shapes, constraint, SH.message)
        or _by_language(shapes, shape, SH.message)
        or _by_language(graph, node, SH.resultMessage)
    )


def _by_language(graph: Graph, node: Node | None, predicate: Node) -> dict[str, str]:
    texts = sorted(o for o in graph.objects(node, predicate) if isinstance(o, Literal)) if node is not None else []
    return {text.language or "": str(text) for text in texts}


def _in_language(texts: dict[str, str], language: str) -> str:
    return next((texts[one] for one in _preferred(texts, language) if one in texts), "")


def _preferred(texts: dict[str, str], language: str) -> Iterator[str]:
    yield language
    yield from LANGUAGES
    yield from sorted(texts)


def _sort_key(result: Result) -> tuple[Any, ...]:
    ends = [
        node.n3() if node is not None else "" for node in (result.shape, result.focus, result.value, result.component)
    ]
    return (_ORDER.index(result.severity), *ends, result.path.text if result.path else "")
