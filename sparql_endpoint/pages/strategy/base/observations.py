"""What one report tells of each measure, as its graph holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import first_values, group_values
from nbkg.rdf.solutions import is_true, literal_text
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Row, Store, Term


@dataclass(frozen=True)
class Claim:
    """A milestone: when (EDTF, empty for a plan without a date), its outcome, and the properties that are inferred."""

    iri: Term
    when: str
    outcome: Term | None
    inferred: Sequence[Term]
    is_own: bool = True
    """False for background: what the report tells of and is not the measure's own."""
    as_of: str = ""
    """The date of the earlier report with the same words, as of which it is read; empty where there is none."""


@dataclass(frozen=True)
class Responsibility:
    """Who answers for a measure, whether as a leading one, and what the reading added."""

    agent: Term
    leads: bool
    inferred: Sequence[Term]


@dataclass(frozen=True)
class ReportObservation:
    """What a report tells of a measure."""

    iri: Term
    measure: Term
    values: Row
    """The single values: number, part, theme, status, statusText, statusNote, text, comment."""
    responsibilities: Sequence[Responsibility] = ()
    claims: Sequence[Claim] = ()
    others: Mapping[str, Sequence[Term]] = field(default_factory=dict)
    """By kind: references, refersTo, inferred."""

    def text(self, name: str) -> str | None:
        """A single value as text; None where the report tells none."""
        value = self.values.get(name)
        return value.value if isinstance(value, Literal | NamedNode) else None

    def terms(self) -> Iterator[Term]:
        """Yield what a page writes of it: its measure, status, theme, agents and outcomes."""
        yield self.measure
        yield from (self.values[name] for name in ("status", "theme") if name in self.values)
        yield from (one.agent for one in self.responsibilities)
        yield from (claim.outcome for claim in self.claims if claim.outcome is not None)

    def agents(self, *, leading: bool) -> list[Term]:
        """Return the agents who lead, or those who contribute, in the order printed."""
        return [one.agent for one in self.responsibilities if one.leads is leading]


def report_observations(store: Store, report: NamedNode) -> Sequence[ReportObservation]:
    """What the report tells, measure by measure, in the order printed."""

    def rows_of(name: str) -> Sequence[Row]:
        return store.select(query(f"pages/report/{name}"), {"iri": report})

    agents, claims, others = (by_observation(rows_of(name)) for name in ("agents", "milestones", "references"))
    first = first_values((row["observation"], row) for row in rows_of("rows"))
    return [
        ReportObservation(
            observation,
            row["measure"],
            row,
            _responsibilities(agents.get(observation, ())),
            _claims(claims.get(observation, ())),
            group_values((literal_text(other, "kind"), other["value"]) for other in others.get(observation, ())),
        )
        for observation, row in first.items()
    ]


def by_observation(rows: Iterable[Row]) -> Mapping[Term, Sequence[Row]]:
    """Return the rows of each observation."""
    return group_values((row["observation"], row) for row in rows)


def _responsibilities(rows: Sequence[Row]) -> Sequence[Responsibility]:
    groups = group_values(((str(row.get("position")), str(row["agent"])), row) for row in rows)
    return [
        Responsibility(same[0]["agent"], is_true(same[0].get("leads")), _inferred(same)) for same in groups.values()
    ]


def _claims(rows: Sequence[Row]) -> Sequence[Claim]:
    groups = group_values((row["milestone"], row) for row in rows)
    claims = [_claim(iri, same) for iri, same in groups.items()]
    return sorted(claims, key=lambda claim: _natural_key(str(claim.iri)))


def _claim(iri: Term, rows: Sequence[Row]) -> Claim:
    row = rows[0]
    return Claim(
        iri,
        _when(row),
        row.get("outcome"),
        _inferred(rows),
        not is_true(row.get("background")),
        literal_text(row, "asOf"),
    )


def _when(row: Row) -> str:
    when = row.get("when")
    return when.value if isinstance(when, Literal) else str(when or "")


def _inferred(rows: Sequence[Row]) -> Sequence[Term]:
    return list(dict.fromkeys(row["inferred"] for row in rows if "inferred" in row))


def _natural_key(text: str) -> list[tuple[int, str]]:
    """A key that sorts 10 after 9."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", text)]
