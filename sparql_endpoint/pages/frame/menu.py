"""The menu of every page: only what this server has and its data is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Flask, current_app, request

from nbkg.errors import NbkgError
from sparql_endpoint.http.languages import linked
from sparql_endpoint.queries import query
from sparql_endpoint.services.services import serving


@dataclass(frozen=True)
class MenuEntry:
    """A page of the menu: the key of its name, its endpoint, and whether it needs the strategy to be in the data."""

    word: str
    endpoint: str
    strategy: bool = True
    library: bool = False
    """Whether it needs records of a catalogue to be in the data."""
    also: frozenset[str] = frozenset()
    """Other blueprints whose pages are reached through it."""


ENTRIES = (
    MenuEntry("start", "start.start", strategy=False),
    MenuEntry("measures", "measures.measures"),
    MenuEntry("who", "units.units", also=frozenset({"services", "partners", "concepts"})),
    MenuEntry("library", "library.library", strategy=False, library=True),
    MenuEntry("network", "network.network"),
    MenuEntry("reports", "reports.reports", also=frozenset({"differences", "feeds"})),
    MenuEntry(
        "data",
        "data.data",
        strategy=False,
        also=frozenset({"conflicts", "decisions", "void", "dumps", "prefixes", "shapes", "difference"}),
    ),
    MenuEntry("query", "query_page.query_page", strategy=False, also=frozenset({"endpoint"})),
)


@dataclass(frozen=True)
class MenuItem:
    """An entry as the template writes it."""

    word: str
    href: str
    current: str
    """The value of `aria-current`: `page` for the page itself, `true` for the section of another one; else empty."""


def _items(section: str) -> Iterator[MenuItem]:
    section = section or _blueprint(request.endpoint or "")
    for entry in ENTRIES:
        if entry.endpoint in current_app.view_functions and _has_subject(entry):
            within = "true" if section in {_blueprint(entry.endpoint), *entry.also} else ""
            current = "page" if request.endpoint == entry.endpoint else within
            yield MenuItem(entry.word, linked(entry.endpoint), current)


def _has_subject(entry: MenuEntry) -> bool:
    return (has_strategy() or not entry.strategy) and (has_library() or not entry.library)


def _blueprint(endpoint: str) -> str:
    return endpoint.partition(".")[0]


def menu(section: str = "") -> Sequence[MenuItem]:
    """Return the menu of this request's page, which is in the section of a blueprint: its own if none is named."""
    return list(_items(section))


def has_strategy() -> bool:
    """Return whether the data holds measures of a strategy; the store is asked once for each version of the data.

    False where the store does not answer: the page that reports the error has a menu too.
    """
    here = serving()
    try:
        return here.per_version(__name__, lambda: bool(here.store.select(query("pages/any-measure"))))
    except NbkgError:
        return False


def has_library() -> bool:
    """Return whether the data holds records of a catalogue, as `has_strategy` does for measures."""
    here = serving()
    try:
        return here.per_version(
            f"{__name__}.library", lambda: bool(here.store.select(query("pages/library/any-record")))
        )
    except NbkgError:
        return False


def register(app: Flask) -> None:
    """Add the menu to the templates."""
    app.context_processor(lambda: {"menu": menu, "has_strategy": has_strategy})
