"""Where links lead: under the prefix of the mount, and never to a host that anybody named (RFC 9110 section 7.2)."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from http.client import HTTPResponse
from urllib.parse import quote

import pytest

from nbkg.errors import NbkgError
from sparql_endpoint.http.proxies import TrustedAddress, mount_prefix
from sparql_endpoint.http.request import Request
from tests.sparql_endpoint.http.test_not_modified import PATHS
from tests.sparql_endpoint.serving import TOKEN, Server, served

PREFIX = "/sub/path"
EVIL = "evil.example"
_LINKS = re.compile(r"""(?:href|src|action|content|data-[a-z]+)=["'](/[^"']*)["']|<(/[^>]*)>; ?rel=""")
_MORE = [
    ("/releases", "*/*"),
    ("/id/measure/2020-2025/14", "text/html"),
    ("/resource?iri=https://w3id.org/nbkg/id/measure/2020-2025/14", "text/html"),
    ("/favicon.ico", "*/*"),
    ("/sparql", "text/html"),
    ("/nowhere", "text/html"),
    ("/nowhere", "application/json"),
    ("/query/notebook.ipynb?query=ASK%7B%7D", "*/*"),
    ("/units?format=csv", "*/*"),
    ("/dumps", "*/*"),
    ("/sparql?query=ASK", "text/html"),
    ("/sparql?query=CONSTRUCT%20%7B%3Cx%3E%20%3Cx%3E%20%3Cx%3E%7D%20WHERE%20%7B%7D", "application/n-triples"),
]


@pytest.fixture(scope="module")
def mounted(store_of_all: str) -> Iterator[Server]:
    with served(store_of_all, "--workers", "2", "--proxy-hops", "1") as running:
        yield running


@pytest.fixture(scope="module")
def plain(store_of_all: str) -> Iterator[Server]:
    with served(store_of_all, "--workers", "2") as running:
        yield running


def _ask(server: Server, lines: list[str], method: str = "GET", body: bytes = b"") -> tuple[HTTPResponse, str]:
    """The response to a request with exactly these lines: http.client would add a Host."""
    host, _, port = server.netloc.partition(":")
    with closing(socket.create_connection((host, int(port)), timeout=60)) as client:
        head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "Connection: close", "", ""])
        client.sendall(head.encode("latin-1") + body)
        answer = HTTPResponse(client, method=method)
        answer.begin()
        return answer, answer.read().decode(errors="replace")


@pytest.mark.slow
@pytest.mark.parametrize(("path", "accept"), [*PATHS, *_MORE])
def test_every_link_stays_under_the_mount(mounted: Server, path: str, accept: str) -> None:
    host = "data.example.org"
    forwarded = [f"X-Forwarded-Prefix: {PREFIX}", f"X-Forwarded-Host: {host}", "X-Forwarded-Proto: https"]
    answer, body = _ask(mounted, [f"GET {path} HTTP/1.1", f"Host: {EVIL}", f"Accept: {accept}", *forwarded])
    headers = "\n".join(f"{name}: {value}" for name, value in answer.getheaders())
    text = f"{headers}\n{body}" if "html" in answer.getheader("Content-Type", "") else headers
    roots = [unescape(one or other) for one, other in _LINKS.findall(text)]
    outside = [link for link in roots if not link.startswith((f"{PREFIX}/", "//"))]
    assert [link for link in outside if link != PREFIX] == []
    if location := answer.getheader("Location"):
        assert location.startswith((f"{PREFIX}/", f"https://{host}{PREFIX}/"))
    assert EVIL not in headers + body
    assert mounted.netloc not in headers + body
    complete = re.findall(rf"https?://{re.escape(host)}(/[^\s\"'<>)]*)", unescape(body.replace("\\/", "/")))
    assert [link for link in complete if not link.startswith(f"{PREFIX}/") and link != PREFIX] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/sparql", "/data"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_the_descriptions_are_found_under_the_mount(mounted: Server, path: str, method: str) -> None:
    sent = ["Host: x", f"X-Forwarded-Prefix: {PREFIX}/", "Accept: */*"]
    answer, _ = _ask(mounted, [f"{method} {path} HTTP/1.1", *sent], method)
    assert f'<{PREFIX}/.well-known/void>; rel="describedby"' in (answer.getheader("Link") or "")


@pytest.mark.slow
def test_an_answer_of_one_mount_is_not_given_to_another(mounted: Server) -> None:
    for path in ("/", "/sparql", "/openapi.json", "/about"):
        for prefix in ("/one", "/two"):
            sent = ["Host: x", f"X-Forwarded-Prefix: {prefix}", "Accept: text/html, text/turtle"]
            answer, body = _ask(mounted, [f"GET {path} HTTP/1.1", *sent])
            assert prefix in body + str(answer.getheaders())
            assert ("/two" if prefix == "/one" else "/one") not in body + str(answer.getheaders())


HOSTS = [
    [f"Host: {EVIL}"],
    [f"Host: {EVIL}:80"],
    ["Host: 127.0.0.1", f"X-Forwarded-Host: {EVIL}"],
    ["Host: 127.0.0.1", f"Forwarded: host={EVIL}", f"X-Forwarded-Prefix: //{EVIL}", f"X-Original-Host: {EVIL}"],
    [f"Host: localhost.{EVIL}"],
    [f"Host: 127.0.0.1.{EVIL}"],
]


_EVERY_HOST = (("/sparql", "text/turtle"), ("/", "text/html"), *_MORE)
"""What is asked for with every host; the other paths with the first one only."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "accept", "headers"),
    [(*page, hosts) for page in (*PATHS, *_MORE) for hosts in (HOSTS if page in _EVERY_HOST else HOSTS[:1])],
)
def test_no_client_names_the_host_of_links(plain: Server, path: str, accept: str, headers: list[str]) -> None:
    answer, body = _ask(plain, [f"GET {path} HTTP/1.1", f"Accept: {accept}", *headers])
    assert EVIL not in body + str(answer.getheaders())


@pytest.mark.slow
def test_an_absolute_target_does_not_name_the_host_either(plain: Server) -> None:
    answer, body = _ask(plain, [f"GET http://{EVIL}/sparql HTTP/1.1", "Host: 127.0.0.1", "Accept: text/turtle"])
    assert answer.status == 200
    assert EVIL not in body


@pytest.mark.slow
@pytest.mark.parametrize(
    "host", [["Host: a b"], ["Host: a", "Host: b"], ["Host: x@y"], ["Host: a/b"], ["Host: a:port"]]
)
def test_what_is_no_host_is_refused(plain: Server, host: list[str]) -> None:
    answer, body = _ask(plain, ["GET /sparql HTTP/1.1", *host])
    assert answer.status == 400
    assert answer.getheader("Access-Control-Allow-Origin") == "*"
    assert "Host" in json.loads(body)["detail"]


@pytest.mark.slow
def test_the_public_address_goes_before_all_else(store_of_all: str) -> None:
    public = "https://data.example.org/nbkg"
    with served(store_of_all, "--workers", "2", "--proxy-hops", "1", "--public-url", f"{public}/") as server:
        lines = ["GET /sparql HTTP/1.1", f"Host: {EVIL}", f"X-Forwarded-Host: {EVIL}", "X-Forwarded-Prefix: /else"]
        answer, body = _ask(server, [*lines, "Accept: application/n-triples"])
        assert f"<{public}/sparql>" in body
        assert EVIL not in body
        assert "</nbkg/openapi.json>" in (answer.getheader("Link") or "")
        _, page = _ask(server, ["GET / HTTP/1.1", "Host: x", "Accept: text/html"])
        assert f'content="{public}/' in page
        assert 'href="/nbkg/static/style.css"' in page


@pytest.mark.slow
def test_a_graph_is_not_named_by_a_host_that_anybody_sends() -> None:
    with served("memory:", "--workers", "2", token=TOKEN) as server:
        sent = [f"Host: {EVIL}", f"Authorization: Bearer {TOKEN}", "Content-Type: text/turtle"]
        answer, _ = _ask(server, ["PUT /data/g HTTP/1.1", *sent], "PUT", b"<> <urn:p> <x> .")
        assert answer.getheader("Location") == f"{server.address}/data/g"
        answer, _ = _ask(server, ["POST /data HTTP/1.1", *sent], "POST", b"<> <urn:p> <x> .")
        assert (answer.getheader("Location") or "").startswith(f"{server.address}/data/")
        update = "INSERT DATA { <a> <b> <c> }"
        asked = [f"POST /sparql?update={quote(update)} HTTP/1.1", *sent[:2]]
        asked.append("Content-Type: application/x-www-form-urlencoded")
        assert _ask(server, asked, "POST")[0].status == 204
        assert EVIL not in server.query("SELECT * { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } }")


@pytest.mark.parametrize(
    ("path", "prefix"),
    [
        ("", ""),
        ("/", ""),
        ("/sub/path", "/sub/path"),
        ("/sub/path/", "/sub/path"),
        ("sub", "/sub"),
        ("//evil.example/x", "/evil.example/x"),
        ("/../x", "/x"),
        ('/a"b c<', "/a%22b%20c%3C"),
        ("/blåbær", "/bl%C3%A5b%C3%A6r"),
        ("/bl%C3%A5", "/bl%C3%A5"),
    ],
)
def test_a_prefix_has_one_form(path: str, prefix: str) -> None:
    assert mount_prefix(path) == prefix


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1:8000", "127.0.0.1:8000"),
        ("localhost:9000", "localhost:9000"),
        ("LOCALHOST", "LOCALHOST"),
        ("nbkg.localhost", "nbkg.localhost"),
        ("[::1]:8000", "[::1]:8000"),
        ("10.0.0.7:8000", "10.0.0.7:8000"),
        ("machine:8000", "machine:8000"),
        ("10.0.0.8", "10.0.0.7:8000"),
        ("evil.example", "10.0.0.7:8000"),
        ("", "10.0.0.7:8000"),
    ],
)
def test_a_host_that_names_this_machine_is_used(host: str, expected: str) -> None:
    request = Request("GET", "/", b"", {"host": host}, server=("10.0.0.7", 8000))
    TrustedAddress(own_names=frozenset({"machine"})).apply(request)
    assert request.host == expected


def test_an_address_of_ipv6_has_brackets() -> None:
    request = Request("GET", "/", b"", {"host": "evil.example"}, server=("2001:db8::1", 80))
    TrustedAddress().apply(request)
    assert request.base_url == "http://[2001:db8::1]/"


@pytest.mark.parametrize(
    ("hops", "sent", "expected"),
    [
        (1, {"for": "9.9.9.9, 1.2.3.4", "host": "evil.example, a.example", "proto": "https"}, "https://a.example/"),
        (2, {"host": "a.example, b.example", "proto": "https, http"}, "https://a.example/"),
        (2, {"host": "evil.example"}, "http://127.0.0.1:1/"),
        (1, {"host": "not a host", "proto": "javascript"}, "http://127.0.0.1:1/"),
        (0, {"host": "evil.example", "proto": "https", "prefix": "/x"}, "http://127.0.0.1:1/"),
    ],
)
def test_what_the_trusted_proxies_state_is_used(hops: int, sent: dict[str, str], expected: str) -> None:
    headers = {"host": "127.0.0.1:1", **{f"x-forwarded-{name}": value for name, value in sent.items()}}
    request = Request("GET", "/", b"", headers, server=("127.0.0.1", 1), client="8.8.8.8")
    TrustedAddress(hops).apply(request)
    assert request.base_url == expected
    assert request.client == ("1.2.3.4" if "for" in sent else "8.8.8.8")


def test_two_hosts_are_refused() -> None:
    with pytest.raises(NbkgError):
        TrustedAddress().apply(Request("GET", "/", b"", {"host": "a, b"}, server=("127.0.0.1", 1)))
