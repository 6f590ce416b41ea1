"""Changes that are sent on: SPARQL updates and the Graph Store Protocol.

https://www.w3.org/TR/sparql11-protocol/#update-operation, https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from sparql_endpoint.errors import RequestError, UpdateRefusedError
from sparql_endpoint.http.formats import N_TRIPLES
from sparql_endpoint.sparql.remote_rewrite import with_base
from sparql_endpoint.stores.base import Document, Update
from sparql_endpoint.stores.oxigraph import GRAPHS
from sparql_endpoint.stores.remote.transport import Address, Answer, Request, Transport
from sparql_endpoint.stores.remote.upstream_errors import refused


class Changes:
    """The addresses of a server that takes changes; without them it is only read."""

    def __init__(self, transport: Transport, update: Address | None, graphs: Address | None) -> None:
        self._transport = transport
        self._update = update
        self._graphs = graphs

    def update(self, update: Update) -> None:
        """Sends an update, once."""
        if not self._update:
            raise UpdateRefusedError("the server behind has no address for updates here")
        fields = [("update", with_base(update.text, update.base))]
        fields += [("using-graph-uri", graph) for graph in update.using_graphs]
        fields += [("using-named-graph-uri", graph) for graph in update.using_named_graphs]
        headers = {**self._update.authorization, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields).encode()
        self._done(self._transport.send(Request("POST", self._update.url, headers, body, changes=True)))

    def has_graph(self, graph: str) -> bool | None:
        """Whether the graph is there; None where the server does not tell."""
        if not self._graphs:
            return None
        request = Request("HEAD", _graph(self._graphs, graph), self._graphs.authorization)
        status = self._done(self._transport.send(request), accepted=(404, 405, 501))
        return None if status in (405, 501) else status != 404

    def write(self, graph: str | None, documents: Sequence[Document], *, replace: bool) -> bool:
        """Sends all documents as one; True where the server says that the graph was made."""
        body, media_type = _joined(documents)
        return self._change("PUT" if replace else "POST", graph, body, media_type) == 201

    def delete(self, graph: str | None) -> bool:
        """False where the server says that the graph was not there."""
        return self._change("DELETE", graph) != 404

    def _change(self, method: str, graph: str | None, body: bytes | None = None, media_type: str = "") -> int:
        if not self._graphs:
            raise UpdateRefusedError("the server behind has no address for graphs here")
        headers = {**self._graphs.authorization, **({"Content-Type": media_type} if media_type else {})}
        request = Request(method, _graph(self._graphs, graph), headers, body, changes=True)
        return self._done(self._transport.send(request), accepted=(404,) if method == "DELETE" else ())

    def _done(self, answer: Answer, accepted: tuple[int, ...] = ()) -> int:
        """The status of an answer that tells of success, or is one of those accepted."""
        if not (200 <= answer.status < 300 or answer.status in accepted):
            raise refused(answer)
        answer.drain()
        return answer.status


def _graph(graphs: Address, graph: str | None) -> str:
    return graphs.with_query("default" if graph is None else f"graph={quote(graph, safe='')}")


def _joined(documents: Sequence[Document]) -> tuple[bytes, str]:
    """What is sent for the documents, and its media type: a single one as it is, unless it has relative IRIs."""
    if len(documents) == 1 and _stands_alone(documents[0]):
        return documents[0].content, documents[0].form.content_type
    output = BytesIO()
    ox.serialize((triple for document in documents for triple in _triples(document)), output, GRAPHS[N_TRIPLES])
    return output.getvalue(), N_TRIPLES.media_type


def _stands_alone(document: Document) -> bool:
    try:
        for _ in ox.parse(document.content, GRAPHS[document.form], without_named_graphs=True):
            pass
    except SyntaxError:
        return False
    return True


def _triples(document: Document) -> Iterator[ox.Triple]:
    """The triples of a document, whose blank nodes are its own. Raises RequestError where it does not parse."""
    options = {"base_iri": document.base or None, "without_named_graphs": True, "rename_blank_nodes": True}
    try:
        for quad in ox.parse(document.content, GRAPHS[document.form], **options):  # type: ignore[arg-type]
            yield quad.triple
    except SyntaxError as error:
        raise RequestError(f"line {error.lineno}: {error}" if error.lineno else str(error)) from error
