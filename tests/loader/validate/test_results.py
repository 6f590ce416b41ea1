"""Reading an engine's report: order, languages, paths."""

from __future__ import annotations

import pytest
from rdflib import Graph

from loader.namespaces import SH
from loader.validate import Severity, validate
from loader.validate.engine import ENGINES, open_engine
from loader.validate.paths import read_path
from loader.validate.results import read_report
from nbkg.errors import UsageError

PREFIXES = """
@prefix e: <https://example.org/> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def _graph(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def _raw(severity: str, focus: str, extra: str = "") -> str:
    return (
        f"[] sh:result [ a sh:ValidationResult ; sh:resultSeverity {severity} ; sh:focusNode {focus} ;"
        f" sh:sourceShape e:s ; sh:sourceConstraintComponent sh:MinCountConstraintComponent {extra} ] .\n"
    )


def test_results_are_sorted_the_heaviest_first() -> None:
    graph = _graph(
        _raw("sh:Info", "e:a") + _raw("sh:Violation", "e:c") + _raw("sh:Warning", "e:a") + _raw("sh:Violation", "e:b")
    )
    found = [(r.severity, str(r.focus)[-1]) for r in read_report(graph, Graph()).results]
    assert found == [
        (Severity.VIOLATION, "b"), (Severity.VIOLATION, "c"), (Severity.WARNING, "a"), (Severity.INFO, "a"),
    ]  # fmt: skip


def test_the_details_of_a_result_are_no_results_of_the_report() -> None:
    required = "sh:sourceShape e:t ; sh:sourceConstraintComponent sh:MinCountConstraintComponent"
    detail = f"; sh:detail [ a sh:ValidationResult ; sh:focusNode e:b ; {required} ]"
    report = read_report(_graph(_raw("sh:Violation", "e:a", detail)), Graph())
    assert [str(result.focus)[-1] for result in report.results] == ["a"]
    assert [str(detail.focus)[-1] for detail in report.results[0].details] == ["b"]


def test_a_severity_of_someone_elses_making_is_a_violation() -> None:
    report = read_report(_graph(_raw("e:Grave", "e:a")), Graph())
    assert (report.results[0].severity, report.conforms) == (Severity.VIOLATION, False)


def test_messages_come_from_the_constraint_then_the_shape_then_the_engine() -> None:
    raw = _graph(_raw("sh:Violation", "e:a", "; sh:sourceConstraint e:k ; sh:resultMessage 'engine'"))
    engine, shape = Graph(), _graph("e:s sh:message 'form'@nb , 'shape'@en .")
    constraint = shape + _graph("e:k sh:message 'constraint'@en .")
    said = [read_report(raw, shapes).results[0].message("en") for shapes in (engine, shape, constraint)]
    assert said == ["engine", "shape", "constraint"]


def test_a_message_in_another_language_is_better_than_none() -> None:
    (result,) = read_report(_graph(_raw("sh:Violation", "e:a")), _graph("e:s sh:message 'galt'@nb .")).results
    assert result.message("en") == "galt"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("nbkg:text", "nbkg:text"),
        ("e:p", "<https://example.org/p>"),
        ("( nbkg:quote e:p )", "nbkg:quote/<https://example.org/p>"),
        ("[ sh:inversePath nbkg:observes ]", "^nbkg:observes"),
        ("[ sh:alternativePath ( nbkg:concerns nbkg:involves ) ]", "(nbkg:concerns|nbkg:involves)"),
        ("[ sh:zeroOrMorePath nbkg:refersTo ]", "(nbkg:refersTo)*"),
        ("( [ sh:oneOrMorePath nbkg:refersTo ] [ sh:zeroOrOnePath nbkg:text ] )", "(nbkg:refersTo)+/(nbkg:text)?"),
    ],
)
def test_a_path_is_told_as_sparql_writes_it(path: str, text: str) -> None:
    graph = _graph(f"e:result sh:resultPath {path} .")
    (node,) = graph.objects(None, SH.resultPath)
    assert read_path(graph, node, "path").text == text


def test_an_unknown_engine_is_a_wrong_call() -> None:
    with pytest.raises(UsageError, match="pyshacl"):
        open_engine("none")


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_an_engine_changes_neither_graph(name: str) -> None:
    data = _graph("e:1 nbkg:number 0 .")
    shapes = _graph(
        "e:s a sh:NodeShape ; sh:targetSubjectsOf nbkg:number ; sh:property e:p ."
        "e:p sh:path nbkg:number ; sh:maxCount 0 ."
    )
    before = set(data), set(shapes)
    assert len(validate(data, engine=name, shapes=shapes).results) == 1
    assert (set(data), set(shapes)) == before


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_a_part_of_two_shapes_is_checked_for_both(name: str) -> None:
    data = _graph("e:1 a e:A . e:2 a e:B . e:3 a e:C .")
    shapes = _graph("""
        e:a a sh:NodeShape ; sh:targetClass e:A ; sh:property e:p .
        e:b a sh:NodeShape ; sh:targetClass e:B ; sh:property e:p .
        e:off a sh:NodeShape ; sh:targetClass e:C ; sh:property e:p ; sh:deactivated true .
        e:p sh:path e:q ; sh:minCount 1 .
    """)
    found = sorted(str(result.focus)[-1] for result in validate(data, engine=name, shapes=shapes).results)
    assert found == ["1", "2"]
