"""The report as a table, JSON, HTML and RDF."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from rdflib import BNode, Graph, Literal, URIRef
from rich.console import Console

from loader.namespaces import BASE, NBKG, RDF, SH
from loader.validate import Result, Severity, ValidationReport
from loader.validate.page import page
from loader.validate.paths import Path
from loader.validate.render import RENDERERS, as_json, as_turtle, table
from nbkg.rdf.label_choice import LANGUAGES

FOCUS = URIRef(f"{BASE}id/measure/2020-2025/14")
SHAPE = URIRef(f"{BASE}id/shape/range-number")


def _result(severity: Severity = Severity.VIOLATION, **other: object) -> Result:
    fields: dict[str, object] = {
        "path": Path("nbkg:number", NBKG.number),
        "value": Literal(0),
        "messages": {"nb": "Nummeret er galt.", "nn": "Nummeret er gale.", "en": "The number is wrong."},
        "names": {"nb": "Nummer", "en": "Number"},
    }
    return Result(severity, SHAPE, FOCUS, SH.MinInclusiveConstraintComponent, **{**fields, **other})  # type: ignore[arg-type]


def _printed(report: ValidationReport, language: str) -> str:
    console = Console(width=200, record=True, file=None, force_terminal=False)
    with console.capture() as captured:
        console.print(table(report, language))
    return captured.get()


REPORT = ValidationReport((_result(), _result(Severity.WARNING), _result(Severity.INFO)))


@pytest.mark.parametrize(
    ("results", "conforms"),
    [((), True), ((_result(Severity.WARNING), _result(Severity.INFO)), True), ((_result(),), False)],
)
def test_only_a_violation_makes_a_graph_unfit(results: tuple[Result, ...], conforms: bool) -> None:
    assert ValidationReport(results).conforms is conforms


def test_the_table_tells_what_where_and_how_many() -> None:
    text = _printed(REPORT, "nb")
    for word in ("Feil", "Advarsel", "Merknad", "id/measure/2020-2025/14 · nbkg:number", "Nummeret er galt."):
        assert word in text
    assert text.strip().endswith("Grafen bryter reglene. Feil: 1, Advarsel: 1, Merknad: 1")


def test_the_table_does_not_take_values_for_markup() -> None:
    assert "[bold]x[/bold]" in _printed(ValidationReport((_result(value=Literal("[bold]x[/bold]")),)), "en")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Literal(0), '"0"^^xsd:integer'),
        (Literal("brønn", lang="nb"), '"brønn"@nb'),
        (URIRef(f"{BASE}id/unit/tk"), " id/unit/tk "),
        (URIRef("https://nb.no/skole"), " https://nb.no/skole "),
    ],
)
def test_the_table_shows_a_value_as_people_read_it(value: Literal | URIRef, text: str) -> None:
    assert text in _printed(ValidationReport((_result(value=value),)), "en")


def test_a_long_value_is_clipped_in_the_table_only() -> None:
    report = ValidationReport((_result(value=Literal("x" * 500)),))
    assert "x" * 100 not in _printed(report, "en").replace("\n", "")
    assert "x" * 500 in as_json(report)


def test_json_holds_every_language() -> None:
    whole = json.loads(as_json(REPORT))
    assert whole["conforms"] is False
    assert whole["counts"] == {"Violation": 1, "Warning": 1, "Info": 1}
    assert whole["results"][0] == {
        "severity": "Violation",
        "focus": str(FOCUS),
        "path": "nbkg:number",
        "value": '"0"^^<http://www.w3.org/2001/XMLSchema#integer>',
        "messages": {"nb": "Nummeret er galt.", "nn": "Nummeret er gale.", "en": "The number is wrong."},
        "names": {"nb": "Nummer", "en": "Number"},
        "shape": str(SHAPE),
        "component": str(SH.MinInclusiveConstraintComponent),
        "details": [],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_can_be_read_by_everyone(language: str) -> None:
    html = BeautifulSoup(page(REPORT, language), "html.parser")
    assert html.html is not None
    assert html.html["lang"] == language
    assert html.title is not None
    assert html.title.text
    assert [heading.name for heading in html.find_all(["h1", "h2"])] == ["h1", "h2", "h2", "h2"]
    ids = [str(tag["id"]) for tag in html.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {str(tag["aria-labelledby"]) for tag in html.select("[aria-labelledby]")} <= set(ids)
    assert all(head.has_attr("scope") for head in html.find_all("th"))
    assert REPORT.results[0].message(language) in html.text


def test_html_needs_nothing_from_elsewhere() -> None:
    html = BeautifulSoup(page(REPORT, "nb"), "html.parser")
    assert not html.select("script, link, img, iframe, [src]")
    assert "url(" not in str(html.style)


def test_html_escapes_what_the_data_says() -> None:
    value = Literal("<script>alert(1)</script>")
    report = ValidationReport((_result(value=value),))
    html = BeautifulSoup(page(report, "nb"), "html.parser")
    assert not html.select("script")
    assert value in html.text


def test_html_links_to_web_addresses_only() -> None:
    html = BeautifulSoup(page(ValidationReport((_result(value=URIRef("javascript:alert(1)")),)), "nb"), "html.parser")
    assert [a["href"] for a in html.select("a")] == [str(FOCUS)]


def test_rdf_is_a_validation_report() -> None:
    graph = Graph().parse(data=as_turtle(REPORT), format="turtle", publicID="https://example.org/report")
    whole = graph.value(None, RDF.type, SH.ValidationReport)
    assert whole == URIRef("https://example.org/report")
    assert graph.value(whole, SH.conforms) == Literal(False)
    first = URIRef("https://example.org/report#result-1")
    assert (whole, SH.result, first) in graph
    assert graph.value(first, SH.resultSeverity) == SH.Violation
    assert graph.value(first, SH.focusNode) == FOCUS
    assert graph.value(first, SH.resultPath) == NBKG.number
    assert graph.value(first, SH.value) == Literal(0)
    assert graph.value(first, SH.sourceShape) == SHAPE
    assert sorted(str(o.language) for o in graph.objects(first, SH.resultMessage) if isinstance(o, Literal)) == [
        "en",
        "nb",
        "nn",
    ]


def test_rdf_conforms_only_where_there_is_no_result() -> None:
    """SHACL, section 3.6.1.1: a warning too makes sh:conforms false."""
    for report, conforms in ((ValidationReport(()), True), (ValidationReport((_result(Severity.INFO),)), False)):
        graph = Graph().parse(data=as_turtle(report), format="turtle")
        assert list(graph.objects(None, SH.conforms)) == [Literal(conforms)]


def test_rdf_keeps_a_path_of_many_steps() -> None:
    path = Path("^nbkg:number", BNode("path"), ((BNode("path"), SH.inversePath, NBKG.number),))
    text = as_turtle(ValidationReport((_result(path=path), _result(path=path))))
    assert text.count("[ sh:inversePath <https://w3id.org/nbkg/ns#number> ]") == 2


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_an_empty_report_can_be_rendered(name: str) -> None:
    assert RENDERERS[name](ValidationReport(()), "en")
