"""A report that is given again is the one that the engine made, and belongs to the same data and shapes."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDFS, Graph, Literal, URIRef

from loader.validate.pyshacl_engine import PyshaclEngine
from loader.validate.read import packaged, read
from loader.validate.results import read_report
from tests.validated_once import LARGE, Validate, validate_once

CASES = sorted((Path(__file__).parent / "shapes" / "cases").glob("*.ttl"))[:20]
NODE = URIRef("https://example.org/remembered")


class CountedValidation:
    """The engine's validation, and how often it was asked for."""

    def __init__(self, validate: Validate) -> None:
        self.validate, self.times = validate, 0

    def __call__(self, engine: PyshaclEngine, data: Graph, shapes: Graph) -> Graph:
        self.times += 1
        return self.validate(engine, data, shapes)


@pytest.fixture
def validation() -> CountedValidation:
    return CountedValidation(PyshaclEngine.validate.__wrapped__)  # type: ignore[attr-defined]  # as conftest.py wraps it


def test_a_report_is_the_same_when_it_is_read_again(
    validation: CountedValidation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shapes, data = packaged("shapes"), read(CASES)
    data.add((NODE, RDFS.label, Literal("for this test alone")))
    assert len(data) > LARGE
    once = validate_once(tmp_path_factory, validation)
    made, again = (read_report(once(PyshaclEngine(), data, shapes), shapes) for _ in range(2))
    assert validation.times == 1
    assert made == again == read_report(validation(PyshaclEngine(), data, shapes), shapes)
    assert len(made.results) > 100


def test_other_data_and_small_data_are_validated(
    validation: CountedValidation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shapes, data = Graph(), Graph()
    once = validate_once(tmp_path_factory, validation)
    for number in range(LARGE + 2):
        data.add((NODE, RDFS.label, Literal(number)))
        if len(data) in {LARGE - 1, LARGE, LARGE + 1}:
            once(PyshaclEngine(), data, shapes)
            once(PyshaclEngine(), data, shapes)
    assert validation.times == 4
