"""Each strategy as of its newest report, read from the store once for each version of the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import first_values, group_values
from nbkg.rdf.solutions import iri_value, is_true, literal_text
from sparql_endpoint.pages.strategy.base.table import (
    Agent,
    Entity,
    Measure,
    Milestone,
    Observation,
    Period,
    Statuses,
    Strategy,
)
from sparql_endpoint.queries import query
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Row, Store, Term

_T = TypeVar("_T")


def strategies() -> Sequence[Strategy]:
    """All strategies whose measures reports tell of, the one that began last first. Raises StoreError."""
    store = serving().store
    return serving().per_version(__name__, lambda: _read(store))


def current(key: str = "") -> Strategy:
    """The strategy with a key, or the one that began last; one without measures where there is none such."""
    return next((strategy for strategy in strategies() if key in ("", strategy.key)), Strategy())


def strategy_of(measure: Term) -> Strategy:
    """The strategy that a measure has an observation in; else the current one."""
    having = (one for one in strategies() if any(observation.measure == measure for observation in one.observations))
    return next(having, current())


def _read(store: Store) -> Sequence[Strategy]:
    rows = _rows(store, "measures")
    if not rows:
        return ()
    parts = _Parts(
        _by_measure(_rows(store, "agents"), lambda row: Agent(row["agent"], is_true(row.get("leads")))),
        _entities(_rows(store, "entities")),
        _by_measure(_first_of(_rows(store, "milestones"), "milestone"), _milestone),
    )
    measures = [_measure(row, parts) for row in _first_of(rows, "measure")]
    periods = {row["strategy"]: Period(_day(row, "start"), _day(row, "end")) for row in _rows(store, "periods")}
    observations = _first_of(_rows(store, "observations"), "observation")
    statuses = _statuses(store)
    every = [
        _strategy(
            iri,
            periods.get(iri, Period()) if iri else Period(),
            [measure for measure in measures if measure.strategy == iri],
            [_observation(row) for row in observations if row.get("strategy") == iri],
            statuses,
        )
        for iri in dict.fromkeys(measure.strategy for measure in measures)
    ]
    return sorted(every, key=lambda one: (str(one.period.start or ""), one.issued, one.key), reverse=True)


def _strategy(
    iri: Term | None,
    period: Period,
    measures: Sequence[Measure],
    observations: Sequence[Observation],
    statuses: Statuses,
) -> Strategy:
    reports = sorted({(observation.issued, observation.report) for observation in observations}, key=str)
    return Strategy(iri, period, measures, statuses, reports, observations)


def _rows(store: Store, name: str) -> Sequence[Row]:
    """The rows about measures that have an IRI, and so a page."""
    rows = store.select(query(f"pages/current/{name}"))
    return [row for row in rows if "measure" not in row or isinstance(row["measure"], NamedNode)]


def _first_of(rows: Iterable[Row], name: str) -> Sequence[Row]:
    """One row for each value: the data may say of a thing twice what a page says once."""
    return list(first_values((row[name], row) for row in rows).values())


def _by_measure(rows: Iterable[Row], make: Callable[[Row], _T]) -> Mapping[NamedNode, Sequence[_T]]:
    return group_values((iri_value(row, "measure"), make(row)) for row in rows)


def _entities(rows: Iterable[Row]) -> Mapping[NamedNode, Sequence[Entity]]:
    classes: dict[tuple[NamedNode, Term, bool], list[NamedNode]] = {}
    for row in rows:
        of = classes.setdefault((iri_value(row, "measure"), row["entity"], is_true(row["involved"])), [])
        if isinstance(kind := row.get("class"), NamedNode):
            of.append(kind)
    return group_values(
        (measure, Entity(entity, involved, of))
        for (measure, entity, involved), of in classes.items()
        if isinstance(entity, NamedNode)
    )


@dataclass(frozen=True)
class _Parts:
    """What is read apart from the measures themselves, by measure."""

    agents: Mapping[NamedNode, Sequence[Agent]]
    entities: Mapping[NamedNode, Sequence[Entity]]
    milestones: Mapping[NamedNode, Sequence[Milestone]]


def _measure(row: Row, parts: _Parts) -> Measure:
    iri = iri_value(row, "measure")
    wording = row["text"]
    return Measure(
        iri,
        key=literal_text(row, "key"),
        number=_number(row, "number"),
        part=literal_text(row, "part"),
        text=wording if isinstance(wording, Literal) else Literal(str(wording)),
        comment=_literal(row, "comment"),
        status=_optional_iri(row, "status"),
        status_text=_literal(row, "statusText"),
        theme=_optional_iri(row, "theme"),
        first_page=_number(row, "firstPage"),
        strategy=row.get("strategy"),
        agents=parts.agents.get(iri, ()),
        entities=parts.entities.get(iri, ()),
        milestones=parts.milestones.get(iri, ()),
    )


def _milestone(row: Row) -> Milestone:
    return Milestone(
        row["milestone"],
        literal_text(row, "when"),
        _day(row, "earliest"),
        _day(row, "latest"),
        row.get("outcome"),
        is_true(row.get("planned")),
        literal_text(row, "words"),
        not is_true(row.get("background")),
    )


def _observation(row: Row) -> Observation:
    return Observation(
        row["observation"],
        iri_value(row, "measure"),
        row["report"],
        literal_text(row, "issued"),
        row.get("status"),
        _literal(row, "statusText"),
        literal_text(row, "text"),
        literal_text(row, "comment"),
    )


def _statuses(store: Store) -> Statuses:
    rows = _rows(store, "statuses")
    top_of = {iri_value(row, "status"): iri_value(row, "top") for row in rows}
    tops = dict.fromkeys([*(iri_value(row, "top") for row in _rows(store, "tops")), *top_of.values()])
    closed = frozenset(iri_value(row, "top") for row in rows if is_true(row.get("closed")))
    return Statuses(sorted(tops, key=str), top_of, closed)


def _optional_iri(row: Row, name: str) -> NamedNode | None:
    term = row.get(name)
    return term if isinstance(term, NamedNode) else None


def _literal(row: Row, name: str) -> Literal | None:
    term = row.get(name)
    return term if isinstance(term, Literal) else None


def _number(row: Row, name: str) -> int | None:
    try:
        return int(literal_text(row, name))
    except ValueError:
        return None


def _day(row: Row, name: str) -> date | None:
    try:
        return date.fromisoformat(literal_text(row, name)[:10])
    except ValueError:
        return None
