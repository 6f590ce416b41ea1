"""The menu of every page: only what this server has and its data is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, request

from nbkg.errors import NbkgError
from sparql_endpoint.http.languages import linked
from sparql_endpoint.queries import query
from sparql_endpoint.services.per_version import Versioned
from sparql_endpoint.services.services import serving

_NAME = "sparql_endpoint.menu"


@dataclass(frozen=True)
class Entry:
    """A page of the menu: the key of its name, its endpoint, and whether it needs the strategy to be in the data."""

    word: str
    endpoint: str
    strategy: bool = True
    also: frozenset[str] = frozenset()
    """Other blueprints whose pages are reached through it."""


ENTRIES = (
    Entry("start", "start.start", strategy=False),
    Entry("measures", "measures.measures"),
    Entry("who", "units.units", also=frozenset({"services", "partners", "concepts"})),
    Entry("network", "network.network"),
    Entry("reports", "reports.reports", also=frozenset({"differences"})),
    Entry("data", "data.data", strategy=False),
    Entry("query", "desk.desk", strategy=False),
)


@dataclass(frozen=True)
class Item:
    """An entry as it is shown."""

    word: str
    href: str
    current: bool


def _items() -> Iterator[Item]:
    blueprint = (request.endpoint or "").partition(".")[0]
    for entry in ENTRIES:
        if entry.endpoint in current_app.view_functions and (has_strategy() or not entry.strategy):
            yield Item(entry.word, linked(entry.endpoint), blueprint in {entry.endpoint.partition(".")[0], *entry.also})


def menu() -> Sequence[Item]:
    """The menu of this request's page."""
    return list(_items())


def has_strategy() -> bool:
    """Whether the data is about a strategy's measures; asked once for each version of the data.

    False where the store does not answer: the page that tells of it has a menu too.
    """
    store = serving().store
    known = cast(Versioned[bool], current_app.extensions[_NAME])
    asked = lambda: bool(store.select(query("pages/any-measure")))  # noqa: E731  # computed only when it is not known
    try:
        return known.get(store.version, asked, serving().settings.threads)
    except NbkgError:
        return False


def register(app: Flask) -> None:
    """Adds the menu to the templates."""
    app.extensions[_NAME] = Versioned[bool]()
    app.context_processor(lambda: {"menu": menu, "has_strategy": has_strategy})
