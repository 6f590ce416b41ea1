"""What the reports tell of one measure, from the newest to the first: status, comment, dates, the words behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.pages.resource.view import Thing
from sparql_endpoint.pages.strategy.base.observation_text import Reading
from sparql_endpoint.pages.strategy.base.observations import Told, told
from sparql_endpoint.pages.strategy.base.passages import Piece, Text
from sparql_endpoint.pages.strategy.base.table import Observation, Strategy
from sparql_endpoint.pages.strategy.measure.evidence import Evidence, evidence, with_links
from sparql_endpoint.pages.strategy.measure.target_changes import Became, Milestone
from sparql_endpoint.pages.strategy.reports.reports import read
from sparql_endpoint.queries import query
from sparql_endpoint.services import responses as answering
from sparql_endpoint.services.labels import Label, TextLabel
from sparql_endpoint.stores.base import Row, Term


@dataclass(frozen=True)
class Telling:
    """What one report tells of the measure; `told` is None where it does not speak of it."""

    report: Term
    issued: str
    told: Told | None = None
    reading: Reading | None = None
    text: Sequence[Piece[Label]] = ()
    comment: Sequence[Piece[Label]] = ()
    milestones: Sequence[Milestone] = ()
    became: Became | None = None
    facts: Mapping[str, Sequence[Term]] | None = None
    evidence: Evidence | None = None
    changed: Sequence[str] = ()
    """What is otherwise than in the report before: text, comment."""


class Tellings:
    """Reads what the reports tell of a measure, and asks for the names of all of it at once."""

    def __init__(self, thing: Thing, strategy: Strategy, observations: Mapping[Term, Observation]) -> None:
        self._thing = thing
        self._observations = observations
        self._reports = strategy.reports
        self._store = thing.labels.serving.store
        self._today = answering.today()

    def tellings(self) -> Sequence[Telling]:
        """From the newest report to the first one that tells of it."""
        store, iri = self._store, self._thing.iri
        milestones = _by_observation(store.select(query("pages/measure/milestones"), {"iri": iri}))
        facts = _by_observation(store.select(query("pages/measure/facts"), {"iri": iri}))
        found = [(issued, report, *self._read(report)) for issued, report in self._reports]
        self._thing.labels.expect(self._terms(found, milestones, facts))
        made: list[Telling] = []
        for issued, report, reading, said in found:
            observation = self._observations.get(report)
            if observation is None or said is None:
                made += [Telling(report, issued)] if made else []
                continue
            before = next((telling.told for telling in reversed(made) if telling.told), None)
            claims = list(self._milestones(milestones.get(observation.iri, ())))
            became = Became(said, reading, claims, self._thing.labels)
            made.append(
                Telling(
                    report,
                    issued,
                    said,
                    reading,
                    _linked("text", became),
                    _linked("comment", became),
                    claims,
                    became,
                    _facts(facts.get(observation.iri, ())),
                    evidence(reading, observation.iri) if reading else None,
                    [name for name in ("text", "comment") if before and before.text(name) != said.text(name)],
                )
            )
        return made[::-1]

    def _read(self, report: Term) -> tuple[Reading | None, Told | None]:
        observation = self._observations.get(report)
        if observation is None or not isinstance(report, NamedNode):
            return None, None
        reading = read(report)
        rows = reading.told if reading else told(self._store, report)
        return reading, next((row for row in rows if row.observation == observation.iri), None)

    def _terms(
        self, found: Sequence[tuple[str, Term, Reading | None, Told | None]], *rows: Mapping[Term, Sequence[Row]]
    ) -> Iterator[Term]:
        """All that the page names."""
        yield self._thing.iri
        for _, report, reading, said in found:
            yield report
            yield from (reading.particulars.values() if reading else ())
            if said is None:
                continue
            yield from said.values.values()
            yield from (one.agent for one in said.answering)
            yield from (term for terms in said.others.values() for term in terms)
            spans = reading.spans if reading else ()
            yield from (s.said.named for s in spans if s.said.observation == said.observation and s.said.named)
        yield from (term for by in rows for of in by.values() for row in of for term in row.values())

    def _milestones(self, rows: Sequence[Row]) -> Iterator[Milestone]:
        apart: dict[Term, list[Row]] = {}
        for row in rows:
            apart.setdefault(row["milestone"], []).append(row)
        for same in apart.values():
            row = same[0]
            words = row.get("words")
            yield Milestone(
                _text(row, "when"),
                row.get("outcome"),
                TextLabel(" ".join(words.value.split()), words.language) if isinstance(words, Literal) else None,
                list(dict.fromkeys(r["inferred"] for r in same if "inferred" in r)),
                _text(row, "planned") == "true" and self._is_past(_text(row, "latest")),
                frozenset(r["quote"] for r in same if "quote" in r),
            )

    def _is_past(self, latest: str) -> bool:
        try:
            return date.fromisoformat(latest[:10]) < self._today
        except ValueError:
            return False


def _linked(name: str, became: Became) -> Sequence[Piece[Label]]:
    """The wording or the comment with links; without them where the report's text is not held."""
    text = became.told.text(name) or ""
    return with_links(text, name, became) if became.reading else [Text(text)]


def _by_observation(rows: Sequence[Row]) -> Mapping[Term, Sequence[Row]]:
    found: dict[Term, list[Row]] = {}
    for row in rows:
        found.setdefault(row["observation"], []).append(row)
    return found


def _facts(rows: Sequence[Row]) -> Mapping[str, Sequence[Term]]:
    found: dict[str, list[Term]] = {}
    for row in rows:
        found.setdefault(_text(row, "fact"), []).append(row["value"])
    return found


def _text(row: Row, name: str) -> str:
    term = row.get(name)
    return term.value if isinstance(term, Literal) else ""
