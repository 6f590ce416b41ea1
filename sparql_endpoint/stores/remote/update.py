"""Changes that are sent to the upstream: SPARQL updates and the Graph Store Protocol.

https://www.w3.org/TR/sparql11-protocol/#update-operation, https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from nbkg.http_client.client import Address, Request
from nbkg.rdf.decoding import HEAD, is_plain
from sparql_endpoint.errors import UpdateRefusedError
from sparql_endpoint.http.formats import N_TRIPLES
from sparql_endpoint.sparql.remote_rewrite import with_base
from sparql_endpoint.stores.base import Document, Update
from sparql_endpoint.stores.documents import read_triples
from sparql_endpoint.stores.oxigraph import GRAPHS
from sparql_endpoint.stores.remote.transport import Upstream, UpstreamResponse
from sparql_endpoint.stores.remote.upstream_errors import upstream_error


class UpstreamWriter:
    """Sends changes to the addresses that take them; without an address the upstream is only read."""

    def __init__(self, upstream: Upstream, update: Address | None, graphs: Address | None) -> None:
        self._upstream = upstream
        self._update = update
        self._graphs = graphs

    def update(self, update: Update) -> None:
        """Send an update, once."""
        if not self._update:
            raise UpdateRefusedError("no address of the upstream server is set for updates")
        fields = [("update", with_base(update.text, update.base))]
        fields += [("using-graph-uri", graph) for graph in update.using_graphs]
        fields += [("using-named-graph-uri", graph) for graph in update.using_named_graphs]
        headers = {**self._update.authorization, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields).encode()
        self._finish(self._upstream.send(Request("POST", self._update.url, headers, body), changes=True))

    def has_graph(self, graph: str) -> bool | None:
        """Return whether the graph exists; None where the upstream does not say."""
        if not self._graphs:
            return None
        request = Request("HEAD", _graph_url(self._graphs, graph), self._graphs.authorization)
        status = self._finish(self._upstream.send(request), accepted=(404, 405, 501))
        return None if status in (405, 501) else status != 404

    def write(self, graph: str | None, documents: Sequence[Document], *, replace: bool) -> bool:
        """Send all documents as one; return True where the upstream says that it created the graph."""
        body, media_type = _join(documents)
        return self._change("PUT" if replace else "POST", graph, body, media_type) == 201

    def delete(self, graph: str | None) -> bool:
        """Delete a graph; return False where the upstream says that it did not exist."""
        return self._change("DELETE", graph) != 404

    def _change(self, method: str, graph: str | None, body: bytes | None = None, media_type: str = "") -> int:
        if not self._graphs:
            raise UpdateRefusedError("no address of the upstream server is set for graphs")
        headers = {**self._graphs.authorization, **({"Content-Type": media_type} if media_type else {})}
        response = self._upstream.send(Request(method, _graph_url(self._graphs, graph), headers, body), changes=True)
        return self._finish(response, accepted=(404,) if method == "DELETE" else ())

    @staticmethod
    def _finish(response: UpstreamResponse, accepted: tuple[int, ...] = ()) -> int:
        """Return the status of a response that reports success, or is one of those accepted."""
        if not (200 <= response.status < 300 or response.status in accepted):
            raise upstream_error(response)
        response.drain()
        return response.status


def _graph_url(graphs: Address, graph: str | None) -> str:
    return graphs.with_query("default" if graph is None else f"graph={quote(graph, safe='')}")


def _join(documents: Sequence[Document]) -> tuple[bytes, str]:
    """Return the body for the documents and its media type: a single one as it is, unless it has relative IRIs."""
    if len(documents) == 1 and _is_readable_by_all(documents[0]):
        return documents[0].content, documents[0].form.content_type
    triples = chain.from_iterable(map(read_triples, documents))
    return ox.serialize(triples, format=GRAPHS[N_TRIPLES]) or b"", N_TRIPLES.media_type


def _is_readable_by_all(document: Document) -> bool:
    """Return whether a document is UTF-8 without a byte order mark and has no relative IRIs."""
    if not is_plain(document.content[:HEAD]):
        return False
    try:
        for _ in ox.parse(document.content, GRAPHS[document.form], without_named_graphs=True):
            pass
    except SyntaxError:
        return False
    return True
