"""A load, an index of another server, and an index in memory have the same entities: names, identifiers, marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import urllib3

from loader.store.load import load
from loader.store.remote_index import write_index
from nbkg.matching import MatchQuery
from nbkg.matching.entity_index import EntityIndex
from nbkg.matching.matcher import Matcher
from nbkg.storage.default_graph import DefaultGraph
from nbkg.storage.layout import text_index_file
from nbkg.storage.served_directory import locate
from nbkg.text_index import Index
from nbkg.text_index.folder import index_file
from sparql_endpoint import create_app
from sparql_endpoint.services.text_search import index
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.sparql_endpoint import servers

PREFIXES = """
@prefix agent: <https://w3id.org/nbkg/id/agent/> .
@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/> .
@prefix mads: <http://www.loc.gov/mads/rdf/v1#> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
DATA = """
<urn:graph> {
agent:noraf-90000001 a bf:Person ; rdfs:label "Nes, Arne, 1950-2020" ; skos:altLabel "Næss, Arne \\"A.\\"" ;
  schema:birthDate "1950"^^edtf:edtf ; bf:identifiedBy <urn:node:1> , <urn:node:2> ;
  owl:sameAs <http://viaf.org/viaf/99900099> .
<urn:node:1> a bf:Isni ; rdf:value "0000000099930013" .
<urn:node:2> a bf:Isni ; rdf:value "0000000099920018" ; bf:status <urn:cancelled> .
agent:noraf-90000002 dcterms:isReplacedBy agent:noraf-90000001 ; rdfs:label "Nes, A." ; a mads:DeprecatedAuthority .
agent:noraf-90000003 dcterms:isReplacedBy agent:noraf-90000002 .
agent:noraf-90000004 a mads:PersonalName ; rdfs:label "Hansen, Per" .
agent:noraf-90000005 a mads:DeprecatedAuthority ; rdfs:label "Borte, Per" .
<urn:extent> a bf:Extent ; rdfs:label "91 s." .
bf:Extent nbkg:inBackground true .
}
<urn:work> rdfs:label "En dag i oktober"@nb ; a bf:Work .
"""
NES = "https://w3id.org/nbkg/id/agent/noraf-90000001"


def _loaded(folder: Path, address: str) -> Index | None:
    file = folder / "data.trig"
    file.write_text(PREFIXES + DATA, encoding="utf-8")
    load(folder / "store", [file])
    return Index.open(text_index_file(locate(folder / "store").folder))


def _remote(folder: Path, address: str) -> Index | None:
    headers = {"Content-Type": "application/trig"}
    urllib3.request("PUT", f"{address}/store", body=(PREFIXES + DATA).encode(), headers=headers)
    write_index(f"{address}/query", folder, lambda _done, _total: None)
    return Index.open(index_file(folder))


def _in_memory(folder: Path, address: str) -> Index | None:
    data = ox.Store()
    data.load((PREFIXES + DATA).encode(), ox.RdfFormat.TRIG)
    with create_app(Settings(), open_memory("memory:", DefaultGraph.PRESENT, data)).app_context():
        return index()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(scope="module", params=[_loaded, _remote, _in_memory], ids=["loaded", "remote", "in-memory"])
def matcher(request: pytest.FixtureRequest, address: str, tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    made = request.param(tmp_path_factory.mktemp("index"), address)
    assert made
    return Matcher(EntityIndex(made))


def _iris(matcher: Matcher, text: str) -> list[tuple[str, bool]]:
    return [(one.iri, one.is_match) for one in matcher.match(MatchQuery(text))]


@pytest.mark.parametrize(
    "text",
    ["Nes, Arne", "Arne Nes (1950-)", "Naess, Arne A", "90000001", "0000 0000 9993 0013", "viaf 99900099"],
)
def test_names_variants_and_identifiers_find_their_entity(matcher: Matcher, text: str) -> None:
    assert _iris(matcher, text) == [(NES, True)]


def test_a_cancelled_identifier_finds_nothing(matcher: Matcher) -> None:
    assert _iris(matcher, "0000000099920018") == []


def test_what_was_merged_leads_to_the_survivor(matcher: Matcher) -> None:
    for number in ("90000002", "90000003"):
        best = matcher.match(MatchQuery(number))[0]
        assert (best.iri, best.replaces) == (NES, f"https://w3id.org/nbkg/id/agent/noraf-{number}")
    assert NES in {iri for iri, _ in _iris(matcher, "Nes, A.")}


def test_marks_are_kept(matcher: Matcher) -> None:
    assert [match for _, match in _iris(matcher, "Hansen, Per")] == [False]
    assert _iris(matcher, "Borte, Per") == _iris(matcher, "91 s.") == []


def test_the_year_of_a_property_contradicts(matcher: Matcher) -> None:
    best = matcher.match(MatchQuery("Nes, Arne, 1921-"))[0]
    assert (best.is_match, ("other-year", 1.0) in best.features) == (False, True)


def test_all_graphs_and_classes_are_there(matcher: Matcher) -> None:
    (work,) = matcher.match(MatchQuery("dag i oktober", types=("http://id.loc.gov/ontologies/bibframe/Work",)))
    assert (work.iri, work.name) == ("urn:work", "En dag i oktober")
    assert [one.iri for one in matcher.complete("en dag i okt")] == ["urn:work"]
