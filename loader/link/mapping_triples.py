"""What a mapping becomes in `graph/links`: the link, and the mapping itself with who stated it, when and why.

The properties are those that SSSOM gives its slots (https://mapping-commons.github.io/sssom/Mapping/).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from loader import identifiers
from loader.link.mapping_file import SemanticMapping
from loader.link.mapping_header import MappingHeader
from loader.namespaces import DCTERMS, OWL, PAV, RDF, RDFS, SSSOM, XSD

_NOT = "Not"


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))


_TYPE, _SOURCE, _PROPERTY, _TARGET = map(
    _node, (RDF.type, OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
)
_CLASSES = (_node(OWL.Axiom), _node(SSSOM.Mapping))
_JUSTIFICATION, _CONFIDENCE, _MODIFIER, _AUTHOR_LABEL = map(
    _node, (SSSOM.mapping_justification, SSSOM.confidence, SSSOM.predicate_modifier, SSSOM.author_label)
)
_AUTHOR, _CREATED, _SEEN_AT, _COMMENT, _SET = map(
    _node, (PAV.authoredBy, DCTERMS.created, DCTERMS.source, RDFS.comment, DCTERMS.isPartOf)
)
_DATE, _DECIMAL = _node(XSD.date), _node(XSD.decimal)


def mapping_iri(mapping: SemanticMapping) -> str:
    """Return the IRI of a mapping, made from what it states."""
    modifier = _NOT if mapping.negated else ""
    return identifiers.described("mapping", mapping.subject, mapping.predicate, modifier, mapping.target)


def link_triple(mapping: SemanticMapping) -> ox.Triple:
    """Return the link that a mapping states."""
    return ox.Triple(_node(mapping.subject), _node(mapping.predicate), _node(mapping.target))


def set_iri(header: MappingHeader, file: str) -> str:
    """Return the IRI of a set of mappings, made from the name of its file where it gives none."""
    return header.set_id or identifiers.resource("mapping-set", identifiers.slug(Path(file).name.partition(".")[0]))


def set_triples(header: MappingHeader, mapping_set: str) -> Iterator[ox.Triple]:
    """Yield what is said of a set of mappings."""
    node = _node(mapping_set)
    yield ox.Triple(node, _TYPE, _node(SSSOM.MappingSet))
    if header.title:
        yield ox.Triple(node, _node(DCTERMS.title), ox.Literal(header.title, language="en"))
    if header.licence:
        yield ox.Triple(node, _node(DCTERMS.license), _node(header.licence))


def mapping_triples(mapping: SemanticMapping, mapping_set: str) -> Iterator[ox.Triple]:
    """Yield the statements about a mapping, without its link."""
    node = _node(mapping_iri(mapping))
    yield from (ox.Triple(node, _TYPE, each) for each in _CLASSES)
    yield ox.Triple(node, _SOURCE, _node(mapping.subject))
    yield ox.Triple(node, _PROPERTY, _node(mapping.predicate))
    yield ox.Triple(node, _TARGET, _node(mapping.target))
    yield ox.Triple(node, _JUSTIFICATION, _node(mapping.justification))
    yield ox.Triple(node, _SET, _node(mapping_set))
    yield from (ox.Triple(node, prop, value) for prop, value in _optional(mapping))


def _optional(mapping: SemanticMapping) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    yield from (_author(name) for name in mapping.authors)
    yield from ((_SEEN_AT, _node(address)) for address in mapping.seen_at)
    values = {
        _MODIFIER: mapping.negated and ox.Literal(_NOT),
        _CONFIDENCE: mapping.confidence is not None and ox.Literal(f"{mapping.confidence:g}", datatype=_DECIMAL),
        _CREATED: mapping.created and ox.Literal(mapping.created.isoformat(), datatype=_DATE),
        _COMMENT: mapping.comment and ox.Literal(mapping.comment),
    }
    yield from ((prop, value) for prop, value in values.items() if isinstance(value, ox.Literal))


def _author(name: str) -> tuple[ox.NamedNode, ox.NamedNode | ox.Literal]:
    return (_AUTHOR, _node(name)) if ":" in name else (_AUTHOR_LABEL, ox.Literal(name))
