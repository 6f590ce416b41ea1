"""What one report tells of each measure, as its graph holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Row, Store, Term


@dataclass(frozen=True)
class Claim:
    """A dated claim: when (EDTF), with which outcome, and the properties that the reading added to."""

    iri: Term
    when: str
    outcome: Term | None
    inferred: Sequence[Term]


@dataclass(frozen=True)
class Answering:
    """Who answers for a measure, whether as a leading one, and what the reading added."""

    agent: Term
    leads: bool
    inferred: Sequence[Term]


@dataclass(frozen=True)
class Told:
    """What a report tells of a measure."""

    observation: Term
    measure: Term
    values: Row
    """The single values: number, part, theme, status, statusText, statusNote, text, comment."""
    answering: Sequence[Answering] = ()
    claims: Sequence[Claim] = ()
    others: Mapping[str, Sequence[Term]] = field(default_factory=dict)
    """By kind: references, refersTo, inferred."""

    def text(self, name: str) -> str | None:
        """A single value as text; None where the report tells none."""
        found = self.values.get(name)
        return found.value if isinstance(found, Literal | NamedNode) else None

    def agents(self, *, leading: bool) -> list[Term]:
        """Those who lead, or those who contribute, in the order printed."""
        return [one.agent for one in self.answering if one.leads is leading]


def told(store: Store, report: NamedNode) -> Sequence[Told]:
    """What the report tells, measure by measure, in the order printed."""

    def asked(name: str) -> Sequence[Row]:
        return store.select(query(f"pages/report/{name}"), {"iri": report})

    answering, claims, others = (_by_observation(asked(name)) for name in ("agents", "milestones", "references"))
    first: dict[Term, Row] = {}
    for row in asked("rows"):
        first.setdefault(row["observation"], row)
    return [
        Told(
            observation,
            row["measure"],
            row,
            _answering(answering.get(observation, ())),
            _claims(claims.get(observation, ())),
            _grouped(others.get(observation, ()), "kind", "value"),
        )
        for observation, row in first.items()
    ]


def _by_observation(rows: Iterable[Row]) -> Mapping[Term, Sequence[Row]]:
    found: dict[Term, list[Row]] = {}
    for row in rows:
        found.setdefault(row["observation"], []).append(row)
    return found


def _grouped(rows: Iterable[Row], key: str, value: str) -> Mapping[str, Sequence[Term]]:
    found: dict[str, list[Term]] = {}
    for row in rows:
        if isinstance(kind := row[key], Literal):
            found.setdefault(kind.value, []).append(row[value])
    return found


def _answering(rows: Sequence[Row]) -> Sequence[Answering]:
    apart: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        apart.setdefault((str(row.get("position")), str(row["agent"])), []).append(row)
    return [Answering(same[0]["agent"], _is_true(same[0].get("leads")), _inferred(same)) for same in apart.values()]


def _claims(rows: Sequence[Row]) -> Sequence[Claim]:
    apart: dict[Term, list[Row]] = {}
    for row in rows:
        apart.setdefault(row["milestone"], []).append(row)
    found = [Claim(iri, _when(same[0]), same[0].get("outcome"), _inferred(same)) for iri, same in apart.items()]
    return sorted(found, key=lambda claim: _counted(str(claim.iri)))


def _when(row: Row) -> str:
    when = row["when"]
    return when.value if isinstance(when, Literal) else str(when)


def _inferred(rows: Sequence[Row]) -> Sequence[Term]:
    return list(dict.fromkeys(row["inferred"] for row in rows if "inferred" in row))


def _counted(text: str) -> list[tuple[int, str]]:
    """A key that sorts 10 after 9."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", text)]


def _is_true(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.value in ("true", "1")
