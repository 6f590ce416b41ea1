"""The page of a query's results: a table of solutions or triples, or yes or no; a chart where the columns fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import render_template
from pyoxigraph import NamedNode

from sparql_endpoint.errors import RequestError
from sparql_endpoint.http.formats import GRAPHS, HTML, JSON, N_TRIPLES, RESULTS, Format
from sparql_endpoint.pages.results import chart, chart_svg
from sparql_endpoint.pages.results.advice import advice
from sparql_endpoint.protocol.operation import AS_OF, Query
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.sparql.form import Form
from sparql_endpoint.sparql.notes import Outcome, find_notes
from sparql_endpoint.stores.base import Term

_MAX_PAGE = 4 << 20
"""Bytes of the largest result, as JSON or N-Triples, that becomes a page."""
_MAX_NAMED = 500
"""IRIs of a result whose names are looked up, which takes one query."""
_MAX_LINK = 8_000
"""Characters of a link that every browser and proxy takes."""
_ZEROS = frozenset({"0", "0.0", "0.0E0"})
_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True)
class Cell:
    """A value as the page shows it, and the short name of an IRI; empty for other values."""

    label: Label
    short: str


@dataclass(frozen=True)
class Result:
    """A result: its columns and rows, or the answer to ASK."""

    names: Sequence[str] = ()
    rows: Sequence[Sequence[Term | None]] = ()
    yes: bool | None = None


def source(form: Form) -> Format:
    """Return the format in which the results are read that become a page."""
    return N_TRIPLES if form.gives_graph else JSON


def page(operation: Query, form: Form, blocks: Iterable[bytes]) -> str:
    """Return the page of a result. Raises RequestError where it is too long for one."""
    labels = request_labels()
    result = _parse(_read(blocks), form)
    label = labels.of if _is_named(result) else labels.without_lookup
    cells = [[None if term is None else Cell(label(term), _short(term, labels)) for term in row] for row in result.rows]
    fitting = chart.choose_chart(result.names, result.rows, lambda term: label(term).text)
    return render_template(
        "query/results.html",
        query=operation.query,
        dataset=_dataset(operation),
        result=result,
        rows=cells,
        chart=chart_svg.draw(fitting) if fitting else None,
        notes=[note.text(labels.language) for note in find_notes(operation.query, _outcome(result))],
        advice=advice(operation.query, labels.language),
        downloads=_downloads(operation, form),
    )


def _outcome(result: Result) -> Outcome:
    if not result.rows:
        return Outcome.FULL if result.yes else Outcome.EMPTY
    cells = {
        None if cell is None else cell.value for row in result.rows for cell in row if not isinstance(cell, ox.Triple)
    }
    return Outcome.GAPS if None in cells else Outcome.ZERO if cells & _ZEROS else Outcome.FULL


def _is_named(result: Result) -> bool:
    """Return whether the IRIs are shown by their names: not where they are too many to look up."""
    return len({term for row in result.rows for term in row if isinstance(term, NamedNode)}) <= _MAX_NAMED


def _short(term: Term, labels: Labels) -> str:
    return labels.compact(term.value) if isinstance(term, NamedNode) else ""


def _parse(body: bytes, form: Form) -> Result:
    if form.gives_graph:
        triples = ox.parse(body, ox.RdfFormat.N_TRIPLES)
        return Result(_TRIPLE, [(quad.subject, quad.predicate, quad.object) for quad in triples])
    results = ox.parse_query_results(BytesIO(body), ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean):
        return Result(yes=bool(results))
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("JSON results are rows or a boolean")
    return Result([variable.value for variable in results.variables], [list(row) for row in results])


def _read(blocks: Iterable[bytes]) -> bytes:
    body = b""
    try:
        for block in blocks:
            body += block
            if len(body) > _MAX_PAGE:
                raise RequestError("the result is too long for a page; ask for it as CSV or JSON, or with a LIMIT")
    finally:
        if close := getattr(blocks, "close", None):
            close()
    return body


def _dataset(operation: Query) -> Sequence[tuple[str, str]]:
    """Return the graphs and the date that the request names, as its parameters."""
    return [
        *(("default-graph-uri", graph) for graph in operation.default_graphs),
        *(("named-graph-uri", graph) for graph in operation.named_graphs),
        *([(AS_OF, operation.as_of)] if operation.as_of else []),
    ]


def _downloads(operation: Query, form: Form) -> Sequence[tuple[Format, str]]:
    """Return the other formats of the result, each with its link; none where a link is too long to work everywhere."""
    offered = GRAPHS if form.gives_graph else tuple(form for form in RESULTS if form is not HTML)
    if form is Form.ASK:
        offered = offered[:2]
    parameters = [("query", operation.query), *_dataset(operation)]
    links = [(one, f"?{urlencode([*parameters, ('format', one.name)])}") for one in offered]
    return links if max(len(link) for _, link in links) <= _MAX_LINK else []
