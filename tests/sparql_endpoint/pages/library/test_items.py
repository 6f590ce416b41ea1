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


_REGISTER = """
@base <https://w3id.org/nbkg/id/> .
<organisation/libraries/0030100> a <https://schema.org/Library> ;
    <https://schema.org/name> "Fjordby folkebibliotek" ;
    <http://www.w3.org/ns/adms#identifier> <identifier/organisation/libraries/0030100/isil> .
<identifier/organisation/libraries/0030100/isil> a <https://w3id.org/nbkg/ns#Identifier> ;
    <https://w3id.org/nbkg/ns#scheme> <concept/identifier-scheme/isil> ;
    <http://www.w3.org/2004/02/skos/core#notation> "NO-0030100" .
"""


@pytest.mark.parametrize("name", ["", "Universitetsbiblioteket"])
def test_an_item_is_called_by_its_library(name: str) -> None:
    store = ox.Store()
    if name:
        store.add(ox.Quad(_LIBRARY, _LABEL, ox.Literal(name)))
    assert _names_of_items("NO-TrBIB", store) == {name or "NO-TrBIB"}


@pytest.mark.parametrize(
    ("code", "name"), [("NO-0030100", "Fjordby folkebibliotek"), ("NO-0030101", "NO-0030101")], ids=["its", "another"]
)
def test_a_library_is_called_as_the_register_calls_the_one_of_its_isil(code: str, name: str) -> None:
    store = ox.Store()
    store.load(_REGISTER.encode(), format=ox.RdfFormat.TURTLE)
    assert _names_of_items(code, store) == {name}


def _names_of_items(code: str, store: ox.Store) -> set[str]:
    """Return how the page of a book that a library has calls the items."""
    mapped, settings = Mapped([record("245 00 $a Bok", f"850 __ $a {code}")]), Settings()
    store.load("".join(line for each in mapped.results for line in each.lines).encode(), format=ox.RdfFormat.N_QUADS)
    client = create_app(settings, open_memory("memory:", settings.default_graph, store)).test_client()
    page = get_page(client, "/doc/instance/test/r1?lang=en")
    return {link.get_text() for link in page.select("main a") if "/item/" in str(link.get("href"))}
