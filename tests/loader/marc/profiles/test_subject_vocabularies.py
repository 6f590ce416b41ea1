"""The vocabularies of subjects have names that pages show, the same ones as in the profile that reads their numbers."""

from __future__ import annotations

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from loader.namespaces import NBKG
from tests.source_tree import ROOT

_CONCEPT = "https://w3id.org/nbkg/id/concept/"
_NAMES_ONLY = {"lcnaf", "noraf", "viaf", "wikidata"}
"""Files that subjects are taken from and that are of names, so that what they number are no concepts."""


@pytest.fixture(scope="module")
def named() -> Graph:
    return Graph().parse(ROOT / "data" / "curated" / "subject-vocabularies.ttl")


def _texts(graph: Graph, subject: URIRef, relation: URIRef) -> set[tuple[str, str | None]]:
    return {(str(text), text.language) for text in graph.objects(subject, relation) if isinstance(text, Literal)}


def test_each_vocabulary_of_the_profile_has_the_name_that_it_has_there(named: Graph) -> None:
    profile = Graph().parse(ROOT / "data" / "marc-profiles" / "default.ttl")
    for file in set(profile.subjects(NBKG.subjectSource)):
        code = str(profile.value(file, DCTERMS.identifier))
        if code not in _NAMES_ONLY:
            names = _texts(named, URIRef(_CONCEPT + code), SKOS.prefLabel)
            assert names == _texts(profile, URIRef(str(file)), DCTERMS.title), code


def test_each_vocabulary_has_name_and_definition_in_three_languages(named: Graph) -> None:
    for scheme in named.subjects(RDF.type, SKOS.ConceptScheme):
        for relation in (SKOS.prefLabel, DCTERMS.title, SKOS.definition):
            languages = [language for _text, language in _texts(named, URIRef(str(scheme)), relation)]
            assert sorted(map(str, languages)) == ["en", "nb", "nn"], (scheme, relation)


def test_each_scheme_of_the_sample_has_a_name(named: Graph) -> None:
    sample = Graph().parse(ROOT / "data" / "graphs" / "catalogue-marc-sample.ttl")
    schemes = {scheme for scheme in sample.objects(None, SKOS.inScheme) if str(scheme).startswith(_CONCEPT)}
    assert URIRef(_CONCEPT + "bibbi") in schemes
    assert schemes <= set(named.subjects(RDF.type, SKOS.ConceptScheme))
