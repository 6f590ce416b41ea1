"""What changed from one report to a later one, measure by measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loader import identifiers
from loader.status_report.model.report import Role, Row, StatusReport

Value = str | list[str] | list[dict[str, str | None]] | None
FIELDS = ("status", "responsible", "contributing", "comment", "text", "milestones", "references")


@dataclass(frozen=True)
class Change:
    """One field of one measure that two reports tell differently."""

    measure: str
    field: str
    before: Value
    after: Value

    def as_json(self) -> dict[str, Value]:
        """Return the change as `nbkg diff --format json` prints it."""
        return {"measure": self.measure, "field": self.field, "before": self.before, "after": self.after}


@dataclass(frozen=True)
class ReportDiff:
    """Measures that only the newer or only the older report has (IRIs), and what changed in the others."""

    old: StatusReport
    new: StatusReport
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]
    names: dict[str, str]
    """Measure IRI to the wording that tells a reader which one it is."""

    def as_json(self) -> dict[str, list[str] | list[dict[str, Value]]]:
        """`{"added": [iri], "removed": [iri], "changed": [{"measure", "field", "before", "after"}]}`."""
        return {
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": [change.as_json() for change in self.changed],
        }


def difference(old: StatusReport, old_keys: Sequence[str], new: StatusReport, new_keys: Sequence[str]) -> ReportDiff:
    """Return the difference of two reports whose rows are the measures of these keys, in the order of the reports."""
    before, after = _by_measure(old, old_keys), _by_measure(new, new_keys)
    changed = (change for iri, row in after.items() if iri in before for change in _changes(iri, before[iri], row))
    return ReportDiff(
        old=old,
        new=new,
        added=tuple(iri for iri in after if iri not in before),
        removed=tuple(iri for iri in before if iri not in after),
        changed=tuple(changed),
        names={iri: _name(row) for iri, row in {**before, **after}.items()},
    )


def _by_measure(report: StatusReport, keys: Sequence[str]) -> dict[str, Row]:
    iris = (str(identifiers.measure(report.strategy, key)) for key in keys)
    return dict(zip(iris, report.rows, strict=True))


def _changes(iri: str, before: Row, after: Row) -> list[Change]:
    old, new = _values(before), _values(after)
    return [Change(iri, name, old[name], new[name]) for name in FIELDS if old[name] != new[name]]


def _values(row: Row) -> dict[str, Value]:
    """Return the row's fields, keyed and ordered as FIELDS."""
    return {
        "status": row.status.concept if row.status else None,
        "responsible": [one.agent for one in row.responsibilities if one.role is Role.LEAD],
        "contributing": [one.agent for one in row.responsibilities if one.role is Role.CONTRIBUTING],
        "comment": row.comment.text if row.comment else None,
        "text": row.text.text,
        "milestones": [{"when": one.when, "outcome": one.outcome.value} for one in row.milestones],
        "references": sorted({one.target for one in row.references}),
    }


def _name(row: Row) -> str:
    number = f"{row.number[0]}. " if row.number else ""
    return number + (row.text.text if len(row.text.text) <= 90 else row.text.text[:88].rpartition(" ")[0] + " …")
