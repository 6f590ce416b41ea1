"""What changed from each report to the next one about the same strategy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from nbkg.rdf.solutions import literal_text
from sparql_endpoint.pages.strategy.base.observations import ReportObservation, report_observations
from sparql_endpoint.pages.strategy.changes.change import Change, ChangeKind, MeasureSeries, ValueChange
from sparql_endpoint.pages.strategy.reports.comparison import compared
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Row, Store, Term

_NAMED = NamedNode("https://w3id.org/nbkg/ns#mention")


def report_changes(store: Store) -> Iterator[Change]:
    """Yield the changes, the oldest report first: the report itself, then its measures in the order printed."""
    by_strategy: dict[Term | None, MeasureSeries] = {}
    for row in store.select(query("pages/changes/reports")):
        report = row["report"]
        if isinstance(report, NamedNode):
            yield from _changes(store, report, row, by_strategy.setdefault(row.get("strategy"), MeasureSeries()))


def _changes(store: Store, report: NamedNode, row: Row, series: MeasureSeries) -> Iterator[Change]:
    """Yield the changes of one report, and add what it says to the series; the first report changes no measure."""
    day = literal_text(row, "issued")[:10]
    observations, connections = report_observations(store, report), connections_of(store, report)
    measures = frozenset(one.measure for one in observations)
    strategy = row.get("strategy")
    connected = frozenset({report, strategy} if strategy else {report})
    yield Change(report.value, report, day, ChangeKind.REPORT, number=len(measures), connected=connected)
    if series.newest:
        for one in observations:
            if change := _change(one, report, day, series, connections.get(one.iri, {})):
                yield change
        for measure in series.observations:
            if measure in series.newest - measures:
                yield _missing(measure, report, day, series)
    series.observations |= {one.measure: one for one in observations}
    series.connections |= {one.measure: connections.get(one.iri, {}) for one in observations}
    series.newest = measures


def connections_of(store: Store, report: NamedNode) -> Mapping[Term, Mapping[Term, str]]:
    """Return what each observation of a report has to do with: the status, the theme, who answers, what it names."""
    by_observation: dict[Term, dict[Term, str]] = {}
    for row in store.select(query("pages/changes/connections"), {"iri": report}):
        by_observation.setdefault(row["observation"], {})[row["connected"]] = literal_text(row, "kind")
    return by_observation


def _change(
    one: ReportObservation, report: NamedNode, day: str, series: MeasureSeries, connections: Mapping[Term, str]
) -> Change | None:
    """Return what a report changes of a measure; None where it changes nothing."""
    before, earlier = series.observations.get(one.measure), series.connections.get(one.measure, {})
    connected = frozenset({one.measure, one.iri, report, *connections, *earlier})
    iri = one.iri.value if isinstance(one.iri, NamedNode) else str(one.iri)
    if before is None:
        return Change(iri, one.measure, day, ChangeKind.NEW, observation=one, connected=connected)
    fields = [change for changes in compared([before], [one]).changed for change in changes]
    named = _named(earlier, connections)
    if not fields and not named:
        return None
    return Change(iri, one.measure, day, ChangeKind.CHANGED, fields, one, named, connected=connected)


def _named(before: Mapping[Term, str], after: Mapping[Term, str]) -> ValueChange | None:
    removed, added = (_only(one, other) for one, other in ((before, after), (after, before)))
    return ValueChange(_NAMED, removed, added) if removed or added else None


def _only(one: Mapping[Term, str], other: Mapping[Term, str]) -> Sequence[Term]:
    return [term for term, kind in one.items() if kind == "named" and term not in other]


def _missing(measure: Term, report: NamedNode, day: str, series: MeasureSeries) -> Change:
    key = measure.value.rpartition("/id/")[2] if isinstance(measure, NamedNode) else str(measure)
    connected = frozenset({measure, report, *series.connections.get(measure, {})})
    return Change(f"{report.value}/missing/{key}", measure, day, ChangeKind.MISSING, connected=connected)
