"""Whether two answers say the same: the rows as a multiset, the triples as a set, whatever their order."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from benchmarks.client import Answer
from benchmarks.mix import GRAPHS, Question

_ROWS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {name: ox.RdfFormat.from_media_type(media_type) for name, media_type in GRAPHS.items()}


@dataclass(frozen=True)
class Content:
    """What an answer says: how many rows or triples, and the hash of them in order."""

    size: int
    digest: str


@dataclass(frozen=True)
class Unusable:
    """Why an answer says nothing."""

    reason: str


def content(question: Question, answer: Answer) -> Content | Unusable:
    """What an answer says, or why that cannot be told: another status than 200, another format, no syntax."""
    if answer.status != 200:
        return Unusable(f"status {answer.status}")
    if answer.media_type != question.media_type:
        return Unusable(f"answers as {answer.media_type or 'nothing named'}")
    try:
        return _digest(_lines(question.format, answer.body), with_digest=not question.only_counted)
    except (SyntaxError, ValueError, csv.Error) as error:
        return Unusable(f"does not parse: {str(error)[:80]}")


def _digest(lines: Iterable[str], *, with_digest: bool) -> Content:
    ordered = sorted(lines)
    digest = hashlib.sha256("\n".join(ordered).encode()).hexdigest() if with_digest else ""
    return Content(len(ordered), digest)


def _lines(kind: str, body: bytes) -> Iterator[str]:
    if kind == "csv":
        return _csv(body)
    return _rows(body, _ROWS[kind]) if kind in _ROWS else iter(_triples(body, kind))


def _csv(body: bytes) -> Iterator[str]:
    rows = csv.reader(io.StringIO(body.decode(), newline=""))
    next(rows, None)
    return (repr(row) for row in rows)


def _rows(body: bytes, kind: ox.QueryResultsFormat) -> Iterator[str]:
    results = ox.parse_query_results(body, format=kind)
    if not isinstance(results, ox.QuerySolutions):
        raise ValueError("not rows")  # noqa: TRY004  # the answer is wrong, not the call
    names = sorted(variable.value for variable in results.variables)
    for solution in results:
        yield " ".join(f"{name}={solution[name]}" for name in names)


def _triples(body: bytes, kind: str) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(body, format=_GRAPHS[kind])}
