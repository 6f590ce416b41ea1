"""What the data set as a whole says of itself, for every page: what it is, on what terms, how to report an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal

from sparql_endpoint import languages
from sparql_endpoint.display import Display, Shown
from sparql_endpoint.pages.page import display
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Term


def in_templates() -> dict[str, object]:
    """What every template may use: `standing()`, asked for only where it is shown."""
    return {"standing": _standing}


def _standing() -> Mapping[str, Sequence[Shown]]:
    """By the property's local name: literals in the best language only."""
    shows = display()
    by_property: dict[str, list[Term]] = {}
    for row in shows.serving.store.select(query("pages/standing")):
        local = str(row["property"]).strip("<>").replace("#", "/").rpartition("/")[2]
        by_property.setdefault(local, []).append(row["value"])
    return {name: [shows.show(term) for term in _best(terms, shows)] for name, terms in by_property.items()}


def _best(terms: Sequence[Term], shows: Display) -> Sequence[Term]:
    ranks = [languages.rank(t.language, shows.language) for t in terms if isinstance(t, Literal)]
    return [t for t in terms if not isinstance(t, Literal) or languages.rank(t.language, shows.language) == min(ranks)]
