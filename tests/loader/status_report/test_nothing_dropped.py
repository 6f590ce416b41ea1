"""Every non-blank line of the source ends up in a quote or in a named class of boilerplate; every quote is exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from rdflib import Graph

from loader.namespaces import NBKG, OA, RDF
from loader.sources.project import ProjectData
from loader.status_report.measure_keys import Registry
from loader.status_report.model.report import StatusReport, Words
from loader.status_report.model.source_text import Span
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.parse.parse import parse
from loader.status_report.report_kind import publisher
from loader.status_report.report_triples import Context, report_triples

BOILERPLATE = {"series heading", "remark", "part heading", "table header"}
NOTHING_BUT_SIGNS = set(" \t\r\n\u00a0|,./()«»")


def _graph(report: StatusReport, project: ProjectData, words: Gazetteer) -> Graph:
    keys, _ = Registry({}).assign(report)
    graph = Graph()
    for triple in report_triples(Context(report, keys, publisher(project.described), words.agents)):
        graph.add(triple)
    return graph


def _quoted(graph: Graph) -> Iterator[Span]:
    for selector in graph.subjects(RDF.type, OA.TextPositionSelector):
        yield int(str(graph.value(selector, OA.start))), int(str(graph.value(selector, OA.end)))


def _left_over(report: StatusReport, spans: list[Span]) -> list[str]:
    covered = bytearray(len(report.source.text))
    for start, end in [*spans, *(one.span for one in report.boilerplate)]:
        covered[start:end] = b"\1" * (end - start)
    left = "".join(
        char if not seen or char == "\n" else " " for char, seen in zip(report.source.text, covered, strict=True)
    )
    return [line for line in left.splitlines() if set(line) - NOTHING_BUT_SIGNS]


def test_every_line_is_quoted_or_boilerplate(report: StatusReport, project: ProjectData, words: Gazetteer) -> None:
    spans = list(_quoted(_graph(report, project, words)))
    assert _left_over(report, spans) == []
    assert {one.kind for one in report.boilerplate} <= BOILERPLATE


def test_the_check_can_fail(report: StatusReport, project: ProjectData, words: Gazetteer) -> None:
    spans = list(_quoted(_graph(replace(report, rows=report.rows[1:]), project, words)))
    assert any("litteraturformidling" in line for line in _left_over(report, spans))


def test_quotes_equal_the_source(report: StatusReport, project: ProjectData, words: Gazetteer) -> None:
    graph = _graph(report, project, words)
    quotes = list(graph.subjects(RDF.type, NBKG.Quote))
    assert len(quotes) > 200
    for quote in quotes:
        position, exact = sorted(graph.objects(quote, OA.hasSelector), key=lambda s: not str(s).endswith("position"))
        start, end = int(str(graph.value(position, OA.start))), int(str(graph.value(position, OA.end)))
        assert report.source.text[start:end] == str(graph.value(exact, OA.exact))


def test_every_stated_thing_has_words(report: StatusReport) -> None:
    assert all(words.spans and words.text for words in _words(report))


def _words(value: object) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _words(getattr(value, field.name))


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_line_endings_do_not_matter(
    ending: str, report: StatusReport, report_text: str, words: Gazetteer, tmp_path: Path
) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(report_text.replace("\n", ending).encode())
    again = parse(file, words)
    assert [row.text.text for row in again.rows] == [row.text.text for row in report.rows]
    assert [row.comment.text if row.comment else None for row in again.rows] == [
        row.comment.text if row.comment else None for row in report.rows
    ]
