"""What a build leaves to people: warnings of shapes, and names that no entry has."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rdflib import Graph, Literal, URIRef

from loader.build.left_to_do import Findings, Task, tasks
from loader.errors import ValidationError
from loader.namespaces import BASE, NBKG, RDF, SH, SKOS
from loader.validate import Result, Severity, ValidationReport


def _result(severity: Severity, focus: str) -> Result:
    shape = URIRef(f"{BASE}id/shape/recommended-short-title")
    texts = {"en": "Add one to data/curated/."}
    return Result(severity, shape, URIRef(f"{BASE}{focus}"), SH.MinCount, messages=texts, names={"en": "Short title"})


def test_warnings_are_counted_with_a_few_examples() -> None:
    findings = Findings()
    for number in range(5):
        findings.add(ValidationReport((_result(Severity.WARNING, f"id/measure/{number}"),)))
    examples = ("id/measure/0", "id/measure/1", "id/measure/2")
    assert tasks(findings, Graph()) == [Task("Short title", 5, examples, "Add one to data/curated/.")]


def test_notes_are_no_tasks_and_violations_end_the_build() -> None:
    findings = Findings()
    findings.add(ValidationReport((_result(Severity.INFO, "a"),)))
    assert tasks(findings, Graph()) == []
    with pytest.raises(ValidationError, match="Add one"):
        findings.add(ValidationReport((_result(Severity.VIOLATION, "a"),)))


def test_names_inside_a_sentence_that_no_entry_has() -> None:
    graph = Graph()
    observation = URIRef("urn:o")
    graph.add((observation, RDF.type, NBKG.StatusObservation))
    graph.add((observation, NBKG.comment, Literal("Samarbeid med Sikt og Oslo Bysamling. Det er Siktes ansvar.", "nb")))
    graph.add((URIRef("urn:sikt"), SKOS.prefLabel, Literal("Sikt", "nb")))
    [task] = tasks(Findings(), graph)
    assert (task.count, task.examples) == (1, ("Oslo Bysamling",))
    assert "data/curated/" in task.advice


def test_a_new_report_leaves_titles_to_be_written(tasks_of_two: Sequence[Task]) -> None:
    by_name = {task.name: task for task in tasks_of_two}
    assert by_name["Short title"].count > 0
    assert all(example.startswith("id/measure/") for example in by_name["Short title"].examples)
