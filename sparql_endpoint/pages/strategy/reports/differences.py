"""What two reports tell otherwise, side by side; as JSON it is what `nbkg diff --format json` prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response
from pyoxigraph import NamedNode

from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import HTML, Format
from sparql_endpoint.http.languages import say
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.strategy.base.observations import Claim, ReportObservation, report_observations
from sparql_endpoint.pages.strategy.base.strategies import current
from sparql_endpoint.pages.strategy.reports.comparison import FieldChange, Words, compared, words_changed
from sparql_endpoint.pages.strategy.reports.reports import Listed, listed
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.requested_format import requested_format
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Term

blueprint = Blueprint("differences", __name__)
JSON = Format("json", "application/json", ("json",))
_TEXTS = frozenset({"text", "comment"})


@blueprint.get("/report/<before>...<after>")
def difference(before: str, after: str) -> Response:
    """The difference of the reports of two dates."""
    reports = {one.key: one for one in listed()}
    old, new = (_known(key, reports.get(key)) for key in (before, after))
    store = serving().store
    comparison = compared(report_observations(store, old.report), report_observations(store, new.report))
    if requested_format((HTML, JSON)) is JSON:
        return Response(
            json.dumps(comparison.as_json(), ensure_ascii=False, indent=2) + "\n", content_type=JSON.content_type
        )
    labels = request_labels()
    labels.expect([*comparison.terms(), old.report, new.report])
    labels.expect(term for one in comparison.same for term in one.terms())
    return page(
        "difference.html",
        old=old,
        new=new,
        comparison=comparison,
        rows=[[_row(change) for change in changes] for changes in comparison.changed],
        tone=current().statuses.tone,
        show=labels.of,
        formats=[JSON],
    )


def _known(key: str, report: Listed | None) -> Listed:
    if report is None:
        raise NotFoundError(say("report_unknown", languages.negotiate(), report=key))
    return report


@dataclass(frozen=True)
class Side:
    """What one report tells in a field; `only` are the values that the other one does not have."""

    observation: ReportObservation
    words: Words | None = None
    values: Sequence[Term] = ()
    claims: Sequence[Claim] = ()
    only: frozenset[object] = frozenset()


@dataclass(frozen=True)
class DifferenceRow:
    """A field of a measure in both reports."""

    field: str
    before: Side
    after: Side


def _row(change: FieldChange) -> DifferenceRow:
    both = change.before, change.after
    if change.field in _TEXTS:
        texts = words_changed(*((side.text(change.field) or "") for side in both))
        sides = [Side(side, words=words) for side, words in zip(both, texts, strict=True)]
    elif change.field == "milestones":
        keys = [{(claim.when, claim.outcome) for claim in side.claims} for side in both]
        sides = [Side(both[i], claims=both[i].claims, only=frozenset(keys[i] - keys[1 - i])) for i in (0, 1)]
    else:
        values = [_values(change.field, side) for side in both]
        sides = [Side(both[i], values=values[i], only=frozenset({*values[i]} - {*values[1 - i]})) for i in (0, 1)]
    return DifferenceRow(change.field, *sides)


def _values(field: str, observation: ReportObservation) -> Sequence[Term]:
    if field in ("responsible", "contributing"):
        return observation.agents(leading=field == "responsible")
    if field == "references":
        return observation.others.get("references", ())
    return [value] if (value := observation.values.get(field)) is not None and isinstance(value, NamedNode) else []
