"""The libraries that have a thing, on its page: an item is called by its library, by name or else by code."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.loader.marc.mapped import Mapped, record
from tests.sparql_endpoint.pages.reading import get_page

_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_LIBRARY = ox.NamedNode("https://w3id.org/nbkg/id/agent/code-no-trbib")


@pytest.mark.parametrize("name", ["", "Universitetsbiblioteket"])
def test_an_item_is_called_by_its_library(name: str) -> None:
    mapped = Mapped([record("245 00 $a Bok", "850 __ $a NO-TrBIB")])
    store, settings = ox.Store(), Settings()
    store.load("".join(line for each in mapped.results for line in each.lines).encode(), format=ox.RdfFormat.N_QUADS)
    if name:
        store.add(ox.Quad(_LIBRARY, _LABEL, ox.Literal(name)))
    client = create_app(settings, open_memory("memory:", settings.default_graph, store)).test_client()
    page = get_page(client, "/doc/instance/test/r1?lang=en")
    items = {link.get_text() for link in page.select("main a") if "/item/" in str(link.get("href"))}
    assert items == {name or "NO-TrBIB"}
