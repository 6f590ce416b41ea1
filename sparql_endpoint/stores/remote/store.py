"""A store behind the SPARQL 1.1 Protocol: any server, queried over HTTP.

https://www.w3.org/TR/sparql11-protocol/; docs/stores.md says what does and does not work through it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from pyoxigraph import BlankNode, NamedNode

from nbkg.errors import StoreError
from nbkg.http_client.client import Address, Request
from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint.http.formats import CSV, GRAPHS, JSON, Format
from sparql_endpoint.queries import query
from sparql_endpoint.sparql import guard
from sparql_endpoint.sparql.dataset import Dataset, dataset
from sparql_endpoint.sparql.remote_rewrite import as_select, with_base, without_from
from sparql_endpoint.stores.base import Document, Question, Row, Term, Update
from sparql_endpoint.stores.oxigraph import node
from sparql_endpoint.stores.remote.relay import check_not_partial, relay
from sparql_endpoint.stores.remote.transport import Upstream, UpstreamResponse, upstream_address
from sparql_endpoint.stores.remote.update import UpstreamWriter
from sparql_endpoint.stores.rows import bound, rows, yes

_LARGEST_RESULTS = 1 << 26
"""Bytes of the results of our own queries, which are held in memory."""
_MOST_GRAPHS = 1000
"""Graphs that are named one by one to a server whose default graph does not hold them."""


@dataclass(frozen=True)
class RemoteLimits:
    """How long a query may take, and how many bytes its answer may have; None for any number."""

    seconds: float = 60
    bytes: int | None = None


class RemoteStore:
    """A SPARQL server; it takes changes where their addresses are known.

    Nothing tells which graphs it leaves out: the present is the union.
    """

    def __init__(
        self,
        address: Address,
        upstream: Upstream,
        writer: UpstreamWriter,
        *,
        default_graph: DefaultGraph,
        largest: int | None,
    ) -> None:
        self._address = address
        self._upstream = upstream
        self._writer = writer
        self._default_graph = default_graph
        self._largest = largest
        self.hosts: Sequence[str] = ()
        """The hosts that SERVICE and LOAD may name."""
        self._is_union: bool | None = None
        """Whether the upstream's default graph holds all graphs; None until that is known."""

    def version(self) -> str:
        """Return nothing: what the upstream serves may change at any moment, and nothing says when."""
        return ""

    def modified(self) -> float | None:
        """Return None: it is not known."""
        return None

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:  # noqa: ARG002  # the upstream has its own
        """Return the response as it comes; its last block only once it is known to be complete."""
        question = replace(question, text=guard.guarded_query(question.text, self.hosts))
        text = with_base(question.text, question.base)
        graphs = Dataset(question.default_graphs, question.named_graphs)
        if graphs == Dataset() and self._default_graph is not DefaultGraph.PLAIN and not question.plain:
            graphs = self._every_graph()
        elif graphs == dataset(question.text, question.base):
            return self._ask(question.with_rows(text), form, Dataset(), self._largest)
        return self._ask(question.with_rows(without_from(text)), form, graphs, self._largest)

    def select(self, text: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """Return the rows of one of our own queries, over the union of all graphs as far as the upstream has one.

        A blank node cannot be named to another server: bound to one, a query has no rows.
        """
        values = bindings or {}
        if any(isinstance(term, BlankNode) for term in values.values()):
            return []
        return self._rows(bound(text, values), self._every_graph())

    def exclusive(self) -> AbstractContextManager[None]:
        """Return a context that holds nobody back: the upstream has other clients, and no way to lock them out."""
        return nullcontext()

    def update(self, update: Update) -> None:
        """Send an update. Raises UpdateRefusedError where no address for it is known."""
        self._writer.update(replace(update, text=guard.guarded_update(update.text, self.hosts)))

    def has_graph(self, graph: str | None) -> bool:
        """Return whether the graph exists: as the upstream says, else whether it holds a triple."""
        if graph is None:
            return True
        answer = self._writer.has_graph(graph)
        return (
            bool(self.select(query("remote/graph-holds-triple"), {"graph": node(graph)})) if answer is None else answer
        )

    def left_out(self) -> Sequence[str]:
        """Return none: no server tells."""
        return ()

    def write_graph(self, graph: str | None, documents: Sequence[Document], *, replace: bool) -> bool:
        """Send the documents in one request. Raises UpdateRefusedError where no address for it is known."""
        return self._writer.write(graph, documents, replace=replace)

    def delete_graph(self, graph: str | None) -> bool:
        """Delete a graph. Raises UpdateRefusedError where no address for it is known."""
        return self._writer.delete(graph)

    def close(self) -> None:
        """Close the connections that are kept for the next request."""
        self._upstream.close()

    def _every_graph(self) -> Dataset:
        """Return the graphs to name for a union; none where the upstream's default graph is that already."""
        if self._is_union is None:
            self._is_union = self._holds_union()
        if self._is_union is not False:
            return Dataset()
        found_rows = self._rows(query("remote/graph-names")) or self._rows(query("remote/graph-names-by-triples"))
        names = tuple(term.value for row in found_rows if isinstance(term := row.get("graph"), NamedNode))
        if len(names) > _MOST_GRAPHS:
            raise StoreError(
                f"the upstream server has more than {_MOST_GRAPHS} graphs, and its default graph is not their union; "
                "set it so that it is"
            )
        return Dataset(names, names)

    def _holds_union(self) -> bool | None:
        if self._ask_boolean(query("remote/default-graph-lacks-triples")):
            return False
        return True if self._ask_boolean(query("remote/named-graph-exists")) else None

    def _ask_boolean(self, text: str) -> bool:
        return yes(b"".join(self._ask(text, JSON, Dataset(), _LARGEST_RESULTS)))

    def _rows(self, text: str, graphs: Dataset = Dataset()) -> Sequence[Row]:  # noqa: B008  # frozen
        return rows(b"".join(self._ask(text, JSON, graphs, _LARGEST_RESULTS)))

    def _ask(self, text: str, form: Format, graphs: Dataset, largest: int | None) -> Iterable[bytes]:
        response = self._send(text, form, graphs)
        if form in GRAPHS and response.status == 200 and _is_virtuoso(response):
            self._check_graph_not_partial(response, text, graphs)
        return relay(response, form, largest)

    def _check_graph_not_partial(self, response: UpstreamResponse, text: str, graphs: Dataset) -> None:
        """Raise BadGatewayError where a graph was made of a part of its rows.

        Virtuoso says that in a header field of SELECT alone, hence the pattern is sent once more as one.
        """
        if (select := as_select(text)) is None:
            return
        results = self._send(select, CSV, graphs)
        try:
            check_not_partial(results)
        except BaseException:
            response.close()
            raise
        finally:
            results.close()

    def _send(self, text: str, form: Format, graphs: Dataset) -> UpstreamResponse:
        """Send a query as a form, which every server reads; GET has no room for long queries."""
        fields = [("query", text)]
        fields += [("default-graph-uri", graph) for graph in graphs.default_graphs]
        fields += [("named-graph-uri", graph) for graph in graphs.named_graphs]
        headers = {
            **self._address.authorization,
            "Accept": form.media_type,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self._upstream.send(Request("POST", self._address.url, headers, urlencode(fields).encode()))


def _is_virtuoso(response: UpstreamResponse) -> bool:
    return "virtuoso" in response.headers.get("Server", "").lower()


def open_remote(
    address: str,
    default_graph: DefaultGraph = DefaultGraph.PRESENT,
    *,
    update: str = "",
    graphs: str = "",
    limits: RemoteLimits = RemoteLimits(),  # it is frozen
) -> RemoteStore:
    """Return the store at an `http(s)` address, without a request yet.

    `update` and `graphs` are the addresses for SPARQL updates and the Graph Store Protocol, if it is to take them.
    Raises StoreUnavailableError where an address does not parse.
    """
    upstream = Upstream(limits.seconds)
    addresses = (upstream_address(text) if text else None for text in (update, graphs))
    writer = UpstreamWriter(upstream, *addresses)
    return RemoteStore(upstream_address(address), upstream, writer, default_graph=default_graph, largest=limits.bytes)
