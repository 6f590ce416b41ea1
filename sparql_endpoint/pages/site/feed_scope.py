"""Whose changes a feed reports: all, those of one resource, of chosen measures, or of what a search finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import request
from pyoxigraph import NamedNode

from sparql_endpoint.errors import NotFoundError, RequestError
from sparql_endpoint.http.languages import say
from sparql_endpoint.pages.site.search_facets import read_classes
from sparql_endpoint.pages.strategy.base.filters import Choices
from sparql_endpoint.pages.strategy.base.measure_query import Listing, MeasureQuery, read_measure_query
from sparql_endpoint.pages.strategy.base.strategies import current
from sparql_endpoint.pages.strategy.changes.change import Change
from sparql_endpoint.services import text_search
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.services.resource_description import is_known
from sparql_endpoint.services.services import serving

_MAX_LENGTH = 300
"""Characters of a search."""


@dataclass(frozen=True)
class FeedScope:
    """What a feed is about."""

    path: str
    """The feed's path below the root, without a suffix and without `/` before it."""
    title: str
    page: str
    """The path of the page that the feed belongs to."""
    includes: Callable[[Change], bool]
    query: Mapping[str, str] = field(default_factory=dict)
    """The query of both addresses, in a fixed order."""
    search_terms: str = ""
    """The words of a search; empty for other feeds."""


def of_all(labels: Labels) -> FeedScope:
    """Return the scope of all changes."""
    return FeedScope("changes", say("feed_title", labels.language), "", lambda _: True)


def of_resource(key: str, labels: Labels) -> FeedScope:
    """Return the scope of one resource: its own changes, and those of measures that it has to do with.

    Raises NotFoundError where the data does not know the resource.
    """
    base = serving().settings.base
    try:
        iri = NamedNode(f"{base}id/{key}")
    except ValueError:
        iri = None
    if iri is None or not is_known(serving().store, iri):
        raise NotFoundError(f"Nothing is known of <{base}id/{key}>, so there is no feed of its changes.")
    title = say("feed_of", labels.language, name=labels.of(iri).text)
    return FeedScope(f"changes/{key}", title, f"id/{key}", lambda change: iri in change.connected)


def of_measures(labels: Labels) -> FeedScope:
    """Return the scope of the measures that the filters of this request's address choose.

    A measure is followed while it fits each filter now, or did before or after the change. Raises RequestError for a
    value that no measure has.
    """
    strategy = current()
    choices = Choices(strategy)
    measure_query = read_measure_query(request.args.getlist, choices)
    if measure_query.wrong:
        raise RequestError("; ".join(f"“{wrong.value}” is no {wrong.name} here" for wrong in measure_query.wrong))
    labels.expect(strategy.terms())
    listing = Listing(strategy, choices, labels)
    with_words = {measure.iri for measure in listing.measures(MeasureQuery(text=measure_query.text))}
    values = {name: choices.meant(name, spelling) for name, spelling in measure_query.filters.items()}
    fitting = {name: {m.iri for m in choices.having(name, value)} for name, value in values.items() if value}

    def includes(change: Change) -> bool:
        fits = (change.subject in fitting.get(name, ()) or value in change.connected for name, value in values.items())
        return change.subject in with_words and all(fits)

    names = [labels.of(v).text if isinstance(v, NamedNode) else str(v) for v in values.values()]
    name = ", ".join([*names, *([f"«{measure_query.text}»"] if measure_query.text else [])])
    title = say("feed_of_measures", labels.language, name=name) if name else say("feed_all_measures", labels.language)
    query = dict(sorted(measure_query.without("sort").items()))
    return FeedScope("changes/measures", title, "measures", includes, query)


def of_search(labels: Labels) -> FeedScope:
    """Return the scope of a saved search: what it finds now. Raises RequestError where the address has no words."""
    words, kind = request.args.get("q", "").strip()[:_MAX_LENGTH], request.args.get("kind", "")
    if not words:
        raise RequestError("The feed of a search needs its words: add ?q=…")
    resources = text_search.find(words).resources
    matches = frozenset(_of_class(resources, kind) if kind else resources)
    title = say("feed_of_search", labels.language, words=words)
    query = {"kind": kind, "q": words} if kind else {"q": words}
    return FeedScope("changes/search", title, "search", lambda change: bool(matches & _own(change)), query, words)


def _of_class(resources: Sequence[NamedNode], kind: str) -> Sequence[NamedNode]:
    classes = read_classes(resources, kind)
    return [one for one in resources if classes.is_instance(one, kind)]


def _own(change: Change) -> frozenset[object]:
    """Return what the change itself is of: the resource, and the observation of a measure."""
    return frozenset({change.subject, *([change.observation.iri] if change.observation else [])})
