"""Measures keep their IRI over rewording and renumbering; a new measure never takes an old key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph

from loader.sources.project import ProjectData
from loader.status_report.measure_keys import Registry, decision_triples, read_registry, registry_triples
from loader.status_report.model.report import Row, StatusReport, Words
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.parse.parse import parse


def _row(text: str, number: int | None = None) -> Row:
    words = Words(text, ((0, 1),))
    return Row(part="I" if number else "II", text=words, line=1, number=(number, words) if number else None)


@pytest.fixture
def first(synthetic_file: Path, words: Gazetteer) -> StatusReport:
    report = parse(synthetic_file, words)
    rows = (
        _row("Biblioteket skal åpne dørene for alle som bor i byen", 1),
        _row("Biblioteket skal kjøpe inn lydbøker på samisk", 2),
        _row("Biblioteket skal lage en felles digital inngang"),
    )
    return replace(report, issued=date(2025, 1, 1), rows=rows)


def _next(first: StatusReport, *rows: Row) -> StatusReport:
    return replace(first, issued=date(2026, 1, 1), rows=rows)


def test_first_keys(first: StatusReport) -> None:
    keys, registry = Registry({}).assign(first)
    assert keys == ("1", "2", "ii-x-biblioteket-skal-lage-en-felles-digital")
    assert registry.decisions == ()


def test_the_same_wording_needs_no_decision(first: StatusReport) -> None:
    keys, registry = Registry({}).assign(first)
    again, grown = registry.assign(_next(first, *first.rows))
    assert again == keys
    assert grown == registry


def test_reworded_and_renumbered(first: StatusReport) -> None:
    _, registry = Registry({}).assign(first)
    later = _next(
        first,
        _row("Biblioteket skal kjøpe inn lydbøker på samisk", 1),
        _row("Biblioteket skal åpne dørene for alle som bor i byen og bygda", 2),
    )
    keys, grown = registry.assign(later)
    assert keys == ("2", "1")
    (decision,) = grown.decisions
    assert (decision.key, decision.same) == ("1", True)
    assert Decimal("0.8") < decision.score < 1
    assert decision.before == first.rows[0].text.text


def test_a_new_measure_takes_no_old_key(first: StatusReport) -> None:
    _, registry = Registry({}).assign(first)
    keys, grown = registry.assign(_next(first, _row("Kommunen skal bygge ny badeplass ved fjorden", 1)))
    assert keys == ("1-kommunen-skal-bygge-ny-badeplass-ved",)
    (decision,) = grown.decisions
    assert not decision.same


def test_one_row_one_measure(first: StatusReport) -> None:
    """Two rows that are both like one measure: the likest gets it, the other is new."""
    _, registry = Registry({}).assign(first)
    near = "Biblioteket skal åpne dørene for alle som bor i bygda"
    keys, _ = registry.assign(_next(first, _row(near, 7), first.rows[0]))
    assert keys[1] == "1"
    assert keys[0] != "1"


def test_other_strategies_have_their_own_keys(first: StatusReport) -> None:
    _, registry = Registry({}).assign(first)
    other = replace(_next(first, _row("Noe helt annet enn alt det andre", 1)), strategy="2026-2030")
    keys, grown = registry.assign(other)
    assert keys == ("1",)
    assert set(grown.wordings) == {first.strategy, "2026-2030"}


def test_round_trip_as_rdf(first: StatusReport) -> None:
    _, registry = Registry({}).assign(first)
    _, grown = registry.assign(_next(first, _row("Biblioteket skal kjøpe inn mange lydbøker på samisk", 5)))
    graph = Graph()
    for triple in [*registry_triples(grown), *decision_triples(grown)]:
        graph.add(triple)
    back = read_registry(graph)
    assert {k: sorted(v) for k, v in back.wordings[first.strategy].items()} == {
        k: sorted(v) for k, v in grown.wordings[first.strategy].items()
    }
    assert back.decisions == grown.decisions


def test_the_committed_registry_knows_the_committed_reports(
    project: ProjectData, report_files: list[Path], words: Gazetteer
) -> None:
    """Run `nbkg build --register` after adding a report."""
    registry = read_registry(project.curated)
    for file in report_files:
        _, grown = registry.assign(parse(file, words))
        assert grown == registry
