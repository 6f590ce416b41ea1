"""Stores behind the SPARQL protocol: against servers of others, and against one that misbehaves."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from sparql_endpoint import formats
from sparql_endpoint.abandonment import Abandonment, current
from sparql_endpoint.errors import (
    AbandonedError,
    BadGatewayError,
    BusyError,
    EndpointError,
    GatewayTimeoutError,
    NotAcceptableError,
    QuerySyntaxError,
    QueryTooLargeError,
    QueryTooSlowError,
    RequestError,
    StoreError,
    StoreUnavailableError,
    UpdateRefusedError,
)
from sparql_endpoint.formats import Format
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Document, Question, Row, Update
from sparql_endpoint.stores.oxigraph import open_memory
from sparql_endpoint.stores.passing import _BLOCK
from sparql_endpoint.stores.remote import RemoteStore, open_remote
from sparql_endpoint.stores.rows import bound, rows
from sparql_endpoint.stores.whole import check
from sparql_endpoint.stores.wording import without_from

from . import servers

NBKG = "https://w3id.org/nbkg/"
IRIS = ("id/measure/2020-2025/14", "ns", "graph/meta", "id/unit/tk", "id/none", "id/observation/2025-10-14/14/quote/1")
OWN = (
    "statements",
    "known",
    "labels",
    "ontology",
    "graph-size",
    "references",
    "reference-count",
    "statements-some",
    "uses",
    "numbers",
    "retired",
    "pages/quotes",
)
VALUES = "SELECT ?x { VALUES ?x { %s } }"
EVERYTHING = "SELECT * { ?s ?p ?o }"


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One that gives 300 rows at most."""
    folder = tmp_path_factory.mktemp("virtuoso")
    data = Path(__file__).parent / "library.trig"
    with servers.virtuoso(folder, data, {"ResultSetMaxRows": 300, "MaxQueryExecutionTime": 3}) as url:
        yield url


@pytest.fixture
def writable(oxigraph: str) -> Iterator[RemoteStore]:
    """An empty `oxigraph serve`, whose default graph is the plain one."""
    with closing(
        open_remote(f"{oxigraph}/query", True, update=f"{oxigraph}/update", graphs=f"{oxigraph}/store")
    ) as store:
        store.update(Update("DROP ALL"))
        yield store


@pytest.fixture
def filled(writable: RemoteStore, library: Path) -> RemoteStore:
    """With the graphs of library.trig."""
    quads = ox.parse(path=str(library), format=ox.RdfFormat.TRIG)
    text = " ".join(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in quads)
    writable.update(Update(f"INSERT DATA {{ {text} }}"))
    return writable


def _read(answer: Iterable[bytes]) -> bytes:
    return b"".join(answer)


def _shown(found: Sequence[Row]) -> list[dict[str, str]]:
    """Rows to be compared: blank nodes are alike, and so are a literal without a datatype and a string."""
    return sorted(
        ({n: "_" if isinstance(t, ox.BlankNode) else str(t) for n, t in row.items()} for row in found), key=repr
    )


# Servers of others


@pytest.mark.parametrize("name", OWN)
def test_our_own_queries_find_the_same_in_oxigraph(name: str, filled: RemoteStore, data: ox.Store) -> None:
    """Though its default graph is no union, so that all graphs are named to it."""
    _same(filled, name, data)


@pytest.mark.parametrize("name", OWN)
def test_our_own_queries_find_the_same_in_virtuoso(name: str, virtuoso: str, data: ox.Store) -> None:
    with closing(open_remote(virtuoso, True)) as store:
        _same(store, name, data)


def _same(remote: RemoteStore, name: str, data: ox.Store) -> None:
    local = open_memory("memory:", True, data)
    for iri in IRIS:
        bindings = {"iri": ox.NamedNode(NBKG + iri)}
        assert _shown(remote.select(query(name), bindings)) == _shown(local.select(query(name), bindings)), iri


def test_our_own_queries_without_values(filled: RemoteStore, data: ox.Store) -> None:
    local = open_memory("memory:", True, data)
    for name in ("graphs", "prefixes", "pages/measures", "pages/responsible", "pages/standing"):
        assert _shown(filled.select(query(name))) == _shown(local.select(query(name))), name


def test_the_graph_and_the_iri_of_terms(filled: RemoteStore, data: ox.Store) -> None:
    bindings = {"iri": ox.NamedNode(f"{NBKG}ns"), "graph": ox.NamedNode(f"{NBKG}graph/ontology")}
    local = open_memory("memory:", True, data)
    assert len(found := filled.select(query("terms"), bindings)) == 10
    assert _shown(found) == _shown(local.select(query("terms"), bindings))


def test_a_blank_node_cannot_be_named_to_a_server(filled: RemoteStore) -> None:
    assert filled.select(query("statements"), {"iri": ox.BlankNode()}) == []


@pytest.mark.parametrize("form", [f for f in formats.RESULTS if f is not formats.HTML], ids=lambda form: form.name)
def test_every_format_of_results(form: Format, filled: RemoteStore, virtuoso: str) -> None:
    for text in ("SELECT ?s { GRAPH ?g { ?s ?p ?o } } LIMIT 3", "SELECT ?s { ?s <urn:none> ?o }", "ASK { ?s ?p ?o }"):
        with closing(open_remote(virtuoso, True)) as store:
            assert isinstance(store.answer(Question(text), form), list)
        assert isinstance(filled.answer(Question(text), form), list)


@pytest.mark.parametrize(
    "form", [formats.TURTLE, formats.N_TRIPLES, formats.RDF_XML, formats.JSON_LD], ids=lambda f: f.name
)
def test_every_format_of_graphs(form: Format, filled: RemoteStore, virtuoso: str) -> None:
    for count, text in ((2, "CONSTRUCT { ?s a ?o } { ?s a ?o } LIMIT 2"), (0, "CONSTRUCT WHERE { ?s <urn:none> ?o }")):
        with closing(open_remote(virtuoso, True)) as store:
            answers = [_read(store.answer(Question(text), form)), _read(filled.answer(Question(text), form))]
        kind = ox.RdfFormat.from_media_type(form.media_type)
        assert [len(list(ox.parse(answer, kind))) for answer in answers] == [count, count]


def test_a_format_that_the_server_does_not_have(virtuoso: str) -> None:
    with closing(open_remote(virtuoso, True)) as store, pytest.raises(NotAcceptableError, match="no such format"):
        store.answer(Question("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1"), formats.N_QUADS)


def test_faults_of_a_query_are_told(filled: RemoteStore, virtuoso: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        filled.answer(Question("SELECT *\n{ ?s ?p "), formats.JSON)
    assert (caught.value.line, caught.value.status) == (2, 400)
    with closing(open_remote(virtuoso, True)) as store, pytest.raises(QuerySyntaxError, match="syntax error") as caught:
        store.answer(Question("SELECT *\n{ ?s ?p "), formats.JSON)
    assert "SELECT" not in str(caught.value)


def test_graphs_may_be_named(filled: RemoteStore, virtuoso: str) -> None:
    with closing(open_remote(virtuoso, True)) as store:
        for remote in (filled, store):
            _check_dataset(remote)


def _check_dataset(store: RemoteStore) -> None:
    curated, meta = f"{NBKG}graph/curated", f"{NBKG}graph/meta"
    all_of = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    from_ = all_of.replace("{", "FROM <https://w3id.org/nbkg/graph/curated> {")
    assert _count(store, Question(all_of, (curated,))) == 4
    assert _count(store, Question(all_of, (curated, meta))) == 13
    assert _count(store, Question(named, (), (meta,))) == 9
    assert _count(store, Question(from_, (curated,))) == 4
    assert _count(store, Question(from_, (meta,))) == 9  # what the request names wins


def _count(store: RemoteStore, question: Question) -> int:
    (row,) = rows(_read(store.answer(question, formats.JSON)))
    return int(cast(ox.Literal, row["n"]).value)


def test_relative_iris(writable: RemoteStore, virtuoso: str) -> None:
    base = "http://example.org/a/"
    writable.update(Update("INSERT DATA { GRAPH <../g> { <s> <p> <o> } }", base=base))
    asked = Question("SELECT (COUNT(*) AS ?n) FROM <../g> { <s> ?p ?o }", ("http://example.org/g",), base=base)
    assert _count(writable, asked) == 1
    with closing(open_remote(virtuoso, True)) as store:
        text = "SELECT (COUNT(*) AS ?n) FROM <curated> { ?s ?p ?o }"
        assert _count(store, Question(text, (f"{NBKG}graph/curated",), base=f"{NBKG}graph/")) == 4


def test_the_default_graph(filled: RemoteStore, oxigraph: str) -> None:
    """The union, unless the setting or the question wants the plain one; a server may have a switch of its own."""
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert _count(filled, Question(text)) == 58
    assert _count(filled, Question(text, plain=True)) == 0
    with closing(open_remote(f"{oxigraph}/query", False)) as plain:
        assert _count(plain, Question(text)) == 0
        assert plain.select(query("known"), {"iri": ox.NamedNode(f"{NBKG}ns")})
    with closing(open_remote(f"{oxigraph}/query?union-default-graph", False)) as switched:
        assert _count(switched, Question(text)) == 58


def test_an_empty_server_may_be_filled_later(writable: RemoteStore) -> None:
    assert writable.select(EVERYTHING) == []
    writable.update(Update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }"))
    assert len(writable.select(EVERYTHING)) == 1


def test_too_many_graphs_are_told(filled: RemoteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sparql_endpoint.stores.remote._MOST_GRAPHS", 3)
    with pytest.raises(StoreError, match="more than 3 graphs"):
        filled.answer(Question(EVERYTHING), formats.JSON)


def test_updates_are_sent_on(writable: RemoteStore) -> None:
    writable.update(Update("INSERT DATA { <urn:s> <urn:p> 1 . GRAPH <urn:g> { <urn:s> <urn:p> 2 } }"))
    writable.update(Update("INSERT { <urn:s> <urn:q> ?o } WHERE { ?s <urn:p> ?o }", using_graphs=("urn:g",)))
    answer = writable.answer(Question("SELECT ?o { ?s <urn:q> ?o }", plain=True), formats.CSV)
    assert _read(answer).split() == [b"o", b"2"]
    with pytest.raises(QuerySyntaxError, match="expected"):
        writable.update(Update("INSERT NOTHING"))


def test_graphs_are_sent_on(writable: RemoteStore) -> None:
    document = Document(b"<urn:a> <urn:b> <c> , _:x .", formats.TURTLE, "http://example.org/base/")
    assert not writable.has_graph("urn:g")
    assert writable.write_graph("urn:g", [document], replace=False)
    assert writable.has_graph("urn:g")
    assert not writable.write_graph("urn:g", [document, document], replace=True)
    found = writable.select("SELECT ?o { GRAPH <urn:g> { ?s ?p ?o } }")
    assert sorted(str(row["o"])[:2] for row in found) == ["<h", "_:", "_:"]
    assert {"o": ox.NamedNode("http://example.org/base/c")} in found
    assert writable.delete_graph("urn:g")
    assert not writable.delete_graph("urn:g")
    assert not writable.has_graph("urn:g")


def test_the_default_graph_is_written_plainly(writable: RemoteStore) -> None:
    writable.write_graph(None, [Document(b"<urn:a> <urn:b> 1 .", formats.TURTLE, "")], replace=True)
    assert writable.has_graph(None)
    assert _count(writable, Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", plain=True)) == 1
    writable.delete_graph(None)
    assert _count(writable, Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", plain=True)) == 0


def test_documents_that_do_not_parse_are_told_before_they_are_sent(writable: RemoteStore) -> None:
    with pytest.raises(RequestError, match="line 2"):
        writable.write_graph("urn:g", [Document(b"<urn:a>\n<urn:b .", formats.TURTLE, "")], replace=False)


def test_without_their_addresses_nothing_is_changed(oxigraph: str) -> None:
    with closing(open_remote(f"{oxigraph}/query", True)) as store:
        with pytest.raises(UpdateRefusedError):
            store.update(Update("DROP ALL"))
        with pytest.raises(UpdateRefusedError):
            store.write_graph("urn:g", [Document(b"", formats.TURTLE, "")], replace=True)
        with pytest.raises(UpdateRefusedError):
            store.delete_graph("urn:g")
        assert not store.has_graph("urn:none")


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    """An `oxigraph serve` that gives a query a second; then it ends the answer with its words, as if it were done."""
    with servers.oxigraph(tmp_path_factory.mktemp("hasty"), "--timeout-s", "1") as url:
        store = open_remote(f"{url}/query", False, update=f"{url}/update")
        with closing(store):
            edges = " ".join(f"<urn:{a}> <urn:p> <urn:{b}> ." for a in range(40) for b in range(40))
            store.update(Update(f"INSERT DATA {{ {edges} }}"))
            yield store


PATHS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?n{step} <urn:p> ?n{step + 1} ." for step in range(6)) + " }"


@pytest.mark.parametrize("form", [formats.JSON, formats.XML, formats.CSV, formats.TSV], ids=lambda form: form.name)
def test_results_that_oxigraph_breaks_off(form: Format, hasty: RemoteStore) -> None:
    with pytest.raises(BadGatewayError, match="cancelled"):
        _read(hasty.answer(Question(PATHS), form))


@pytest.mark.parametrize("form", [formats.TURTLE, formats.N_TRIPLES, formats.RDF_XML], ids=lambda form: form.name)
def test_graphs_that_oxigraph_breaks_off(form: Format, hasty: RemoteStore) -> None:
    with pytest.raises(BadGatewayError, match="cancelled"):
        _read(hasty.answer(Question(f"CONSTRUCT {{ <urn:s> <urn:p> ?n }} {{ {{ {PATHS} }} }}"), form))


def test_a_cap_of_virtuoso_is_told(virtuoso: str) -> None:
    with closing(open_remote(virtuoso, True)) as store:
        with pytest.raises(BadGatewayError, match="300 rows at most"):
            store.answer(Question(EVERYTHING), formats.CSV)
        assert len(_read(store.answer(Question(f"{EVERYTHING} LIMIT 299"), formats.CSV)).splitlines()) == 300


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "PREFIX e: <urn:> CONSTRUCT { ?s e:p ?o . ?s e:q [ e:r ?o ] } WHERE { ?s ?p ?o }",
        "DESCRIBE ?s { ?s ?p ?o }",
    ],
)
def test_a_cut_graph_of_virtuoso_is_told(text: str, virtuoso: str) -> None:
    """Nothing in its answer says so, but in that of the SELECT of the same rows."""
    with closing(open_remote(virtuoso, True)) as store:
        with pytest.raises(BadGatewayError, match="300 rows at most"):
            store.answer(Question(text), formats.N_TRIPLES)
        assert _read(store.answer(Question(f"{text} LIMIT 20"), formats.N_TRIPLES)).count(b" .\n") >= 20


def test_virtuosos_time_limits_are_told(virtuoso: str) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?s2 ?p2 ?o2 . ?s3 ?p3 ?o3 FILTER(?o2 < ?o3 && ?o < ?o2) }"
    for url in (virtuoso, f"{virtuoso}?timeout=1000"):  # 500 S1T00, and 200 with S1TAT and a wrong count
        with closing(open_remote(url, True)) as store, pytest.raises(QueryTooSlowError, match="ended the query"):
            store.answer(Question(slow), formats.JSON)


# A server that misbehaves


@dataclass
class Behaviour:
    """What a server does for one path; `sent` in pieces, with a pause before each."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/csv"})
    sent: Iterable[bytes] = ()
    length: int | None = None
    pause: float = 0
    chunked: bool = False
    last_chunk: bool = True


class Misbehaving(ThreadingHTTPServer):
    """Serves each path by its behaviour; notes the requests and who closes the connection early."""

    daemon_threads = True
    behaviour = Behaviour()

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[tuple[str, Message, bytes]] = []
        self.abandoned = threading.Event()
        self.stopping = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/sparql"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Misbehaving

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append((self.path, self.headers, body))
        told = self.server.behaviour
        self.server.stopping.wait(told.pause)
        self.send_response(told.status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        if told.length is not None:
            self.send_header("Content-Length", str(told.length))
        elif told.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.close_connection = True
        try:
            self.end_headers()
            self._send(told)
        except OSError:
            self.server.abandoned.set()

    do_PUT = do_DELETE = do_HEAD = do_GET = do_POST  # noqa: N815  # names that the base class looks for

    def _send(self, told: Behaviour) -> None:
        for piece in told.sent:
            self.server.stopping.wait(told.pause)
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if told.chunked else piece)
        if told.chunked and told.last_chunk:
            self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class's name
        pass


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with Misbehaving() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.stopping.set()
        made.shutdown()
        thread.join()


Asking = Callable[..., Iterable[bytes]]


@pytest.fixture
def ask(server: Misbehaving) -> Iterator[Asking]:
    """Asks the server in a format, after it has learned its behaviour."""
    stores: list[RemoteStore] = []

    def asked(behaviour: Behaviour, form: Format = formats.CSV, **options: Any) -> Iterable[bytes]:
        server.behaviour = behaviour
        store = open_remote(server.url, False, **options)
        stores.append(store)
        return store.answer(Question(EVERYTHING), form)

    yield asked
    for store in stores:
        store.close()


@pytest.mark.parametrize(
    ("status", "error", "seen"),
    [
        (400, RequestError, 400),
        (401, BadGatewayError, 502),
        (404, BadGatewayError, 502),
        (406, NotAcceptableError, 406),
        (429, BusyError, 503),
        (500, BadGatewayError, 502),
        (503, BusyError, 503),
        (504, GatewayTimeoutError, 504),
    ],
)
def test_refusals(status: int, error: type[EndpointError], seen: int, ask: Asking) -> None:
    told = b"<html><title>x</title>Out of   <b>luck</b>" + b"!" * 1000
    with pytest.raises(error, match="Out of luck !") as caught:
        ask(Behaviour(status, {"Content-Type": "text/html", "Retry-After": "7"}, [told], len(told)))
    assert caught.value.status == seen
    assert len(str(caught.value)) < 400
    if error is BusyError:
        assert caught.value.headers == {"Retry-After": "7"}


def test_a_nonsensical_retry_after_is_not_passed_on(ask: Asking) -> None:
    with pytest.raises(BusyError) as caught:
        ask(Behaviour(503, {"Retry-After": "soon"}, length=0))
    assert caught.value.headers == {"Retry-After": "1"}


def test_redirects_are_not_followed(ask: Asking, server: Misbehaving) -> None:
    with pytest.raises(BadGatewayError, match=r"redirects to http://example\.org/"):
        ask(Behaviour(302, {"Location": "http://example.org/"}, length=0))
    assert len(server.requests) == 1


def test_proxies_of_the_environment_are_not_asked(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert ask(Behaviour(sent=[b"x\r\n"], length=3)) == [b"x\r\n"]


@pytest.mark.parametrize("given", ["text/html", "application/json", "", "text/csvx"])
def test_another_content_type(given: str, ask: Asking) -> None:
    with pytest.raises(BadGatewayError, match="asked for text/csv and gave"):
        ask(Behaviour(headers={"Content-Type": given}, sent=[b"x\r\n"], length=3))


def test_what_is_told_in_headers(ask: Asking) -> None:
    csv = {"Content-Type": "text/csv"}
    for headers, told in (
        ({"X-SQL-State": "S1TAT"}, "ended the query before it was done"),
        ({"X-SQL-State": "42000", "X-SQL-Message": "no such thing"}, "failed with 42000: no such thing"),
        ({"X-SPARQL-MaxRows": "10000"}, "10000 rows at most"),
        ({"Content-Encoding": "gzip"}, "encodes its answer"),
    ):
        with pytest.raises(StoreError, match=told):
            ask(Behaviour(headers={**csv, **headers}, sent=[b"x\r\n"], length=3))
    with pytest.raises(BadGatewayError, match="a part of the answer"):
        ask(Behaviour(206, csv, sent=[b"x\r\n"], length=3))


ROW = b'{"x":{"type":"literal","value":"' + b"a" * 1000 + b'"}},'
HEAD, LAST = b'{"head":{"vars":["x"]},"results":{"bindings":[', b"{}]}}"
BODY = HEAD + ROW * 1000 + LAST
JSON = {"Content-Type": "application/sparql-results+json"}


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(200, JSON, [BODY[:-9]], len(BODY)),
        Behaviour(200, JSON, [BODY[:500_000]], len(BODY)),
        Behaviour(200, JSON, [BODY], chunked=True, last_chunk=False),
        Behaviour(200, JSON, [BODY[:-1]], chunked=True),
        Behaviour(200, JSON, [BODY[:-1]]),
        Behaviour(200, JSON, [BODY[:500_000], b"Out of memory"], chunked=True),
        Behaviour(200, JSON, [BODY, b"Out of memory"], chunked=True),
    ],
    ids=["length", "length-early", "no-last-chunk", "unclosed", "unclosed-by-end", "words", "words-after"],
)
def test_an_answer_that_breaks_off_never_looks_whole(behaviour: Behaviour, ask: Asking) -> None:
    answer = ask(behaviour, formats.JSON)
    given = bytearray()
    with pytest.raises(BadGatewayError):  # noqa: PT012  # what came before is looked at
        for block in answer:
            given += block
    assert 0 < len(given) <= len(BODY) - _BLOCK // 100
    assert BODY.startswith(bytes(given))
    assert not check_all(formats.JSON, bytes(given))


def test_a_short_answer_that_breaks_off_is_an_error_at_once(ask: Asking) -> None:
    with pytest.raises(BadGatewayError, match="broke off"):
        ask(Behaviour(sent=[b"x\r\n1\r\n"], length=10))
    with pytest.raises(BadGatewayError, match="no whole text/csv; it ends in “x oops”"):
        ask(Behaviour(sent=[b"x\r\noops"], length=7))
    with pytest.raises(BadGatewayError, match="no whole"):
        ask(Behaviour(sent=[b""], length=0))


def test_a_long_answer_streams(ask: Asking) -> None:
    """The first block is there before the last was sent."""
    held = threading.Event()

    def pieces() -> Iterator[bytes]:
        yield BODY[:600_000]
        assert held.wait(10)
        yield BODY[600_000:]

    answer = iter(ask(Behaviour(200, JSON, pieces(), chunked=True), formats.JSON))
    first = next(answer)
    held.set()
    assert first + _read(answer) == BODY


def test_an_abandoned_answer_ends_the_connection(ask: Asking, server: Misbehaving) -> None:
    answer = ask(Behaviour(200, JSON, (ROW for _ in range(1_000_000)), chunked=True), formats.JSON)
    next(iter(answer))
    answer.close()  # type: ignore[attr-defined]
    assert server.abandoned.wait(10)
    assert list(answer) == []


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


def test_a_slow_server(ask: Asking) -> None:
    for slow in (
        Behaviour(pause=20),
        Behaviour(sent=[b"x"], length=10, pause=0.4),
        Behaviour(sent=[b"x"] * 100, length=100, pause=0.05),
    ):
        with _within(5), pytest.raises(QueryTooSlowError, match=r"longer than 0\.5 s"):
            ask(slow, seconds=0.5)


def test_a_slow_reader_costs_no_time(ask: Asking) -> None:
    answer = ask(Behaviour(200, JSON, [BODY], len(BODY)), formats.JSON, seconds=0.3)
    time.sleep(0.5)
    assert _read(answer) == BODY


def test_a_change_whose_outcome_is_unknown(server: Misbehaving) -> None:
    server.behaviour = Behaviour(pause=20)
    store = open_remote(server.url, True, update=server.url, seconds=0.3)
    with closing(store), _within(5), pytest.raises(GatewayTimeoutError, match="not known"):
        store.update(Update("CLEAR ALL"))


def test_a_client_that_goes_ends_the_request(ask: Asking) -> None:
    for behaviour in (Behaviour(pause=20), Behaviour(sent=[b"x"], length=10, pause=1)):
        abandonment = Abandonment()
        token = current.set(abandonment)
        threading.Timer(0.5 if behaviour.pause > 1 else 1.5, abandonment.tell).start()
        try:
            with _within(5), pytest.raises(AbandonedError):
                ask(behaviour)
        finally:
            current.reset(token)


def test_too_large_an_answer(ask: Asking) -> None:
    answer = ask(Behaviour(200, JSON, [BODY], len(BODY)), formats.JSON, largest=500_000)
    with pytest.raises(QueryTooLargeError):
        _read(answer)
    with pytest.raises(QueryTooLargeError):
        ask(Behaviour(200, JSON, [BODY], len(BODY)), formats.JSON, largest=50_000)


def test_what_is_asked(server: Misbehaving) -> None:
    """A form, a single format, the password in the header, and the address's own query kept."""
    server.behaviour = Behaviour(sent=[b"x\r\n"], length=3)
    address = server.url.replace("//", "//me:p%40ss@") + "?timeout=5"
    with closing(open_remote(address, True)) as store:
        store.answer(Question("SELECT * {} # å&", ("urn:a", "urn:b"), ("urn:c",)), formats.CSV)
    ((path, headers, body),) = server.requests
    assert path == "/sparql?timeout=5"
    assert headers["Accept"] == "text/csv"
    assert headers["Authorization"] == "Basic bWU6cEBzcw=="
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body.decode()) == {
        "query": ["SELECT * {} # å&"],
        "default-graph-uri": ["urn:a", "urn:b"],
        "named-graph-uri": ["urn:c"],
    }


def test_a_password_is_never_told() -> None:
    store = open_remote("http://me:secret@127.0.0.1:9/", False)
    with closing(store), pytest.raises(StoreUnavailableError) as caught:
        store.answer(Question(EVERYTHING), formats.CSV)
    assert "secret" not in str(caught.value) + repr(store.__dict__)


@pytest.mark.parametrize("text", ["http://", "https:///x", "http://[::1", "ftp://example.org/"])
def test_addresses_that_are_none(text: str) -> None:
    with pytest.raises(StoreUnavailableError):
        open_remote(text, True)


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with closing(open_remote(url, False)) as store, pytest.raises(StoreUnavailableError, match="refused") as caught:
            store.answer(Question(EVERYTHING), formats.CSV)
    assert caught.value.status == 503


def test_a_document_goes_as_it_is_or_resolved(server: Misbehaving) -> None:
    server.behaviour = Behaviour(201, {}, length=0)
    whole, relative = b"<urn:a> <urn:b> 1 . # as it is", b"<a> <urn:b> 1 ."
    with closing(open_remote(server.url, True, graphs=server.url)) as store:
        assert store.write_graph("urn:g å", [Document(whole, formats.TURTLE, "http://x/")], replace=True)
        assert store.write_graph(None, [Document(relative, formats.TURTLE, "http://x/")], replace=False)
    (path, headers, body), (default, _, resolved) = server.requests
    assert parse_qs(urlsplit(path).query) == {"graph": ["urn:g å"]}
    assert (headers["Content-Type"], body) == ("text/turtle; charset=utf-8", whole)
    assert (urlsplit(default).query, resolved) == (
        "default",
        b'<http://x/a> <urn:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
    )


def test_nothing_of_it_is_to_be_kept() -> None:
    store = open_remote("http://example.org/", True)
    assert (store.version(), store.modified()) == ("", None)


# Whether an answer is whole


def check_all(form: Format, body: bytes, size: int = _BLOCK) -> bool:
    made = check(form)
    for start in range(0, len(body), size):
        made.see(body[start : start + size])
    return made.is_whole()


WHOLE = {
    formats.JSON: [b'{"head":{},"boolean":true}', b' {"a":"}{\\"[\\\\","b":["\\\\\\"{"]}\n', b'{"a":"\xc3\xa5{"}'],
    formats.XML: [b"<sparql><head/></sparql>", b"<s:sparql></s:sparql >\n<!-- done -->\n"],
    formats.CSV: [b"x\r\n", b'x\r\n"a\r\nb"\r\n', b"true", b'"s"\n"1"\n'],
    formats.TSV: [b"?x\n", b"?x\n<urn:a>\n", b"false"],
    formats.TURTLE: [b"", b"# Empty TURTLE\n", b"@prefix a: <urn:a> .\n", b"<a> <b> 1 .", b"PREFIX a: <urn:a>\n"],
    formats.N_TRIPLES: [b"", b"# Empty NT\n", b"<a> <b> <c> .\n", b"<a> <b> <c> .\r\n\r\n# end\n"],
    formats.N_QUADS: [b"<a> <b> <c> <d> .\n"],
    formats.TRIG: [b"<g> {\n<a> <b> <c>\n}\n", b"<a> <b> <c> .\n"],
    formats.RDF_XML: [b"<rdf:RDF></rdf:RDF>\n", b'<rdf:RDF xmlns:rdf="x"/>', b"<RDF><a/></RDF>"],
    formats.JSON_LD: [b'{"@graph":[]}', b"[]", b'[{"a":"]"}]'],
}
BROKEN = {
    formats.JSON: [b"", b'{"a":', b'{"a":"}', b'{"a":"\\"}', b'{"a":"\\', b'{"a":{}}}', b"{}Out of memory", b"oops"],
    formats.XML: [b"", b"<sparql>", b"<sparql></sparql", b"<sparql></sparql>oops", b"<sparql></result>"],
    formats.CSV: [b"", b"x\r\n1", b'x\r\n"a\r\n', b"x\r\ntrue", b"n\nThe SPARQL operation has been cancelled"],
    formats.TSV: [b"", b"?x\n1"],
    formats.TURTLE: [b"<a> <b>", b"<a> <b> <c> ;\n", b"<a> <b> <c> .\nOut of memory", b"@prefix a: <"],
    formats.N_TRIPLES: [b"<a> <b> <c> .", b"<a> <b> <c>\n", b'<a> <b> "c.\n"', b"<a> <b> <c> .\noops"],
    formats.N_QUADS: [b"<a> <b> <c> <d>\n"],
    formats.TRIG: [b"<g> {\n<a> <b> <c>", b"<g> {"],
    formats.RDF_XML: [b"", b"<rdf:RDF>", b"<rdf:RDF></rdf:RDF", b"<rdf:RDF></rdf:RDF>oops"],
    formats.JSON_LD: [b"", b"[", b'[{"a":"]"}'],
}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("form", WHOLE, ids=lambda form: form.name)
def test_whole_and_broken(form: Format, size: int) -> None:
    for body in WHOLE[form]:
        assert check_all(form, body, size), body
    for body in BROKEN[form]:
        assert not check_all(form, body, size), body


def test_the_check_is_cheap() -> None:
    """In strings that are hard to skip: ten megabytes of escaped quotes."""
    body = b'["' + b'\\"' * 5_000_000 + b'"]'
    with _within(1):
        assert check_all(formats.JSON, body)


# Rows and values


def test_values_stand_in_every_pattern_that_gives_the_variable() -> None:
    iri = {"iri": ox.NamedNode("urn:a")}
    assert bound("SELECT ?iri { ?iri ?p ?o }", iri) == "SELECT ?iri { VALUES (?iri) { (<urn:a>) }  ?iri ?p ?o }"
    assert bound(query("reference-count"), iri).count("VALUES") == 2
    assert bound("SELECT * { { SELECT ?o { ?iri ?p ?o } } ?iri ?p ?o }", iri).count("VALUES") == 1
    assert bound(query("graphs"), {}) == query("graphs")
    quoted = bound("SELECT ?x { }", {"x": ox.Literal('a"} \\', language="nb")})
    assert next(iter(cast(ox.QuerySolutions, ox.Store().query(quoted))))["x"] == ox.Literal('a"} \\', language="nb")


def test_from_is_taken_out_without_moving_anything() -> None:
    text = "SELECT *\nFROM\n <urn:a> FROM NAMED urn:b { ?s ?FROM 'FROM <x>' }"
    taken = without_from(text)
    assert taken.split() == ["SELECT", "*", "{", "?s", "?FROM", "'FROM", "<x>'", "}"]
    assert (len(taken), taken.index("{"), taken.count("\n")) == (len(text), text.index("{"), 2)


def test_rows_of_an_odd_server() -> None:
    body = b"""{ "head": { "link": [] }, "results": { "distinct": false, "bindings": [
      { "a": { "type": "bnode", "value": "nodeID://b1" }, "b": { "type": "bnode", "value": "nodeID://b1" } },
      { "a": { "type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "1" },
        "b": { "type": "uri", "value": "http://example.org/a b" } },
      { "a": { "type": "literal", "xml:lang": "no such language", "value": "x" } },
      { "a": { "type": "triple", "value": { "subject": { "type": "uri", "value": "urn:s" },
        "predicate": { "type": "uri", "value": "urn:p" }, "object": { "type": "literal", "value": "o" } } } } ] } }"""
    nodes, odd, language, triple = rows(body)
    assert nodes["a"] == nodes["b"]
    assert isinstance(nodes["a"], ox.BlankNode)
    assert odd["a"] == ox.Literal(1)
    assert isinstance(odd["b"], ox.Literal)
    assert language["a"] == ox.Literal("x")
    assert triple["a"] == ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o"))
    for broken in (b"[]", b"{}", b"oops", b'{"results":{"bindings":[{"x":1}]}}', b"[" * 100_000):
        with pytest.raises(BadGatewayError):
            rows(broken)
