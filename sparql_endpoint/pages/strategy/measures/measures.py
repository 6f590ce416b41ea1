"""`/measures`: all measures, chosen and ordered by the address; the same ones as CSV, JSON and Turtle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from pyoxigraph import NamedNode
from werkzeug import wrappers

from sparql_endpoint.errors import RequestError
from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import HTML, Format
from sparql_endpoint.http.languages import linked
from sparql_endpoint.pages.frame.collection import Collection
from sparql_endpoint.pages.frame.derived_labels import shorten
from sparql_endpoint.pages.strategy.base.filters import FILTERS, NONE, Choices, Value
from sparql_endpoint.pages.strategy.base.measure_query import (
    SORTS,
    Listing,
    MeasureQuery,
    alphabetical,
    read_measure_query,
    wordings,
)
from sparql_endpoint.pages.strategy.base.progress import sentence, shares, value_name
from sparql_endpoint.pages.strategy.base.strategies import current
from sparql_endpoint.pages.strategy.base.table import Measure, Strategy
from sparql_endpoint.pages.strategy.measures import measure_files
from sparql_endpoint.services import responses
from sparql_endpoint.services.labels import Label, Labels, TextLabel, request_labels
from sparql_endpoint.services.requested_format import requested_format

blueprint = Blueprint("measures", __name__)
_WORDING = 180
"""Characters of a wording that the list shows."""
FORMATS = (HTML, *measure_files.FORMATS)
_ARGUMENTS = (*FILTERS, "q", "sort", "strategy")


@dataclass(frozen=True)
class Option:
    """A value to choose: its spelling in an address, its name, and how many measures have it with the other filters."""

    spelling: str
    name: Label
    count: int
    group: str = ""
    is_narrower: bool = False
    """Whether it is part of the value before it."""


@dataclass(frozen=True)
class MeasureRow:
    """A measure of the list."""

    number: str
    title: Label
    wording: Label
    theme: Label | None
    status: Label
    tone: int
    agents: Sequence[Label]
    due: str


@blueprint.get("/measures")
@blueprint.get("/measures.<suffix>")
def measures(suffix: str = "") -> wrappers.Response:
    """The list; 400 with what there is to choose from where the address asks for something else."""
    form = requested_format(FORMATS, suffix)
    strategy, labels = current(request.args.get("strategy", "")), request_labels()
    labels.expect(strategy.terms())
    choices = Choices(strategy)
    measure_query = read_measure_query(request.args.getlist, choices)
    listing = Listing(strategy, choices, labels)
    if form is HTML:
        if any(not value for name, value in request.args.items(multi=True) if name in _ARGUMENTS):
            return redirect(linked("measures.measures", **_without_empty(measure_query)))
        return _page(measure_query, listing, strategy, choices)
    if measure_query.wrong:
        raise RequestError("; ".join(f"“{wrong.value}” is no {wrong.name} here" for wrong in measure_query.wrong))
    answer = Response(
        measure_files.serialize_measures(form, listing.measures(measure_query), strategy, labels),
        content_type=form.content_type,
    )
    answer.headers["Content-Language"] = labels.language
    answer.vary.update(["Accept", "Accept-Language"])
    return answer


def _without_empty(measure_query: MeasureQuery) -> Mapping[str, str]:
    """The query without empty values: what a form leaves empty is not asked for."""
    return {**measure_query.query, **{wrong.name: wrong.value for wrong in measure_query.wrong}}


def _page(measure_query: MeasureQuery, listing: Listing, strategy: Strategy, choices: Choices) -> Response:
    view = View(strategy, choices, listing)
    fitting = listing.measures(measure_query)
    titles = [listing.title(measure) for measure in fitting]
    documents = {_address(form, measure_query): form for form in measure_files.FORMATS}
    return Collection(languages.say("measures", listing.labels.language), titles, documents, wordings(fitting)).page(
        "measures.html",
        400 if measure_query.wrong else 200,
        measure_query=measure_query,
        issued=strategy.issued,
        sentence=sentence(strategy, listing.labels.language, responses.today()),
        shares=shares(strategy, fitting, listing.labels, lambda **status: _chosen(measure_query, status)),
        total=len(strategy.measures),
        rows=[view.row(measure) for measure in fitting],
        options={name: view.options(name, measure_query) for name in FILTERS},
        chosen={name: view.chosen(name, spelling) for name, spelling in measure_query.filters.items()},
        sorts=SORTS,
        formats=measure_files.FORMATS,
        alternates={form.name: _address(form, measure_query) for form in measure_files.FORMATS},
    )


def _chosen(measure_query: MeasureQuery, filters: Mapping[str, str]) -> str:
    return linked("measures.measures", **{**measure_query.query, **filters})


def _address(form: Format, measure_query: MeasureQuery) -> str:
    return linked("measures.measures", suffix=form.suffixes[0], **measure_query.query)


class View:
    """Rows and options as the page shows them."""

    def __init__(self, strategy: Strategy, choices: Choices, listing: Listing) -> None:
        self._strategy = strategy
        self.choices = choices
        self._listing = listing
        self.labels: Labels = listing.labels

    def title(self, measure: Measure) -> Label:
        """The measure's short title, or the report's wording where it has none."""
        return self._listing.title(measure)

    def status(self, measure: Measure) -> Label:
        """How it stands, in words."""
        status = measure.status or measure.status_text
        return self.labels.of(status) if status else TextLabel(self._say("not_stated"))

    def tone(self, measure: Measure) -> int:
        """The number of its status's colour."""
        return self._strategy.statuses.tone(measure.status)

    def row(self, measure: Measure) -> MeasureRow:
        """The measure as the list shows it."""
        show, due = self.labels.of, self._listing.due(measure)
        return MeasureRow(
            measure.key if measure.number is None else str(measure.number),
            self.title(measure),
            TextLabel(shorten(measure.text.value, _WORDING), measure.text.language),
            show(measure.theme) if measure.theme else None,
            self.status(measure),
            self.tone(measure),
            [show(agent.iri) for agent in measure.agents],
            due.when if due else "",
        )

    def options(self, name: str, measure_query: MeasureQuery) -> Sequence[Option]:
        """The values of a filter that fit the rest of the query, by name; years by number, wide statuses first."""
        options = list(self._options(name, measure_query))
        if name in ("status", "year"):
            return options if name == "status" else sorted(options, key=lambda option: option.spelling)
        return sorted(options, key=lambda o: (o.spelling == NONE, alphabetical(o.group), alphabetical(o.name.text)))

    def _options(self, name: str, measure_query: MeasureQuery) -> Iterator[Option]:
        groups = self._groups() if name == "service" else {}
        counts = self.choices.counts(name, self._listing.measures_beside(name, measure_query))
        chosen = measure_query.filters.get(name)
        for value, spelling in self.choices.values(name).items():
            if counts.get(value) or spelling == chosen:
                is_narrower = isinstance(value, NamedNode) and self._strategy.statuses.top(value) != value
                yield Option(spelling, self._name(value), counts.get(value, 0), groups.get(value, ""), is_narrower)

    def _groups(self) -> Mapping[Value, str]:
        """What kind of thing each is that measures are about: a class that has a name of its own."""
        classes = {e.iri: e.classes for measure in self._strategy.measures for e in measure.entities}
        self.labels.expect(kind for kinds in classes.values() for kind in kinds)
        return {iri: self._group(kinds) for iri, kinds in classes.items()}

    def _group(self, classes: Sequence[NamedNode]) -> str:
        names = [self.labels.of(kind) for kind in classes]
        translated = [name.text for name in names if name.language == self.labels.language]
        return min(translated, key=alphabetical).capitalize() if translated else self._say("other")

    def chosen(self, name: str, spelling: str) -> Label:
        """The name of a value that the address asks for; as it is spelled where there is none."""
        value = self.choices.meant(name, spelling)
        return TextLabel(spelling) if value is None else self._name(value)

    def _name(self, value: Value) -> Label:
        return value_name(value, self.labels)

    def _say(self, key: str) -> str:
        return languages.say(key, self.labels.language)
