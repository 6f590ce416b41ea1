"""The page of a measure: its wording, how it stood in each report, what was planned, and the words that support it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from textwrap import shorten

from flask import g, render_template
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import GRAPHS
from sparql_endpoint.pages.resource import general_page
from sparql_endpoint.pages.resource.statements import graph_sections
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.pages.strategy.base.citation import Citation
from sparql_endpoint.pages.strategy.base.strategies import strategy_of
from sparql_endpoint.pages.strategy.base.table import ROLES
from sparql_endpoint.pages.strategy.measure.evidence import Numbered
from sparql_endpoint.pages.strategy.measure.history import History, HistoryEntry
from sparql_endpoint.pages.strategy.reports.report import KINDS
from sparql_endpoint.services.labels import Label, TextLabel
from sparql_endpoint.stores.base import Term

_QUOTED = 90
"""Characters of a wording that a citation quotes: our short title is not the report's."""


def html(resource: ResourceView) -> str:
    """The page of a measure; the general one where no report tells of it."""
    strategy = strategy_of(resource.iri)
    observations = {o.report: o for o in strategy.observations if o.measure == resource.iri}
    entries = History(resource, strategy, observations).entries() if observations else ()
    newest = next((entry for entry in entries if entry.observation), None)
    if newest is None:
        return general_page.render(resource)
    labels = resource.labels
    name, statements = _title(resource, newest), graph_sections(resource)
    g.json_ld = _in_the_words_of(newest, g.get("json_ld"))
    return render_template(
        "measure.html",
        iri=resource.iri.value,
        anchor=resource.iri.value.rpartition("/")[2],
        name=name,
        newest=newest,
        entries=entries,
        is_current=newest is entries[0],
        strategy_of=_first(resource, "partOfStrategy"),
        tone=strategy.statuses.tone,
        show=labels.of,
        address=lambda term: labels.addresses.link(term.value) if isinstance(term, NamedNode) else None,
        kinds=KINDS,
        roles=ROLES,
        links=("continues", "continued_by", "served_by"),
        means=lambda passage: _means(passage, newest),
        citation=_citation(resource, newest, name),
        statements=statements,
        formats=GRAPHS,
    )


def _title(resource: ResourceView, newest: HistoryEntry) -> Label:
    """The short title, or the wording where the measure has none."""
    label = resource.labels.of(resource.iri)
    wording = newest.observation.values.get("text") if newest.observation else None
    if isinstance(wording, Literal) and label.text == resource.labels.compact(resource.iri.value):
        return TextLabel(wording.value, wording.language)
    return label


def _in_the_words_of(
    entry: HistoryEntry, described: Callable[[], Mapping[str, object]] | None
) -> Callable[[], Mapping[str, object]] | None:
    """Name the measure by the report's wording; our short title is another name, since the report does not use it."""
    wording = entry.observation.values.get("text") if entry.observation else None
    if described is None or not isinstance(wording, Literal):
        return described
    name = {"@value": wording.value, "@language": wording.language} if wording.language else wording.value
    document = described()
    ours = [document["name"]] if document["name"] != name else []
    return lambda: {**document, "name": name, **({"alternateName": ours} if ours else {})}


def _first(resource: ResourceView, local: str) -> Term | None:
    own = (s.value for s in resource.statements if s.subject == resource.iri and s.property.value.endswith(f"#{local}"))
    return next(own, None)


def _means(passage: Numbered, entry: HistoryEntry) -> Sequence[Label]:
    """What a passage became, as it is shown beside it; nothing where its own words say it."""
    if entry.targets is None:
        return ()
    labels = (entry.targets.of(quote, passage.words) for quote in passage.quotes)
    return list(dict.fromkeys(label for label in labels if label))


def _citation(resource: ResourceView, newest: HistoryEntry, name: Label) -> Citation:
    show, language = resource.labels.of, resource.labels.language
    publisher = newest.reading.metadata.get("publisher") if newest.reading else None
    number = newest.observation.text("number") if newest.observation else None
    wording = newest.observation.text("text") if newest.observation else None
    quoted = f"«{shorten(wording, _QUOTED, placeholder=' …')}»" if wording else name.text
    measure = languages.say("measure_numbered", language, number=number) if number else quoted
    return Citation(
        show(publisher).text if publisher else "",
        show(newest.report).text,
        newest.issued,
        measure,
        resource.iri.value,
        resource.labels.serving.store.version(),
    )
