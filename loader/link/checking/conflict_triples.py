"""What a conflict becomes in `graph/conflicts`: the things, where they meet, and each link that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox
from rdflib import Graph

from loader import identifiers
from loader.link.checking.link_conflicts import LinkConflict
from loader.link.checking.link_path import LinkStep
from loader.namespaces import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

SCHEME = "link-conflict"
"""The key of the scheme of kinds, `ontology/schemes/link-conflict.ttl`."""

Names = Mapping[str, Sequence[ox.Literal]]
"""The names of each kind of conflict."""


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))


def _term(name: str) -> ox.NamedNode:
    return _node(identifiers.term(name))


def names_of_kinds(schemes: Graph) -> Names:
    """Return the names of the kinds of conflicts by their keys, in each language."""
    concepts = schemes.subjects(SKOS.inScheme, identifiers.resource("concept", SCHEME))
    return {
        str(concept).rpartition("/")[2]: [
            ox.Literal(str(label), language=getattr(label, "language", None))
            for label in sorted(schemes.objects(concept, SKOS.prefLabel), key=str)
        ]
        for concept in concepts
    }


def conflict_iri(conflict: LinkConflict) -> str:
    """Return the IRI of a conflict, made from its kind and what is in it: it stays while the conflict does."""
    return identifiers.described("conflict", conflict.kind, conflict.at, *conflict.members)


def conflict_triples(conflict: LinkConflict, names: Names) -> Iterator[ox.Triple]:
    """Yield the statements about a conflict and about its links; the links themselves are not stated."""
    iri = conflict_iri(conflict)
    node = _node(iri)
    yield ox.Triple(node, _node(RDF.type), _term("LinkConflict"))
    yield ox.Triple(node, _term("conflictKind"), _node(identifiers.concept(SCHEME, conflict.kind)))
    yield ox.Triple(node, _term("involvedCount"), number(conflict.number))
    for name in names.get(conflict.kind, ()):
        text = f"{name.value}: {_short(conflict.at or conflict.members[0])}"
        yield ox.Triple(node, _node(RDFS.label), ox.Literal(text, language=name.language))
    for prop, values in _members(conflict).items():
        yield from (ox.Triple(node, _term(prop), _node(value)) for value in values if value)
    for index, step in enumerate(conflict.evidence, 1):
        yield from _link_triples(node, _node(f"{iri}/link/{index}"), step)


def number(value: int) -> ox.Literal:
    """Return an integer as a literal."""
    return ox.Literal(str(value), datatype=_node(XSD.integer))


def _members(conflict: LinkConflict) -> Mapping[str, Sequence[str]]:
    return {"conflictingThing": conflict.members, "meetsIn": (conflict.at,), "usedInstead": conflict.successors}


def _link_triples(conflict: ox.NamedNode, node: ox.NamedNode, step: LinkStep) -> Iterator[ox.Triple]:
    yield ox.Triple(conflict, _term("conflictingLink"), node)
    yield ox.Triple(node, _node(RDF.type), _node(OWL.Axiom))
    yield ox.Triple(node, _node(OWL.annotatedSource), _node(step.source))
    yield ox.Triple(node, _node(OWL.annotatedProperty), _predicate(step))
    yield ox.Triple(node, _node(OWL.annotatedTarget), _node(step.target))
    yield from (ox.Triple(node, _node(DCTERMS.source), _node(graph)) for graph in filter(None, [step.graph]))


def _predicate(step: LinkStep) -> ox.NamedNode:
    """Return the property of a link; that of a reference of a record is not kept, and any relation stands for it."""
    return _node(DCTERMS.relation if step.predicate == "reference" else step.predicate)


def _short(iri: str) -> str:
    """Return the last part of an IRI that is not empty."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
