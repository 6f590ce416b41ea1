"""A report as a table for the terminal, as JSON and as RDF; the HTML page is in `page.py`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.term import BNode, Node
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from loader.namespaces import BASE, RDF, SH
from loader.validate.page import page
from loader.validate.paths import short
from loader.validate.results import Result, Severity, ValidationReport
from loader.validate.words import WORDS

_STYLES = {Severity.VIOLATION: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def table(report: ValidationReport, language: str) -> RenderableType:
    """Return a summary line and, where there are results, a table of them."""
    words = WORDS[language]
    verdict = Text(words["conforms" if report.conforms else "fails"], style="green" if report.conforms else "bold red")
    counts = ", ".join(f"{words[severity]}: {report.count(severity)}" for severity in Severity)
    if not report.results:
        return Text.assemble(verdict, " ", words["nothing"])
    rows = Table(*(words[key] for key in ("severity", "focus", "what", "value")), show_lines=True)
    for result in report.results:
        for cells in _rows(result, language):
            rows.add_row(*cells)
    return Group(rows, Text.assemble(verdict, " ", counts))


def _rows(result: Result, language: str, depth: int = 0) -> Iterator[Iterator[Text]]:
    """Yield the cells of a result, then those of its details, which are indented."""
    yield _cells(result, language, depth)
    for detail in result.details:
        yield from _rows(detail, language, depth + 1)


def _cells(result: Result, language: str, depth: int) -> Iterator[Text]:
    yield Text(WORDS[language][result.severity], style=_STYLES[result.severity])
    yield Text(f"{'  ' * (depth - 1)}↳ {_where(result)}" if depth else _where(result), overflow="fold")
    yield Text(result.message(language))
    yield Text("" if result.value is None else _term_text(result.value), overflow="fold")


def _where(result: Result) -> str:
    focus = _term_text(result.focus)
    return f"{focus} · {result.path.text}" if result.path else focus


def _term_text(node: Node, most: int = 80) -> str:
    """Return the term as people read it: an address of ours without its base, a data type by its short name."""
    if isinstance(node, URIRef):
        return node.removeprefix(BASE)
    text = node.n3()
    if isinstance(node, Literal) and node.datatype:
        text = text.replace(f"^^<{node.datatype}>", f"^^{short(node.datatype)}")
    return text if len(text) <= most else f"{text[: most - 1]}…"


def as_json(report: ValidationReport, _language: str = "") -> str:
    """Return the report in JSON, with the messages in every language."""
    counts = {severity.value: report.count(severity) for severity in Severity}
    content = {"conforms": report.conforms, "counts": counts, "results": [_object(r) for r in report.results]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _object(result: Result) -> dict[str, Any]:
    return {
        "severity": result.severity.value,
        "focus": str(result.focus) if isinstance(result.focus, URIRef) else result.focus.n3(),
        "path": result.path.text if result.path else None,
        "value": None if result.value is None else result.value.n3(),
        "messages": result.messages,
        "names": result.names,
        "shape": str(result.shape),
        "component": str(result.component),
        "details": [_object(detail) for detail in result.details],
    }


def as_turtle(report: ValidationReport, _language: str = "") -> str:
    """Return the report in RDF (SHACL, section 3.6).

    The report is `<>` and its results are `<#result-1>` and so on in the order of the report, the details of one
    `<#result-1-1>` and so on, so that the same report always gives the same bytes.
    """
    graph = Graph()
    graph.bind("sh", SH)
    document = URIRef("")
    graph.add((document, RDF.type, SH.ValidationReport))
    graph.add((document, SH.conforms, Literal(not report.results)))  # sh:conforms means no result of any severity
    width = len(str(len(report.results)))
    for number, result in enumerate(report.results, start=1):
        _add_result(graph, (document, SH.result), result, f"{number:0{width}}")
    return graph.serialize(format="turtle")


def _add_result(graph: Graph, parent: tuple[Node, Node], result: Result, name: str) -> None:
    """Add a result as a value of its parent, and its details as its own."""
    node = URIRef(f"#result-{name}")
    graph.add((*parent, node))
    for predicate, value in _properties(result):
        graph.add((node, predicate, value))
    _add_path(graph, node, result, name)
    for number, detail in enumerate(result.details, start=1):
        _add_result(graph, (node, SH.detail), detail, f"{name}-{number}")


def _properties(result: Result) -> Iterator[tuple[Node, Node]]:
    yield RDF.type, SH.ValidationResult
    yield SH.resultSeverity, SH[result.severity.value]
    yield SH.focusNode, result.focus
    yield SH.sourceShape, result.shape
    yield SH.sourceConstraintComponent, result.component
    if result.value is not None:
        yield SH.value, result.value
    for language, text in result.messages.items():
        yield SH.resultMessage, Literal(text, lang=language or None)


def _add_path(graph: Graph, node: URIRef, result: Result, name: str) -> None:
    """Add the path with blank nodes of this result alone: two results never share one."""
    if result.path is None:
        return
    own: Callable[[Node], Node] = lambda n: BNode(f"r{name}-{n}") if isinstance(n, BNode) else n  # noqa: E731  # used once
    graph.add((node, SH.resultPath, own(result.path.root)))
    for subject, predicate, value in result.path.triples:
        graph.add((own(subject), predicate, own(value)))


RENDERERS: dict[str, Callable[[ValidationReport, str], str]] = {"json": as_json, "html": page, "turtle": as_turtle}
"""Format to renderer of a whole file, given a report and a language."""
