"""What changed from each kept release to the next one: curated statements, and reports that are read in another way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from urllib.parse import quote

from pyoxigraph import NamedNode

from sparql_endpoint.pages.strategy.base.observations import ReportObservation, report_observations
from sparql_endpoint.pages.strategy.changes.between_reports import connections_of
from sparql_endpoint.pages.strategy.changes.change import Change, ChangeKind, ValueChange
from sparql_endpoint.pages.strategy.reports.comparison import compared
from sparql_endpoint.queries import query
from sparql_endpoint.services.services import Serving
from sparql_endpoint.stores.base import Store, Term

_Statements = Mapping[Term, Mapping[Term, Sequence[Term]]]
"""The values by subject and property."""


def release_changes(serving: Serving) -> Iterator[Change]:
    """Yield the changes, the oldest release first; none where the store keeps fewer than two releases."""
    if serving.releases is None:
        return
    for old, new in pairwise(serving.releases.names()):
        before, after = serving.at(old), serving.at(new)
        ends = _Ends(serving.settings.base, old, new)
        yield from _curated(before, after, ends)
        yield from _reread(before, after, ends)


class _Ends:
    """The names of the two releases that are compared."""

    def __init__(self, base: str, old: str, new: str) -> None:
        self._base, self._old, self._new = base, old, new
        self.day = new[:10]

    def iri(self, subject: Term) -> str:
        """Return the IRI of a change of a resource, which is the address of its difference between the releases."""
        about = subject.value if isinstance(subject, NamedNode) else str(subject)
        return f"{self._base}difference?iri={quote(about, safe='')}&from={self._old}&to={self._new}"


def _curated(before: Store, after: Store, ends: _Ends) -> Iterator[Change]:
    old, new = _read(before), _read(after)
    for subject in sorted({*old, *new}, key=str):
        values = list(_values(old.get(subject, {}), new.get(subject, {})))
        if values:
            kind = ChangeKind.CURATED
            yield Change(ends.iri(subject), subject, ends.day, kind, values=values, connected=frozenset({subject}))


def _read(store: Store) -> _Statements:
    statements: dict[Term, dict[Term, list[Term]]] = {}
    for row in store.select(query("pages/changes/curated")):
        statements.setdefault(row["subject"], {}).setdefault(row["property"], []).append(row["value"])
    return statements


def _values(old: Mapping[Term, Sequence[Term]], new: Mapping[Term, Sequence[Term]]) -> Iterator[ValueChange]:
    for prop in sorted({*old, *new}, key=str):
        before, after = old.get(prop, ()), new.get(prop, ())
        removed, added = [one for one in before if one not in after], [one for one in after if one not in before]
        if removed or added:
            yield ValueChange(prop, removed, added)


def _reread(before: Store, after: Store, ends: _Ends) -> Iterator[Change]:
    """Yield the observations of reports in both releases that were corrected or read in another way."""
    reports = [[row["report"] for row in store.select(query("pages/changes/reports"))] for store in (before, after)]
    for report in reports[1]:
        if report in reports[0] and isinstance(report, NamedNode):
            old, new = report_observations(before, report), report_observations(after, report)
            connections = connections_of(after, report)
            for changes in compared(old, new).changed:
                one: ReportObservation = changes[0].after
                connected = frozenset({one.measure, one.iri, report, *connections.get(one.iri, {})})
                yield Change(
                    ends.iri(one.iri), one.measure, ends.day, ChangeKind.REREAD, changes, one, connected=connected
                )
