"""What the reports tell of one measure, from the newest to the first: status, comment, dates, the words behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.solutions import literal_text
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.pages.strategy.base.observation_text import ReportReading
from sparql_endpoint.pages.strategy.base.observations import ReportObservation, by_observation, report_observations
from sparql_endpoint.pages.strategy.base.passages import Piece, Text
from sparql_endpoint.pages.strategy.base.table import Observation, Strategy
from sparql_endpoint.pages.strategy.measure.evidence import Evidence, evidence, with_links
from sparql_endpoint.pages.strategy.measure.target_changes import QuotedMilestone, QuoteTargets
from sparql_endpoint.pages.strategy.reports.reports import read
from sparql_endpoint.queries import query
from sparql_endpoint.services import responses
from sparql_endpoint.services.labels import Label, TextLabel
from sparql_endpoint.stores.base import Row, Term

_Read = tuple[str, Term, ReportReading | None, ReportObservation | None]
"""A report's date and IRI, the reading of its text, and its observation of the measure."""


@dataclass(frozen=True)
class HistoryEntry:
    """What one report tells of the measure; `told` is None where it does not speak of it."""

    report: Term
    issued: str
    observation: ReportObservation | None = None
    reading: ReportReading | None = None
    text: Sequence[Piece[Label]] = ()
    comment: Sequence[Piece[Label]] = ()
    milestones: Sequence[QuotedMilestone] = ()
    targets: QuoteTargets | None = None
    facts: Mapping[str, Sequence[Term]] | None = None
    evidence: Evidence | None = None
    changed: Sequence[str] = ()
    """What is otherwise than in the report before: text, comment."""


class History:
    """Reads what the reports tell of a measure, and asks for the names of all of it at once."""

    def __init__(self, resource: ResourceView, strategy: Strategy, observations: Mapping[Term, Observation]) -> None:
        self._resource = resource
        self._observations = observations
        self._reports = strategy.reports
        self._store = resource.labels.serving.store
        self._today = responses.today()

    def entries(self) -> Sequence[HistoryEntry]:
        """From the newest report to the first one that tells of it."""
        store, iri = self._store, self._resource.iri
        milestones = by_observation(store.select(query("pages/measure/milestones"), {"iri": iri}))
        facts = by_observation(store.select(query("pages/measure/facts"), {"iri": iri}))
        reports = [(issued, report, *self._read(report)) for issued, report in self._reports]
        self._resource.labels.expect(self._terms(reports, milestones, facts))
        entries: list[HistoryEntry] = []
        for issued, report, reading, observed in reports:
            observation = self._observations.get(report)
            if observation is None or observed is None:
                entries += [HistoryEntry(report, issued)] if entries else []
                continue
            before = next((entry.observation for entry in reversed(entries) if entry.observation), None)
            claims = list(self._milestones(milestones.get(observation.iri, ())))
            targets = QuoteTargets(observed, reading, claims, self._resource.labels)
            entries.append(
                HistoryEntry(
                    report,
                    issued,
                    observed,
                    reading,
                    _linked("text", targets),
                    _linked("comment", targets),
                    claims,
                    targets,
                    group_values((literal_text(row, "fact"), row["value"]) for row in facts.get(observation.iri, ())),
                    evidence(reading, observation.iri) if reading else None,
                    [name for name in ("text", "comment") if before and before.text(name) != observed.text(name)],
                )
            )
        return entries[::-1]

    def _read(self, report: Term) -> tuple[ReportReading | None, ReportObservation | None]:
        observation = self._observations.get(report)
        if observation is None or not isinstance(report, NamedNode):
            return None, None
        reading = read(report)
        rows = reading.observations if reading else report_observations(self._store, report)
        return reading, next((row for row in rows if row.iri == observation.iri), None)

    def _terms(
        self,
        reports: Sequence[tuple[str, Term, ReportReading | None, ReportObservation | None]],
        *rows: Mapping[Term, Sequence[Row]],
    ) -> Iterator[Term]:
        """All that the page names."""
        yield self._resource.iri
        for _, report, reading, observed in reports:
            yield report
            yield from (reading.metadata.values() if reading else ())
            if observed is None:
                continue
            yield from observed.values.values()
            yield from (one.agent for one in observed.responsibilities)
            yield from (term for terms in observed.others.values() for term in terms)
            spans = reading.spans if reading else ()
            yield from (s.value.named for s in spans if s.value.observation == observed.iri and s.value.named)
        yield from (term for by in rows for of in by.values() for row in of for term in row.values())

    def _milestones(self, rows: Sequence[Row]) -> Iterator[QuotedMilestone]:
        for same in group_values((row["milestone"], row) for row in rows).values():
            row = same[0]
            words = row.get("words")
            yield QuotedMilestone(
                literal_text(row, "when"),
                row.get("outcome"),
                TextLabel(" ".join(words.value.split()), words.language) if isinstance(words, Literal) else None,
                list(dict.fromkeys(r["inferred"] for r in same if "inferred" in r)),
                literal_text(row, "planned") == "true" and self._is_past(literal_text(row, "latest")),
                frozenset(r["quote"] for r in same if "quote" in r),
                frozenset(r["cueQuote"] for r in same if "cueQuote" in r),
                " ".join(literal_text(row, "cue").split()),
                literal_text(row, "background") != "true",
                literal_text(row, "asOf"),
                (literal_text(row, "earliest"), literal_text(row, "latest")),
            )

    def _is_past(self, latest: str) -> bool:
        try:
            return date.fromisoformat(latest[:10]) < self._today
        except ValueError:
            return False


def _linked(name: str, targets: QuoteTargets) -> Sequence[Piece[Label]]:
    """The wording or the comment with links; without them where the report's text is not held."""
    text = targets.observation.text(name) or ""
    return with_links(text, name, targets) if targets.reading else [Text(text)]
