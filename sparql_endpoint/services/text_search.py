"""Finds resources by words: by the index beside the store, for a small one by one in memory, else by names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from operator import attrgetter
from pathlib import Path
from typing import cast

from flask import Flask, current_app
from pyoxigraph import Literal, NamedNode

from nbkg.errors import StoreUnavailableError
from nbkg.matching.indexing import Statement, describe, index_in_memory
from nbkg.matching.roles import read_roles
from nbkg.rdf.solutions import text
from nbkg.rdf.vocabulary import XSD
from nbkg.storage.layout import text_index_file
from nbkg.storage.locations import default_store
from nbkg.storage.served_directory import locate
from nbkg.text_index import Index, Sought, is_possible
from nbkg.text_index.folder import index_file
from sparql_endpoint.queries import part, query
from sparql_endpoint.services.index_freshness import Freshness
from sparql_endpoint.services.services import Serving, serving
from sparql_endpoint.stores import is_directory
from sparql_endpoint.stores.base import Row, Store
from sparql_endpoint.stores.rows import among

MOST = 200
"""Resources that are found at most."""
_SMALL = 200_000
"""Statements of a store whose words are indexed in memory."""
_STRING = NamedNode(f"{XSD}string")
_NAME = "sparql_endpoint.services.text_search"
_FRESHNESS = f"{_NAME}.freshness"
_NAMES_QUERY = f"{_NAME}.names_query"
_LANGUAGES = ("nb", "nn", "no", "en", "se")


@dataclass(frozen=True)
class SearchResult:
    """The resources that were found, best first."""

    resources: Sequence[NamedNode]
    has_more: bool
    """Whether there may be more."""
    only_names: bool
    """Whether only whole names were searched."""
    sought: tuple[Sought, ...] = ()
    """The words that were sought, and what finds them."""
    suggestion: str = ""
    """The text that was searched instead, because nothing has the words of the one given."""
    is_stale: bool = False
    """Whether the index is that of an earlier state of the store."""


def register(app: Flask, names_query: str) -> None:
    """Have an application keep the index of the version that it serves.

    `names_query` is the query for the resources `?iri` that are called exactly `?label`.
    """
    app.extensions[_FRESHNESS] = Freshness()
    app.extensions[_NAMES_QUERY] = names_query


def index() -> Index | None:
    """Return the index of the data served now; None for a server, and a large store that `nbkg load` did not make."""
    return index_of(serving())


def index_of(here: Serving) -> Index | None:
    """Return the index of the data that an application serves, see `index`; it needs no Flask."""
    if folder := here.settings.text_index:
        file = index_file(Path(folder))
        return here.per_version(_NAME, lambda: Index.open(file), lambda: _stamp(file))
    if not here.store.version():
        return None
    return here.per_version(_NAME, lambda: _open_index(here))


def _stamp(file: Path) -> str:
    """Return what identifies the content of a file that is replaced in one step."""
    try:
        status = file.stat()
    except OSError:
        return "none"
    return f"{status.st_ino}-{status.st_mtime_ns}"


def _open_index(here: Serving) -> Index | None:
    address = here.settings.store or str(default_store())
    if is_directory(address) and (stored := _open_stored(Path(address), here.store.version())):
        return stored
    is_small = not here.store.select(part("statement", 1, _SMALL))
    return index_in_memory(describe(_statements(here.store))) if is_small and is_possible() else None


def _open_stored(store: Path, version: str) -> Index | None:
    """Return the index of a built store; None where another version is served."""
    try:
        current = locate(store)
    except StoreUnavailableError:
        return None
    return Index.open(text_index_file(current.folder)) if current.version == version else None


def _statements(store: Store) -> Iterator[Statement]:
    """Yield what is indexed of resources with an IRI, those of one after each other."""
    properties = [NamedNode(iri) for iri in sorted(read_roles().by_property)]
    matched = store.select(among(query("matched-values"), "property", properties))
    texts = (_statement(row, "text") for row in store.select(query("texts")))
    others = (one for row in matched if not (one := _statement(row, "value")).is_text)
    yield from merge(texts, others, key=attrgetter("subject"))


def _statement(row: Row, name: str) -> Statement:
    value = row[name]
    is_text = isinstance(value, Literal) and (bool(value.language) or value.datatype == _STRING)
    return Statement(text(row, "subject"), text(row, "property"), text(row, name), is_text)


def find(text: str) -> SearchResult:
    """Return the resources that have all words of a text, those called exactly so first.

    Where there are none, those of a text are returned that differs by typing errors and finds some.
    """
    text, words = " ".join(text.split()), index()
    if words is None:
        named = list(dict.fromkeys(_named(text))) if text else []
        return SearchResult(named[:MOST], len(named) > MOST, only_names=True)
    iris, suggestion = words.find(text, MOST + 1), ""
    if not iris and (similar := words.suggest(text)):
        iris = words.find(similar, MOST + 1)
        suggestion = similar if iris else ""
    return SearchResult(
        [NamedNode(iri) for iri in iris[:MOST]],
        len(iris) > MOST,
        only_names=False,
        sought=words.sought(suggestion or text),
        suggestion=suggestion,
        is_stale=_is_stale(words),
    )


def _is_stale(words: Index) -> bool:
    """Return whether the index in a folder is known to be that of an earlier state of the store."""
    here, freshness = serving(), cast(Freshness, current_app.extensions[_FRESHNESS])
    return bool(here.settings.text_index) and freshness.is_stale(words.about(), here.store)


def _named(text: str) -> list[NamedNode]:
    spellings = dict.fromkeys((text, text.lower(), text[:1].upper() + text[1:]))
    labels = [Literal(name, language=tag) for name in spellings for tag in _LANGUAGES] + [Literal(n) for n in spellings]
    rows = serving().store.select(among(query(current_app.extensions[_NAMES_QUERY]), "label", labels))
    return [iri for row in rows if isinstance(iri := row["iri"], NamedNode)]
