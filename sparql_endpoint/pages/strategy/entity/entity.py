"""The page of a unit, a service, a partner, a concept: what it is, and which measures have to do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flask import render_template
from pyoxigraph import NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.solutions import literal_text
from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import GRAPHS
from sparql_endpoint.pages.resource import general_page
from sparql_endpoint.pages.resource.statements import graph_sections
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.pages.strategy.base.charts import BarChart, BarPart, BarRow, bars
from sparql_endpoint.pages.strategy.base.filters import FILTERS, Choices
from sparql_endpoint.pages.strategy.base.strategies import current, strategies
from sparql_endpoint.pages.strategy.base.table import Strategy
from sparql_endpoint.pages.strategy.entity import relations
from sparql_endpoint.pages.strategy.entity.entity_facts import EntityFacts
from sparql_endpoint.pages.strategy.entity.relations import Context, Related
from sparql_endpoint.pages.strategy.reports.reports import listed, read
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels, TextLabel
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Term


@dataclass(frozen=True)
class EntityMeasure:
    """A measure that has to do with the thing: in which ways, and the words that name the thing."""

    related: Related
    name: Label
    contexts: Sequence[Context]


def of(kind: str, index: str) -> Callable[[ResourceView], str]:
    """What makes the page of things of a kind, which stand in the index of that endpoint."""
    return partial(_html, kind, index)


def _html(kind: str, index: str, resource: ResourceView) -> str:
    strategy, labels = current(), resource.labels
    if not strategy.measures:
        return general_page.render(resource)
    facts = EntityFacts(resource.iri, labels)
    return render_template(
        "entity.html",
        **_measures(resource, strategy, facts),
        iri=resource.iri.value,
        name=labels.of(resource.iri),
        kind=kind,
        index=index,
        definition=facts.definition(),
        facts=facts.facts(),
        identifiers=facts.identifiers(),
        names=facts.names(),
        related=facts.related(),
        own_strategy=next((one for one in strategies() if one.iri == resource.iri), None),
        show=labels.of,
        statements=graph_sections(resource),
        formats=GRAPHS,
    )


def _measures(resource: ResourceView, strategy: Strategy, facts: EntityFacts) -> Mapping[str, object]:
    """What the page tells of the measures; all names are asked for here."""
    labels = resource.labels
    issued = {one.report: one.issued for one in listed()}
    named = relations.contexts(((report, reading) for report in issued if (reading := read(report))), resource.iri)
    related = relations.related(strategy, resource.iri, facts.concepts(), relations.Naming(named, _roles(resource.iri)))
    labels.expect([resource.iri, *facts.terms(), *strategy.terms(), *named])
    now = {one.measure.iri for one in related}
    earlier = {measure: contexts for measure, contexts in named.items() if measure not in now}
    return {
        "lines": [EntityMeasure(one, labels.of(one.measure.iri), named.get(one.measure.iri, ())) for one in related],
        "earlier": [(labels.of(measure), issued[of[0].report], of) for measure, of in earlier.items()],
        "chart": _chart(related, strategy, labels) if len(related) > 1 else None,
        "beside": _named_together(related, resource.iri, labels),
        "chosen": _chosen(resource.iri, Choices(strategy)),
        "newest": strategy.issued,
        "tone": strategy.statuses.tone,
    }


def _roles(iri: NamedNode) -> Mapping[Term, Sequence[str]]:
    """The roles in which the newest report names a thing, by measure."""
    rows = serving().store.select(query("pages/thing/roles"), {"iri": iri})
    return group_values((row["measure"], literal_text(row, "role")) for row in rows)


def _chosen(iri: NamedNode, choices: Choices) -> Mapping[str, str] | None:
    """How an address asks for the measures of the thing; None where no filter has it."""
    return next(({name: of[iri]} for name in FILTERS if iri in (of := choices.values(name))), None)


def _chart(related: Sequence[Related], strategy: Strategy, labels: Labels) -> BarChart:
    """A bar for each way in which measures have to do with the thing, by status."""
    ways = list(dict.fromkeys(way for one in related for way in one.ways))
    say = partial(languages.say, language=labels.language)
    rows = [
        BarRow(TextLabel(say(way)), _parts([o for o in related if way in o.ways], strategy, labels)) for way in ways
    ]
    return bars("standing", say("how_they_stand"), rows)


def _parts(related: Sequence[Related], strategy: Strategy, labels: Labels) -> Sequence[BarPart]:
    tops = [strategy.statuses.top(one.measure.status) for one in related]
    known = [BarPart(labels.of(top), tops.count(top), strategy.statuses.tone(top)) for top in strategy.statuses.ordered]
    none = TextLabel(languages.say("not_stated", labels.language))
    return [*known, BarPart(none, sum(top not in strategy.statuses.tops for top in tops), 0)]


def _named_together(
    related: Sequence[Related], iri: NamedNode, labels: Labels
) -> Sequence[tuple[str, Sequence[tuple[Label, int]]]]:
    """The units, things and partners of the same measures."""
    groups = {
        "same_units": relations.responsible_agents(related, iri),
        "same_things": relations.named_together(related, iri, involved=False),
        "same_partners": relations.named_together(related, iri, involved=True),
    }
    return [(word, [(labels.of(one), count) for one, count in group]) for word, group in groups.items() if group]
