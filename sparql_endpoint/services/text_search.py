"""Which things are found by words: by the index beside the store, for a small one by one in memory, else by names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Flask, current_app
from pyoxigraph import Literal, NamedNode

from nbkg.errors import StoreUnavailableError
from nbkg.rdf.label_properties import label_properties
from nbkg.storage.opening_checkpoint import locate
from nbkg.text_index import Index, Text, is_possible
from sparql_endpoint.queries import part, query
from sparql_endpoint.services.per_version import Versioned
from sparql_endpoint.services.services import Serving, serving
from sparql_endpoint.settings import default_store
from sparql_endpoint.stores import is_directory
from sparql_endpoint.stores.base import Store
from sparql_endpoint.stores.rows import among

MOST = 200
"""Things that are found."""
_SMALL = 200_000
"""Statements of a store whose words are indexed in memory."""
_NAME = "sparql_endpoint.services.text_search"
_NAMES_QUERY = f"{_NAME}.names_query"
_LANGUAGES = ("nb", "nn", "no", "en", "se")


@dataclass(frozen=True)
class Found:
    """The things, best first; whether there may be more; whether only whole names were sought."""

    things: Sequence[NamedNode]
    more: bool
    only_names: bool


def register(app: Flask, names_query: str) -> None:
    """Have an application keep the index of the version that it serves.

    `names_query` is the query for the resources `?iri` that are called exactly `?label`.
    """
    app.extensions[_NAME] = Versioned[Index | None]()
    app.extensions[_NAMES_QUERY] = names_query


def index() -> Index | None:
    """The index of the data served now; None for a server, and a large store that `nbkg load` did not make."""
    here = serving()
    if not here.store.version():
        return None
    kept = cast(Versioned[Index | None], current_app.extensions[_NAME])
    return kept.get(here.store.version, lambda: _opened(here), here.settings.threads)


def _opened(here: Serving) -> Index | None:
    address = here.settings.store or str(default_store())
    if is_directory(address) and (found := _beside(Path(address), here.store.version())):
        return found
    is_small = not here.store.select(part("statement", 1, _SMALL))
    return Index.in_memory(_texts(here.store), label_properties()) if is_small and is_possible() else None


def _beside(store: Path, version: str) -> Index | None:
    """That of a built store, if what lies there is what is served."""
    try:
        place = locate(store)
    except StoreUnavailableError:
        return None
    return Index.open(place.folder.with_name(f"{place.folder.name}.words")) if place.version == version else None


def _texts(store: Store) -> Iterator[Text]:
    for row in store.select(query("texts")):
        subject, prop, text = row["subject"], row["property"], row["text"]
        if isinstance(subject, NamedNode) and isinstance(prop, NamedNode) and isinstance(text, Literal):
            yield subject.value, prop.value, text.value


def find(text: str) -> Found:
    """The things at which the words of a text stand, those called exactly so first."""
    text, found = " ".join(text.split()), index()
    things = _named(text) if text else []
    if found is not None:
        things += [NamedNode(iri) for iri in found.find(text, MOST + 1)]
    things = list(dict.fromkeys(things))
    return Found(things[:MOST], len(things) > MOST, found is None)


def _named(text: str) -> list[NamedNode]:
    spelled = dict.fromkeys((text, text.lower(), text[:1].upper() + text[1:]))
    labels = [Literal(name, language=tag) for name in spelled for tag in _LANGUAGES] + [Literal(n) for n in spelled]
    rows = serving().store.select(among(query(current_app.extensions[_NAMES_QUERY]), "label", labels))
    return [iri for row in rows if isinstance(iri := row["iri"], NamedNode)]
