"""The page of a measure: its wording, how it stood in each report, what was promised, and the words behind it all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template
from pyoxigraph import Literal, NamedNode

from sparql_endpoint import answering, dates, languages
from sparql_endpoint.display import Display, Shown
from sparql_endpoint.formats import GRAPHS
from sparql_endpoint.pages import document, statements
from sparql_endpoint.pages.citation import Citation
from sparql_endpoint.pages.current import current
from sparql_endpoint.pages.evidence import Evidence, Numbered, evidence, with_links
from sparql_endpoint.pages.passages import Piece, Text
from sparql_endpoint.pages.reading import Quote, Reading
from sparql_endpoint.pages.report import KINDS
from sparql_endpoint.pages.reports import read
from sparql_endpoint.pages.strategy import Observation, Strategy
from sparql_endpoint.pages.thing import Thing
from sparql_endpoint.pages.told import Told, told
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Row, Term


@dataclass(frozen=True)
class Milestone:
    """A dated claim: when (EDTF), its outcome, the words, what the reading added; whether its time has passed."""

    when: str
    outcome: Term | None
    words: Shown | None
    inferred: Sequence[Term]
    is_past: bool
    quotes: frozenset[Term]
    """What quotes the words."""


@dataclass(frozen=True)
class Telling:
    """What one report tells of the measure; `told` is None where it does not speak of it."""

    report: Term
    issued: str
    told: Told | None = None
    reading: Reading | None = None
    text: Sequence[Piece[Shown]] = ()
    comment: Sequence[Piece[Shown]] = ()
    milestones: Sequence[Milestone] = ()
    facts: Mapping[str, Sequence[Term]] | None = None
    evidence: Evidence | None = None
    changed: Sequence[str] = ()
    """What is otherwise than in the report before: text, comment."""


def html(thing: Thing) -> str:
    """The page of a measure; the general one where no report tells of it."""
    strategy = current()
    observations = {o.report: o for o in strategy.observations if o.measure == thing.iri}
    tellings = _Tellings(thing, strategy, observations).tellings() if observations else ()
    newest = next((telling for telling in tellings if telling.told), None)
    if newest is None:
        return document.html(thing.iri, thing.statements, thing.display)
    shows = thing.display
    name, said = _title(thing, newest), statements.said(thing)
    return render_template(
        "measure.html",
        iri=thing.iri.value,
        anchor=thing.iri.value.rpartition("/")[2],
        name=name,
        newest=newest,
        tellings=tellings,
        is_current=newest is tellings[0],
        strategy_of=_first(thing, "partOfStrategy"),
        tone=strategy.statuses.tone,
        show=shows.show,
        kinds=KINDS,
        means=_Meaning(newest, shows),
        citation=_citation(thing, newest, name),
        said=said,
        formats=GRAPHS,
    )


class _Tellings:
    """Reads what the reports tell of a measure, and asks for the names of all of it at once."""

    def __init__(self, thing: Thing, strategy: Strategy, observations: Mapping[Term, Observation]) -> None:
        self._thing = thing
        self._observations = observations
        self._reports = strategy.reports
        self._store = thing.display.serving.store
        self._today = answering.today()

    def tellings(self) -> Sequence[Telling]:
        """From the newest report to the first one that tells of it."""
        store, iri = self._store, self._thing.iri
        milestones = _by_observation(store.select(query("pages/measure/milestones"), {"iri": iri}))
        facts = _by_observation(store.select(query("pages/measure/facts"), {"iri": iri}))
        found = [(issued, report, *self._read(report)) for issued, report in self._reports]
        self._thing.display.learn(self._terms(found, milestones, facts))
        made: list[Telling] = []
        for issued, report, reading, said in found:
            observation = self._observations.get(report)
            if observation is None or said is None:
                made += [Telling(report, issued)] if made else []
                continue
            before = next((telling.told for telling in reversed(made) if telling.told), None)
            made.append(
                Telling(
                    report,
                    issued,
                    said,
                    reading,
                    self._linked("text", said, reading),
                    self._linked("comment", said, reading),
                    list(self._milestones(milestones.get(observation.iri, ()))),
                    _facts(facts.get(observation.iri, ())),
                    evidence(reading, observation.iri) if reading else None,
                    [n for n in ("text", "comment") if before and before.text(n) != said.text(n)],
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

    def _linked(self, name: str, said: Told, reading: Reading | None) -> Sequence[Piece[Shown]]:
        """The wording or the comment with links; where the report's text is not held as it is."""
        text = said.text(name) or ""
        if reading is None:
            return [Text(text)]
        links = {
            span.said.named: self._thing.display.show(span.said.named)
            for span in reading.spans
            if span.said.observation == said.observation and span.said.named is not None
        }
        return with_links(text, name, reading, said.observation, links)

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
                Shown(" ".join(words.value.split()), words.language) if isinstance(words, Literal) else None,
                list(dict.fromkeys(r["inferred"] for r in same if "inferred" in r)),
                _text(row, "planned") == "true" and self._is_past(_text(row, "latest")),
                frozenset(r["quote"] for r in same if "quote" in r),
            )

    def _is_past(self, latest: str) -> bool:
        try:
            return date.fromisoformat(latest[:10]) < self._today
        except ValueError:
            return False


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


def _title(thing: Thing, newest: Telling) -> Shown:
    """The short title, or the wording where the measure has none."""
    shown = thing.display.show(thing.iri)
    wording = newest.told.values.get("text") if newest.told else None
    if isinstance(wording, Literal) and shown.text == thing.display.compact(thing.iri.value):
        return Shown(wording.value, wording.language)
    return shown


def _first(thing: Thing, local: str) -> Term | None:
    own = (s.value for s in thing.statements if s.subject == thing.iri and s.property.value.endswith(f"#{local}"))
    return next(own, None)


class _Meaning:
    """What a passage of the newest report became, by the property that it supports."""

    def __init__(self, telling: Telling, display: Display) -> None:
        self._telling = telling
        self._display = display

    def __call__(self, passage: Numbered) -> Sequence[Shown]:
        """As it is shown beside the passage; nothing where the passage's own words say it."""
        return list(dict.fromkeys(shown for quote in passage.quotes if (shown := self._of(quote))))

    def _of(self, quote: Quote) -> Shown | None:
        if quote.named is not None:
            return self._display.show(quote.named)
        for milestone in self._telling.milestones:
            if quote.iri in milestone.quotes:
                return Shown(dates.edtf(milestone.when, self._display.language))
        values = self._telling.told.values if self._telling.told else {}
        value = values.get(quote.supports)
        return self._display.show(value) if isinstance(value, NamedNode) else None


def _citation(thing: Thing, newest: Telling, name: Shown) -> Citation:
    show, language = thing.display.show, thing.display.language
    publisher = newest.reading.particulars.get("publisher") if newest.reading else None
    number = newest.told.text("number") if newest.told else None
    measure = languages.say("measure_numbered", language, number=number) if number else name.text
    return Citation(
        show(publisher).text if publisher else "",
        show(newest.report).text,
        newest.issued,
        measure,
        thing.iri.value,
        thing.display.serving.store.version(),
    )
