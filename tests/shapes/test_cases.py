"""Each file of `cases/` holds data, the shapes it is about (`dcterms:subject`) and the report they must give."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import BNode, Graph, URIRef
from rdflib.term import Node

from loader.namespaces import DCTERMS, RDF, SH
from loader.validate import ValidationReport, validate
from loader.validate.read import packaged, read

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.ttl"))
SHAPES = packaged("shapes")

_DEMANDS = {
    parameter: SH[f"{parameter[0].upper()}{parameter[1:]}ConstraintComponent"]
    for parameter in (
        "class", "datatype", "hasValue", "in", "languageIn", "lessThan", "lessThanOrEquals", "maxCount",
        "maxInclusive", "minCount", "minInclusive", "minLength", "node", "nodeKind", "or", "pattern",
        "qualifiedMaxCount", "qualifiedMinCount", "uniqueLang",
    )
} | {"sparql": SH.SPARQLConstraintComponent}  # fmt: skip
_NO_DEMANDS = {
    "declare", "message", "name", "path", "property", "qualifiedValueShape", "severity",
    "targetClass", "targetObjectsOf", "targetSubjectsOf",
}  # fmt: skip

Finding = tuple[str, ...]


@cache
def _report(case: Path) -> ValidationReport:
    return validate(read([case]), shapes=SHAPES)


def _with_parts(shape: Node) -> set[Node]:
    return {shape, *SHAPES.objects(shape, SH.property)}


def _reporting() -> set[Node]:
    """The shapes that have targets and their parts: what stands in `sh:node` and the like never reports itself."""
    targeted = {s for p in (SH.targetClass, SH.targetSubjectsOf) for s in SHAPES.subjects(p)}
    return {part for shape in targeted for part in _with_parts(shape)}


def _text(node: Node | None) -> str:
    return "" if node is None else "[]" if isinstance(node, BNode) else node.n3()


def _expected(graph: Graph) -> set[Finding]:
    predicates = (
        SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent, SH.focusNode, SH.resultPath, SH.value,
    )  # fmt: skip
    results = graph.objects(graph.value(None, RDF.type, SH.ValidationReport), SH.result)
    return {tuple(_text(graph.value(result, predicate)) for predicate in predicates) for result in results}


def _found(report: ValidationReport, shapes: set[Node]) -> set[Finding]:
    return {
        (
            SH[result.severity.value].n3(),
            _text(result.shape),
            _text(result.component),
            _text(result.focus),
            _text(result.path.root if result.path else None),
            _text(result.value),
        )
        for result in report.results
        if result.shape in shapes
    }


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_case_gives_its_report(case: Path) -> None:
    data = read([case])
    shapes = {part for shape in data.objects(None, DCTERMS.subject) for part in _with_parts(shape)}
    expected = _expected(data)
    assert expected, "the case expects nothing, so it could not fail"
    assert _found(_report(case), shapes) == expected


def test_every_demand_of_every_shape_fires_in_a_case() -> None:
    demanded = {
        (str(shape), str(_DEMANDS[name]))
        for shape in _reporting()
        for name in (str(p).removeprefix(str(SH)) for p in SHAPES.predicates(shape))
        if name in _DEMANDS
    }
    fired = {(str(result.shape), str(result.component)) for case in CASES for result in _report(case).results}
    assert demanded
    assert demanded - fired == set()


def test_every_predicate_of_a_shape_is_known_here() -> None:
    used = {
        str(p).removeprefix(str(SH))
        for s in set(SHAPES.subjects())
        if isinstance(s, URIRef)
        for p in SHAPES.predicates(s)
    }
    assert used - {str(RDF.type)} <= _DEMANDS.keys() | _NO_DEMANDS


def test_the_conforming_graph_yields_nothing() -> None:
    assert validate(read([HERE / "conforming.ttl"])).results == ()
