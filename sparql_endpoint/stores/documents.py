"""The triples of documents that a graph is written from."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from nbkg.rdf.rdf_file import parse_document
from sparql_endpoint.errors import DocumentSyntaxError, RequestError
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
    except SyntaxError as error:
        raise syntax_error(error, DocumentSyntaxError) from error
    except (ValueError, LookupError) as error:
        raise DocumentSyntaxError(str(error)) from error
