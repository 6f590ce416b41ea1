"""A 304 has the headers of the response that it stands for, on every route that has validators (RFC 9110 15.4.5)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sparql_endpoint.serving import Server, served

OF_BODY = {"content-type", "content-length", "content-encoding", "transfer-encoding", "date", "content-digest"}
MEASURE = "measure/2020-2025/14"
HTML = "text/html"
QUERY = "query=SELECT%20*%20%7B%20?s%20?p%20?o%20%7D%20LIMIT%2050"
PATHS = [
    ("/", HTML),
    ("/measures", HTML),
    ("/measures.csv", "*/*"),
    ("/measures?format=ttl", "*/*"),
    ("/units", HTML),
    ("/services", HTML),
    ("/partners", HTML),
    ("/concepts", HTML),
    ("/network", HTML),
    ("/network?format=json", "*/*"),
    ("/reports", HTML),
    ("/doc/report/2025-10-14", HTML),
    (f"/doc/{MEASURE}", HTML),
    (f"/doc/{MEASURE}?lang=en", HTML),
    (f"/doc/{MEASURE}", "text/turtle"),
    (f"/doc/{MEASURE}.jsonld", "*/*"),
    (f"/doc/{MEASURE}?format=linkset", "*/*"),
    ("/graph/current", HTML),
    ("/graph/current", "application/n-quads"),
    ("/graph/current.ttl", "*/*"),
    ("/ns", HTML),
    ("/ns", "text/turtle"),
    ("/resource?iri=http://www.w3.org/2004/02/skos/core%23Concept", HTML),
    ("/search?q=bibliotek", HTML),
    ("/search?q=bibliotek&format=json", "*/*"),
    ("/shapes", HTML),
    ("/data-sets", HTML),
    ("/about", HTML),
    ("/accessibility", HTML),
    ("/changes.atom", "*/*"),
    ("/sitemap.xml", "*/*"),
    ("/sitemap-0.xml", "*/*"),
    ("/robots.txt", "*/*"),
    ("/opensearch.xml", "*/*"),
    ("/openapi.json", "*/*"),
    ("/prefixes", HTML),
    ("/prefixes", "text/turtle"),
    ("/prefixes.json", "*/*"),
    ("/.well-known/void", HTML),
    ("/.well-known/void", "text/turtle"),
    ("/query", HTML),
    ("/query/completions.json", "*/*"),
    ("/static/style.css", "*/*"),
    ("/sparql", "text/turtle"),
    (f"/sparql?{QUERY}", "text/csv"),
    (f"/sparql?{QUERY}", HTML),
    (f"/sparql?{QUERY}&as-of=2026-05-01", "text/csv"),
    (f"/sparql?{QUERY}&as-of=2026-05-01", HTML),
    ("/difference?iri=https://w3id.org/nbkg/id/measure/2020-2025/14", HTML),
    ("/data?graph=https://w3id.org/nbkg/graph/current", "text/turtle"),
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(store_of_all: str) -> Iterator[Server]:
    with served(store_of_all, "--workers", "2", "--proxy-hops", "1") as running:
        yield running


def _headers(server: Server, method: str, path: str, headers: dict[str, str]) -> tuple[int, list[tuple[str, str]]]:
    answer, _ = server.ask(method, path, headers=headers)
    pairs = sorted((name.lower(), value) for name, value in answer.getheaders())
    return answer.status, [pair for pair in pairs if pair[0] not in OF_BODY]


@pytest.mark.parametrize(("path", "accept"), PATHS)
@pytest.mark.parametrize("coding", ["", "gzip"])
@pytest.mark.parametrize("prefix", ["", "/sub/path"])
def test_a_304_has_the_headers_of_the_200(server: Server, path: str, accept: str, coding: str, prefix: str) -> None:
    sent = {"Accept": accept, "Accept-Encoding": coding or "identity", "X-Forwarded-Prefix": prefix}
    status, expected = _headers(server, "GET", path, sent)
    assert status == 200
    etag = dict(expected)["etag"]
    assert {"vary", "cache-control"} <= dict(expected).keys() or path.startswith("/static")
    for method in ("GET", "HEAD"):
        for _ in range(2):
            status, headers = _headers(server, method, path, {**sent, "If-None-Match": etag})
            assert (status, headers) == (304, expected)
    assert _headers(server, "HEAD", path, sent) == (200, expected)
