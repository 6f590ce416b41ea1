"""A small register, in which each heading has one trouble."""

from __future__ import annotations

from pathlib import Path

import pytest

from loader.store.load import load

_REGISTER = """
@prefix agent: <https://w3id.org/nbkg/id/agent/> .
@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix concept: <https://w3id.org/nbkg/id/concept/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix mads: <http://www.loc.gov/mads/rdf/v1#> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
agent:noraf-90000001 a bf:Person ; rdfs:label "Nes, Arne, 1950-2020" ; skos:altLabel "Næss, Arne, 1950-2020" ;
  owl:sameAs <http://viaf.org/viaf/99900099> .
agent:noraf-90000002 a mads:DeprecatedAuthority ; rdfs:label "Nes, A." ; dcterms:isReplacedBy agent:noraf-90000001 .
agent:noraf-90000004 a bf:Person , mads:PersonalName ; rdfs:label "Hansen, Per" .
agent:noraf-90000005 a mads:DeprecatedAuthority ; rdfs:label "Borte, Per" .
agent:noraf-90000006 a bf:Person ; rdfs:label "Vik, Tor, 1931-" .
agent:noraf-90000007 a bf:Person ; rdfs:label "Vik, Tor, 1960-" .
agent:noraf-90000008 a bf:Person ; rdfs:label "Dahl, Eva" .
agent:noraf-90000009 a bf:Person ; rdfs:label "Berg, Siri, 1970-" .
agent:noraf-90000010 a bf:Organization ; rdfs:label "Fjordby bibliotek" .
concept:a\\/fisk a skos:Concept ; skos:prefLabel "Fisk"@nb ; skos:inScheme concept:a .
concept:b\\/fisk a skos:Concept ; skos:prefLabel "Fisk"@nb ; skos:inScheme concept:b .
<https://w3id.org/nbkg/id/conflict/1> a nbkg:LinkConflict ; nbkg:conflictKind concept:link-conflict\\/shared ;
  nbkg:conflictingThing agent:noraf-90000009 .
<https://w3id.org/nbkg/id/conflict/2> a nbkg:LinkConflict ; nbkg:conflictKind concept:link-conflict\\/deprecated ;
  nbkg:conflictingThing agent:noraf-90000008 .
"""


@pytest.fixture(scope="session")
def register_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("register")
    file = folder / "register.ttl"
    file.write_text(_REGISTER, encoding="utf-8")
    load(folder / "store", [file], "https://w3id.org/nbkg/graph/authority/test")
    return folder / "store"
