"""Records are checked in batches of whole records, with what they refer to in the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from rdflib import Graph

from loader.validate import Severity, ValidationReport
from loader.validate.batches import BatchValidator
from loader.validate.targets import read_targets

PREFIXES = """
@prefix e: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
SHAPES = f"""{PREFIXES}
e:shape a sh:NodeShape ; sh:targetClass e:Book ; sh:property e:topic , e:name .
e:topic a sh:PropertyShape ; sh:path e:topic ; sh:class e:Concept .
e:name a sh:PropertyShape ; sh:path e:name ; sh:minCount 1 ; sh:severity sh:Warning .
"""
VOCABULARY = f"""{PREFIXES}
e:Novel rdfs:subClassOf e:Book .
e:love a e:Concept . e:war a e:Theme . e:old a e:Book .
"""


def _graph(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


def _record(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + text, ox.RdfFormat.TURTLE)]


def _check(records: list[list[ox.Triple]], size: int) -> list[ValidationReport]:
    reports: list[ValidationReport] = []
    shapes, vocabulary = _graph(SHAPES), _graph(VOCABULARY)
    validator = BatchValidator(shapes, vocabulary, read_targets(shapes, vocabulary), reports.append, size)
    assert list(validator.check(records)) == records
    return reports


GOOD = 'e:a a e:Novel ; e:topic e:love ; e:name "A" .'
WRONG = 'e:b a e:Novel ; e:topic e:war ; e:name "B" .'
NAMELESS = "e:c a e:Book ; e:topic e:love ."
OTHER = "e:d a e:Chair ."


@pytest.mark.parametrize("size", [1, 4, 100])
def test_batches_of_any_size_find_the_same(size: int) -> None:
    reports = _check([_record(text) for text in (GOOD, WRONG, OTHER, NAMELESS)], size)
    found = {(result.severity, str(result.focus)[-1]) for report in reports for result in report.results}
    assert found == {(Severity.VIOLATION, "b"), (Severity.WARNING, "c")}


def test_a_batch_holds_whole_records() -> None:
    assert len(_check([_record(GOOD), _record(WRONG), _record(NAMELESS)], 4)) == 2


def test_records_that_no_shape_is_about_are_skipped() -> None:
    assert _check([_record(OTHER)] * 3, 1) == []


def test_nodes_of_the_vocabulary_are_not_checked_again() -> None:
    [report] = _check([_record("e:a a e:Novel ; e:topic e:love ; e:name 'A' ; e:after e:old .")], 10)
    assert report.results == ()


def test_records_are_passed_on_before_the_next_is_made() -> None:
    made = []

    def records() -> Iterator[list[ox.Triple]]:
        for number in range(3):
            made.append(number)
            yield _record(OTHER)

    shapes, vocabulary = _graph(SHAPES), _graph(VOCABULARY)
    validator = BatchValidator(shapes, vocabulary, read_targets(shapes, vocabulary), lambda _: None)
    next(validator.check(records()))
    assert made == [0]
