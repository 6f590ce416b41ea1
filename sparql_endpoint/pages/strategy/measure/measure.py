"""The page of a measure: its wording, how it stood in each report, what was promised, and the words behind it all."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import GRAPHS
from sparql_endpoint.pages.resource import statements as document
from sparql_endpoint.pages.resource import statements_view as statements
from sparql_endpoint.pages.resource.view import Thing
from sparql_endpoint.pages.strategy.base.citation import Citation
from sparql_endpoint.pages.strategy.base.strategies import current
from sparql_endpoint.pages.strategy.measure.evidence import Numbered
from sparql_endpoint.pages.strategy.measure.history import Telling, Tellings
from sparql_endpoint.pages.strategy.reports.report import KINDS
from sparql_endpoint.services.labels import Label, TextLabel
from sparql_endpoint.stores.base import Term


def html(thing: Thing) -> str:
    """The page of a measure; the general one where no report tells of it."""
    strategy = current()
    observations = {o.report: o for o in strategy.observations if o.measure == thing.iri}
    tellings = Tellings(thing, strategy, observations).tellings() if observations else ()
    newest = next((telling for telling in tellings if telling.told), None)
    if newest is None:
        return document.html(thing.iri, thing.statements, thing.labels)
    labels = thing.labels
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
        show=labels.of,
        address=lambda term: labels.addresses.link(term.value) if isinstance(term, NamedNode) else None,
        kinds=KINDS,
        means=lambda passage: _means(passage, newest),
        citation=_citation(thing, newest, name),
        said=said,
        formats=GRAPHS,
    )


def _title(thing: Thing, newest: Telling) -> Label:
    """The short title, or the wording where the measure has none."""
    shown = thing.labels.of(thing.iri)
    wording = newest.told.values.get("text") if newest.told else None
    if isinstance(wording, Literal) and shown.text == thing.labels.compact(thing.iri.value):
        return TextLabel(wording.value, wording.language)
    return shown


def _first(thing: Thing, local: str) -> Term | None:
    own = (s.value for s in thing.statements if s.subject == thing.iri and s.property.value.endswith(f"#{local}"))
    return next(own, None)


def _means(passage: Numbered, telling: Telling) -> Sequence[Label]:
    """What a passage became, as it is shown beside it; nothing where its own words say it."""
    if telling.became is None:
        return ()
    found = (telling.became.of(quote, passage.words) for quote in passage.quotes)
    return list(dict.fromkeys(shown for shown in found if shown))


def _citation(thing: Thing, newest: Telling, name: Label) -> Citation:
    show, language = thing.labels.of, thing.labels.language
    publisher = newest.reading.particulars.get("publisher") if newest.reading else None
    number = newest.told.text("number") if newest.told else None
    measure = languages.say("measure_numbered", language, number=number) if number else name.text
    return Citation(
        show(publisher).text if publisher else "",
        show(newest.report).text,
        newest.issued,
        measure,
        thing.iri.value,
        thing.labels.serving.store.version(),
    )
