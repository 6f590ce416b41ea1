"""The first page: the strategy at a glance, or of other data what it is and how to query it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http import languages
from sparql_endpoint.http.languages import linked
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.strategy.base.strategies import current, strategies
from sparql_endpoint.pages.strategy.latest_changes import ReportChanges
from sparql_endpoint.pages.strategy.overview import OverviewBuilder, last_part
from sparql_endpoint.queries import query
from sparql_endpoint.services import responses, void_counts
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.services.services import serving

blueprint = Blueprint("start", __name__)
_MAX_GRAPHS = 200
_MAX_CLASSES = 10


@blueprint.get("/")
def start() -> Response:
    """Answer the page."""
    labels = request_labels()
    version, licences = serving().store.version(), _licences(labels)
    every = strategies()
    if not every:
        return _general(labels, version, licences)
    if not (strategy := current(request.args.get("strategy", ""))).measures:
        raise NotFoundError(languages.say("strategy_unknown", labels.language))
    labels.expect([*strategy.terms(), *(one.iri for one in every if one.iri)])
    today = responses.today()
    all_measures = linked("measures.measures", **({} if strategy is every[0] else {"strategy": strategy.key}))

    def measures(**filters: str) -> str:
        """Return the address of the list of measures; the page has dozens of these."""
        return f"{all_measures}{'&' if '?' in all_measures else '?'}{urlencode(filters)}"

    return page(
        "overview.html",
        overview=OverviewBuilder(strategy, labels, measures).overview(today),
        changes=ReportChanges(strategy, labels).changes(),
        reports=[last_part(report) for _, report in strategy.reports[-2:]],
        other_strategies=[(one, labels.of(one.iri)) for one in every if one is not strategy and one.iri],
        all_measures=all_measures,
        today=today,
        version=version,
        licences=licences,
    )


def _general(labels: Labels, version: str, licences: Sequence[tuple[Label, int]]) -> Response:
    """Return the page of a store about something else, with its numbers where they are known."""
    here, contents = serving(), void_counts.contents()
    numbers = contents.counts
    listed = here.store.select(query("graph-names")) if here.store.version() else ()  # of others, what VoID knows
    largest = numbers.classes[:_MAX_CLASSES] if numbers else ()
    return page(
        "start.html",
        graphs=[labels.of(graph) for graph in ([row["graph"] for row in listed] or contents.graphs[:_MAX_GRAPHS])],
        numbers=numbers,
        classes=[(labels.of(of.name), of.entities) for of in largest],
        version=version,
        licences=licences,
    )


def _licences(labels: Labels) -> Sequence[tuple[Label, int]]:
    """Return the licences of graphs, each with the number of its graphs."""
    counts = Counter(row["licence"] for row in labels.serving.store.select(query("licences")))
    return [(labels.of(licence), count) for licence, count in counts.items()]
