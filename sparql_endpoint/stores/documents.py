"""The triples of documents that a graph is written from."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from nbkg.rdf.decoding import HEAD
from nbkg.rdf.rdf_file import parse_document
from nbkg.rdf.syntax_advice import find_advice
from sparql_endpoint.errors import DocumentSyntaxError, QuerySyntaxError, RequestError
from sparql_endpoint.stores.base import Document
from sparql_endpoint.stores.oxigraph import GRAPHS, syntax_error


def read_triples(document: Document) -> Iterator[ox.Triple]:
    """Yield the triples of a document, with blank nodes of its own.

    Raises DocumentSyntaxError, or RequestError where it names graphs.
    """
    try:
        for quad in parse_document(document.content, GRAPHS[document.form], document.base, rename_blank_nodes=True):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                raise RequestError(f"the document names the graph {quad.graph_name}; it must hold triples of one graph")
            yield quad.triple
    except (SyntaxError, ValueError, LookupError) as error:
        raise _document_error(error, document) from error


def _document_error(error: Exception, document: Document) -> QuerySyntaxError:
    if isinstance(error, SyntaxError):
        fault = syntax_error(error, DocumentSyntaxError)
    else:
        fault = DocumentSyntaxError(str(error))
    if advice := find_advice(str(error), document.content[:HEAD], GRAPHS[document.form]):
        fault.args = (f"{fault}; {advice}",)
    return fault
