"""A store behind the SPARQL 1.1 protocol: any server, asked over HTTP.

https://www.w3.org/TR/sparql11-protocol/; what does and does not work through it is told in docs/stores.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from pyoxigraph import BlankNode, NamedNode

from nbkg.errors import StoreError
from sparql_endpoint.errors import RequestError
from sparql_endpoint.http.formats import CSV, GRAPHS, JSON, Format
from sparql_endpoint.queries import query as own
from sparql_endpoint.sparql import guard as checking
from sparql_endpoint.sparql.dataset import Dataset, dataset
from sparql_endpoint.sparql.remote_rewrite import as_select, with_base, without_from
from sparql_endpoint.stores.base import Document, Question, Row, Term, Update
from sparql_endpoint.stores.remote.relay import passed, refuse_part
from sparql_endpoint.stores.remote.transport import Address, Answer, Request, Transport, address
from sparql_endpoint.stores.remote.update import Changes
from sparql_endpoint.stores.rows import bound, rows, yes

_MOST_OF_ROWS = 1 << 26
"""Bytes that our own queries may be answered with; their rows are held in memory."""
_MOST_GRAPHS = 1000
"""Graphs that are named one by one to a server whose default graph does not hold them."""


class RemoteStore:
    """A SPARQL server, which takes changes where their addresses are known."""

    def __init__(
        self, query: Address, transport: Transport, changes: Changes, *, union: bool, largest: int | None
    ) -> None:
        self._query = query
        self._transport = transport
        self._changes = changes
        self._union = union
        self._largest = largest
        self.hosts: Sequence[str] = ()
        """The hosts that SERVICE and LOAD may name."""
        self._is_union: bool | None = None
        """Whether the server's default graph holds all graphs; None until that can be told."""

    def version(self) -> str:
        """Empty: what it serves may change at any moment, and nothing tells when."""
        return ""

    def modified(self) -> float | None:
        """Not known."""
        return None

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:  # noqa: ARG002  # the server has its own
        """The answer as it comes; its last block only once it is known to be whole."""
        checking.checked(question.text, self.hosts)
        text = with_base(question.text, question.base)
        graphs = Dataset(question.default_graphs, question.named_graphs)
        if graphs == Dataset() and self._union and not question.plain:
            graphs = self._every_graph()
        elif graphs == dataset(question.text, question.base):
            return self._ask(text, form, Dataset(), self._largest)
        return self._ask(without_from(text), form, graphs, self._largest)

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """The rows of one of our own queries, over the union of all graphs as far as the server has one.

        A blank node cannot be named to a server: bound to one, a query has no rows.
        """
        values = bindings or {}
        if any(isinstance(term, BlankNode) for term in values.values()):
            return []
        return self._rows(bound(query, values), self._every_graph())

    def update(self, update: Update) -> None:
        """Sends the update on. Raises UpdateRefusedError where no address for it is known."""
        self._changes.update(replace(update, text=checking.checked_update(update.text, self.hosts)))

    def has_graph(self, graph: str | None) -> bool:
        """Whether the graph is there, by the server's word or else by its holding a triple."""
        if graph is None:
            return True
        told = self._changes.has_graph(graph)
        return bool(self.select(own("remote/triple"), {"graph": _node(graph)})) if told is None else told

    def write_graph(self, graph: str | None, documents: Sequence[Document], *, replace: bool) -> bool:
        """Sends the documents on in one request. Raises UpdateRefusedError where no address for it is known."""
        return self._changes.write(graph, documents, replace=replace)

    def delete_graph(self, graph: str | None) -> bool:
        """Sends the wish on. Raises UpdateRefusedError where no address for it is known."""
        return self._changes.delete(graph)

    def close(self) -> None:
        """Closes the connections that are kept for the next request."""
        self._transport.close()

    def _every_graph(self) -> Dataset:
        """The graphs to name to the server for a union; none where its default graph is that already."""
        if self._is_union is None:
            self._is_union = self._holds_union()
        if self._is_union is not False:
            return Dataset()
        found = self._rows(own("remote/names")) or self._rows(own("remote/names-by-triples"))
        names = tuple(term.value for row in found if isinstance(term := row.get("graph"), NamedNode))
        if len(names) > _MOST_GRAPHS:
            raise StoreError(
                f"the server behind has more than {_MOST_GRAPHS} graphs, and its default graph is not their union; "
                "set it so that it is"
            )
        return Dataset(names, names)

    def _holds_union(self) -> bool | None:
        if self._says(own("remote/apart")):
            return False
        return True if self._says(own("remote/filled")) else None

    def _says(self, ask: str) -> bool:
        return yes(b"".join(self._ask(ask, JSON, Dataset(), _MOST_OF_ROWS)))

    def _rows(self, query: str, graphs: Dataset = Dataset()) -> Sequence[Row]:  # noqa: B008  # frozen
        return rows(b"".join(self._ask(query, JSON, graphs, _MOST_OF_ROWS)))

    def _ask(self, text: str, form: Format, graphs: Dataset, largest: int | None) -> Iterable[bytes]:
        answer = self._sent(text, form, graphs)
        if form in GRAPHS and answer.status == 200 and _says_virtuoso(answer):
            self._refuse_cut(answer, text, graphs)
        return passed(answer, form, largest)

    def _refuse_cut(self, answer: Answer, text: str, graphs: Dataset) -> None:
        """Raises BadGatewayError where a graph was made of a part of its rows.

        Virtuoso tells that in a header of SELECT alone, hence the pattern is asked once more as one.
        """
        if (select := as_select(text)) is None:
            return
        rows_ = self._sent(select, CSV, graphs)
        try:
            refuse_part(rows_)
        except BaseException:
            answer.close()
            raise
        finally:
            rows_.close()

    def _sent(self, text: str, form: Format, graphs: Dataset) -> Answer:
        """Sent as a form, which every server reads; GET has no room for long queries."""
        fields = [("query", text)]
        fields += [("default-graph-uri", graph) for graph in graphs.default_graphs]
        fields += [("named-graph-uri", graph) for graph in graphs.named_graphs]
        headers = {
            **self._query.authorization,
            "Accept": form.media_type,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self._transport.send(Request("POST", self._query.url, headers, urlencode(fields).encode()))


def _says_virtuoso(answer: Answer) -> bool:
    return "virtuoso" in answer.headers.get("Server", "").lower()


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise RequestError(f"“{iri}” is not an absolute IRI: {error}") from error


def open_remote(  # noqa: PLR0913  # each is an option of its own
    address_: str,
    union: bool,
    *,
    update: str = "",
    graphs: str = "",
    seconds: float = 60,
    largest: int | None = None,
) -> RemoteStore:
    """The server at an `http(s)` address, which is not asked yet; a query has so many seconds and bytes of answer.

    `update` and `graphs` are where it takes SPARQL updates and the Graph Store Protocol, if it is to.
    Raises StoreUnavailableError where an address is none.
    """
    transport = Transport(seconds)
    changes = Changes(transport, address(update) if update else None, address(graphs) if graphs else None)
    return RemoteStore(address(address_), transport, changes, union=union, largest=largest)
