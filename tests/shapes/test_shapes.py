"""How the shapes are written: addresses, names and messages in three languages, prefixes, no traps."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node

import loader.validate.pyshacl_engine  # noqa: F401  pyshacl's own settings, as when it runs
from loader.namespaces import NBKG, OWL, RDF, SH
from loader.validate.read import packaged
from nbkg.rdf.label_choice import LANGUAGES

SHAPES = packaged("shapes")
ALL = sorted({s for k in (SH.NodeShape, SH.PropertyShape) for s in SHAPES.subjects(RDF.type, k)}, key=str)
CLASSES = (
    "Agreement", "AuthorityFile", "Correction", "DataSource", "DecisionEvidence", "Identifier", "IdentityDecision",
    "Law", "LegendEntry", "LocalField", "MarcProfile", "MatchDecision", "Measure", "Mention", "Milestone",
    "PersonalAnswer", "Post", "Programme", "Project", "Quote", "Relator", "Responsibility", "Service", "SourceText",
    "StatusObservation", "StatusReport", "Strategy", "Unit",
)  # fmt: skip


def _languages(shape: Node, predicate: Node) -> list[str]:
    return sorted(str(o.language) for o in SHAPES.objects(shape, predicate) if isinstance(o, Literal))


def _declared() -> dict[str, str]:
    return {
        str(SHAPES.value(node, SH.prefix)): str(SHAPES.value(node, SH.namespace))
        for node in SHAPES.objects(None, SH.declare)
    }


def test_every_shape_has_an_address() -> None:
    parts = set(SHAPES.objects(None, SH.property))
    assert ALL
    assert not [shape for shape in {*ALL, *parts} if isinstance(shape, BNode)]
    assert parts <= set(ALL)


@pytest.mark.parametrize("shape", ALL, ids=lambda iri: iri.rsplit("/", 1)[-1])
def test_every_shape_speaks_every_language(shape: URIRef) -> None:
    assert _languages(shape, SH.name) == sorted(LANGUAGES)
    only_parts = (shape, SH.property, None) in SHAPES
    assert _languages(shape, SH.message) == (
        [] if only_parts and not _languages(shape, SH.message) else sorted(LANGUAGES)
    )


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_of_the_model_has_a_shape(name: str) -> None:
    assert (None, SH.targetClass, NBKG[name]) in SHAPES


def test_no_shape_is_closed() -> None:
    assert (None, SH.closed, None) not in SHAPES


def test_every_query_declares_its_prefixes() -> None:
    declared = _declared()
    queries = list(SHAPES.subject_objects(SH.select))
    assert queries
    for constraint, query in queries:
        assert SHAPES.value(constraint, SH.prefixes) is not None
        used = set(re.findall(r"(?<![\w<?$/])([a-z]+):[\w]*", re.sub(r"<[^>]*>|\"[^\"]*\"", "", str(query))))
        assert used <= declared.keys()
        prepareQuery(str(query), initNs=declared)


def test_one_shape_stands_in_one_file() -> None:
    seen: dict[Node, str] = {}
    for file in sorted(files("shapes").iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".ttl"):
            continue
        graph = Graph().parse(data=file.read_text(encoding="utf-8"), format="turtle")
        for shape in {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef)}:
            assert seen.setdefault(shape, file.name) == file.name


def test_terms_of_ours_are_those_of_the_ontology() -> None:
    ontology = packaged("ontology")
    terms = {s for s in ontology.subjects(RDF.type) if str(s).startswith(str(NBKG))}
    used = {node for triple in SHAPES for node in triple if isinstance(node, URIRef) and node.startswith(str(NBKG))}
    used |= {NBKG[name] for query in SHAPES.objects(None, SH.select) for name in re.findall(r"nbkg:(\w+)", str(query))}
    assert used - {URIRef(str(NBKG))} <= terms
    assert not [term for term in used if (term, OWL.deprecated, None) in ontology]
