"""What a server does that misbehaves, and what is told of it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest

from nbkg.errors import NbkgError, StoreError, StoreUnavailableError
from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint.errors import (
    AbandonedError,
    BadGatewayError,
    BusyError,
    GatewayTimeoutError,
    NotAcceptableError,
    QueryTooLargeError,
    QueryTooSlowError,
    RequestError,
)
from sparql_endpoint.http import formats
from sparql_endpoint.http.cancellation import Cancellation, current
from sparql_endpoint.stores.base import Document, Question, Update
from sparql_endpoint.stores.remote.relay import _BLOCK
from sparql_endpoint.stores.remote.store import RemoteLimits, open_remote
from tests.nbkg.http_client.misbehaving import Asking, Behaviour, Misbehaving
from tests.sparql_endpoint.stores.remote.checks import check_all, read, within

EVERYTHING = "SELECT * { ?s ?p ?o }"


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
def test_refusals(status: int, error: type[NbkgError], seen: int, ask: Asking) -> None:
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
    with pytest.raises(BadGatewayError, match="asked for text/csv and sent"):
        ask(Behaviour(headers={"Content-Type": given}, sent=[b"x\r\n"], length=3))


@pytest.mark.parametrize("charset", ["iso-8859-1", '"ISO-8859-1"', "utf-16", "x-none"])
def test_another_charset(charset: str, ask: Asking) -> None:
    with pytest.raises(BadGatewayError, match=f"“{charset.strip(chr(34)).lower()}”; only UTF-8 is passed on"):
        ask(Behaviour(headers={"Content-Type": f"text/csv; charset={charset}"}, sent=[b"x\r\n\xe5\r\n"], length=6))


@pytest.mark.parametrize("charset", ["utf-8", '"UTF-8"', "UTF8", "us-ascii"])
def test_charsets_that_are_utf_8(charset: str, ask: Asking) -> None:
    csv = {"Content-Type": f"text/csv; charset={charset}"}
    assert ask(Behaviour(headers=csv, sent=[b"x\r\n"], length=3)) == [b"x\r\n"]


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
    with pytest.raises(BadGatewayError, match="the connection to the upstream server broke"):
        ask(Behaviour(sent=[b"x\r\n1\r\n"], length=10))
    with pytest.raises(BadGatewayError, match="no complete text/csv; it ends in “x oops”"):
        ask(Behaviour(sent=[b"x\r\noops"], length=7))
    with pytest.raises(BadGatewayError, match="no complete"):
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
    assert first + read(answer) == BODY


def test_an_abandoned_answer_ends_the_connection(ask: Asking, server: Misbehaving) -> None:
    answer = ask(Behaviour(200, JSON, (ROW for _ in range(1_000_000)), chunked=True), formats.JSON)
    next(iter(answer))
    answer.close()  # type: ignore[attr-defined]
    assert server.abandoned.wait(10)
    assert list(answer) == []


def test_a_slow_server(ask: Asking) -> None:
    for slow in (
        Behaviour(pause=20),
        Behaviour(sent=[b"x"], length=10, pause=0.4),
        Behaviour(sent=[b"x"] * 100, length=100, pause=0.05),
    ):
        with within(5), pytest.raises(QueryTooSlowError, match=r"longer than 0\.5 s"):
            ask(slow, limits=RemoteLimits(0.5))


def test_a_slow_reader_costs_no_time(ask: Asking) -> None:
    answer = ask(Behaviour(200, JSON, [BODY], len(BODY)), formats.JSON, limits=RemoteLimits(0.3))
    time.sleep(0.5)
    assert read(answer) == BODY


def test_a_change_whose_outcome_is_unknown(server: Misbehaving) -> None:
    server.behaviour = Behaviour(pause=20)
    store = open_remote(server.url, update=server.url, limits=RemoteLimits(0.3))
    with closing(store), within(5), pytest.raises(GatewayTimeoutError, match="not known"):
        store.update(Update("CLEAR ALL"))


def test_a_client_that_goes_ends_the_request(ask: Asking) -> None:
    for behaviour in (Behaviour(pause=20), Behaviour(sent=[b"x"], length=10, pause=1)):
        abandonment = Cancellation()
        token = current.set(abandonment)
        threading.Timer(0.5 if behaviour.pause > 1 else 1.5, abandonment.cancel).start()
        try:
            with within(5), pytest.raises(AbandonedError):
                ask(behaviour)
        finally:
            current.reset(token)


def test_too_large_an_answer(ask: Asking) -> None:
    answer = ask(Behaviour(200, JSON, [BODY], len(BODY)), formats.JSON, limits=RemoteLimits(bytes=500_000))
    with pytest.raises(QueryTooLargeError):
        read(answer)
    with pytest.raises(QueryTooLargeError):
        ask(Behaviour(200, JSON, [BODY], len(BODY)), formats.JSON, limits=RemoteLimits(bytes=50_000))


def test_what_is_asked(server: Misbehaving) -> None:
    """A form, a single format, the password in the header, and the address's own query kept."""
    server.behaviour = Behaviour(sent=[b"x\r\n"], length=3)
    address = server.url.replace("//", "//me:p%40ss@") + "?timeout=5"
    with closing(open_remote(address)) as store:
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
    store = open_remote("http://me:secret@127.0.0.1:9/", DefaultGraph.PLAIN)
    with closing(store), pytest.raises(StoreUnavailableError) as caught:
        store.answer(Question(EVERYTHING), formats.CSV)
    assert "secret" not in str(caught.value) + repr(store.__dict__)


@pytest.mark.parametrize("text", ["http://", "https:///x", "http://[::1", "ftp://example.org/"])
def test_addresses_that_are_none(text: str) -> None:
    with pytest.raises(StoreUnavailableError):
        open_remote(text)


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with (
            closing(open_remote(url, DefaultGraph.PLAIN)) as store,
            pytest.raises(StoreUnavailableError, match="refused") as caught,
        ):
            store.answer(Question(EVERYTHING), formats.CSV)
    assert caught.value.status == 503


def test_a_document_goes_as_it_is_or_resolved(server: Misbehaving) -> None:
    server.behaviour = Behaviour(201, {}, length=0)
    whole, relative = b"<urn:a> <urn:b> 1 . # as it is", b"<a> <urn:b> 1 ."
    with closing(open_remote(server.url, graphs=server.url)) as store:
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
    store = open_remote("http://example.org/")
    assert (store.version(), store.modified()) == ("", None)
