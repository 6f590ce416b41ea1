"""Terms of Oxigraph, which reads files fast and names the line of a fault, as terms of rdflib."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef

from loader.namespaces import XSD
from nbkg.errors import DataError


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> URIRef | BNode | Literal:
    """The same term; a literal keeps its text as written. Raises DataError for a triple term (RDF 1.2)."""
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal() if term.language:
            return Literal(term.value, lang=term.language)
        case ox.Literal() if term.datatype.value == str(XSD.string):
            return Literal(term.value)  # rdflib holds "x" and "x"^^xsd:string for two terms
        case ox.Literal():
            return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise DataError("a statement about a statement (RDF 1.2) cannot be checked; give it a node of its own")
