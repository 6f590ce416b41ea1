"""Bodies in a content coding: decoded, or refused by name (RFC 9110 section 8.4)."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import zstandard

from nbkg.errors import NbkgError
from sparql_endpoint.http.request_coding import decode
from tests.sparql_endpoint.serving import TOKEN, Server, served

BODY = b"<urn:a> <urn:p> 1 ."
GZIP = gzip.compress(BODY, mtime=0)
ZSTD = zstandard.ZstdCompressor().compress(BODY)
_STREAM = zstandard.ZstdCompressor().compressobj()
STREAMED = _STREAM.compress(BODY) + _STREAM.flush()
BOMB = b"0" * (1 << 20)
WIDE = zstandard.ZstdCompressionParameters.from_level(1, window_log=27)
"""The window of level 22, without its work."""
DECODED = {
    "gzip": GZIP,
    "x-gzip": GZIP,
    "GZIP": GZIP,
    "zstd": ZSTD,
    "zstd ": STREAMED,
    "identity": BODY,
    "": BODY,
    "identity, gzip": GZIP,
    "gzip, zstd": zstandard.ZstdCompressor().compress(GZIP),
    "zstd,gzip": gzip.compress(ZSTD, mtime=0),
    "gzip,": GZIP,
}
REFUSED = [
    ("gzip", BODY, 400),
    ("zstd", BODY, 400),
    ("gzip", ZSTD, 400),
    ("zstd", GZIP, 400),
    ("gzip", GZIP[:-3], 400),
    ("gzip", GZIP[:-8] + b"xxxx" + GZIP[-4:], 400),
    ("gzip", GZIP + b"more", 400),
    ("gzip", b"", 400),
    ("zstd", b"", 400),
    ("zstd", ZSTD[:-3], 400),
    ("zstd", STREAMED[:-3], 400),
    ("zstd", ZSTD + b"more", 400),
    ("zstd, gzip", GZIP, 400),
    ("gzip, gzip, gzip, gzip", GZIP, 400),
    ("br", BODY, 415),
    ("deflate", zlib.compress(BODY), 415),
    ("compress", BODY, 415),
    ("nonsense", BODY, 415),
    ("gzip, br", GZIP, 415),
    ("gzip;q=1", GZIP, 415),
    ("gzip", gzip.compress(BOMB, mtime=0), 413),
    ("gzip", gzip.compress(b"", mtime=0) + gzip.compress(BOMB, mtime=0), 413),
    ("zstd", zstandard.ZstdCompressor().compress(BOMB), 413),
    ("zstd", zstandard.ZstdCompressor(write_content_size=False).compress(BOMB), 413),
    ("gzip, gzip", gzip.compress(gzip.compress(BOMB, mtime=0), mtime=0), 413),
    ("zstd", zstandard.ZstdCompressor(compression_params=WIDE).compress(BOMB * 100), 413),
]


@pytest.mark.parametrize("coding", DECODED)
def test_a_body_is_decoded(coding: str) -> None:
    assert decode(DECODED[coding], coding, 1000) == BODY


def test_a_body_may_have_several_frames_and_all_the_room() -> None:
    assert decode(GZIP + GZIP, "gzip", 1000) == decode(ZSTD + ZSTD, "zstd", 1000) == BODY + BODY
    for coding, body in (("gzip", gzip.compress(BOMB, mtime=0)), ("zstd", zstandard.ZstdCompressor().compress(BOMB))):
        assert decode(body, coding, len(BOMB)) == BOMB


@pytest.mark.parametrize(("coding", "body", "status"), REFUSED, ids=map(str, range(len(REFUSED))))
def test_a_body_that_is_not_what_it_says_is_refused(coding: str, body: bytes, status: int) -> None:
    with pytest.raises(NbkgError) as error:
        decode(body, coding, 1000)
    assert error.value.status == status


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served("memory:", "--default-graph", "plain", "--workers", "2", token=TOKEN) as running:
        yield running


UPDATE, QUERY = b"INSERT DATA { <urn:a> <urn:p> 1 }", b"ASK {}"
WAYS = {
    "graph": ("PUT", "/data?graph=urn:g", "text/turtle", BODY, 204),
    "more of a graph": ("POST", "/data?graph=urn:g", "text/turtle", BODY, 204),
    "files": (
        "POST",
        "/data?graph=urn:g",
        "multipart/form-data; boundary=cut",
        b'--cut\r\nContent-Disposition: form-data; name="f"; filename="a"\r\nContent-Type: text/turtle\r\n\r\n'
        + BODY
        + b"\r\n--cut--\r\n",
        204,
    ),
    "update": ("POST", "/sparql", "application/sparql-update", UPDATE, 204),
    "update in a form": (
        "POST",
        "/sparql",
        "application/x-www-form-urlencoded",
        b"update=" + quote(UPDATE).encode(),
        204,
    ),
    "query": ("POST", "/sparql", "application/sparql-query", QUERY, 200),
    "query in a form": ("POST", "/sparql", "application/x-www-form-urlencoded", b"query=" + quote(QUERY).encode(), 200),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_send_something_knows_codings(server: Server, way: str) -> None:
    method, path, media_type, body, done = WAYS[way]
    server.update("DROP ALL ; CREATE GRAPH <urn:g>")

    def send(coding: str, sent: bytes, accept: str = "*/*") -> int:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": media_type, "Content-Encoding": coding}
        answer, content = server.ask(method, path, sent, {**headers, "Accept": accept})
        if answer.status >= 400 and accept == "*/*":
            assert json.loads(content)["status"] == answer.status
            assert (answer.getheader("Accept-Encoding") is not None) == (answer.status == 415)
        return answer.status

    assert send("gzip", body) == 400
    assert send("br", body) == 415
    bomb = b"0" * (70 << 20)
    assert send("gzip", gzip.compress(bomb, mtime=0)) == send("zstd", zstandard.ZstdCompressor().compress(bomb)) == 413
    assert server.query("SELECT ?s { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }").split() == ["s"]
    assert send("gzip", gzip.compress(body, mtime=0)) == send("zstd", zstandard.ZstdCompressor().compress(body)) == done
    assert send("identity", body) == done
    if done == 200:
        assert send("gzip", gzip.compress(body, mtime=0), "text/html") == 200


@pytest.mark.slow
def test_a_file_of_several_may_be_coded(server: Server) -> None:
    head = b'--cut\r\nContent-Disposition: form-data; name="f"; filename="a"\r\nContent-Type: text/turtle\r\n'
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "multipart/form-data; boundary=cut"}
    for coding, content, status in (("gzip", GZIP, 204), ("gzip", BODY, 400), ("br", BODY, 415)):
        body = head + f"Content-Encoding: {coding}\r\n\r\n".encode() + content + b"\r\n--cut--\r\n"
        assert server.ask("POST", "/data?default", body, headers)[0].status == status


@pytest.mark.slow
def test_a_coding_without_a_body_is_passed_over(server: Server) -> None:
    for method in ("GET", "HEAD"):
        assert server.ask(method, "/sparql?query=ASK%7B%7D", headers={"Content-Encoding": "gzip"})[0].status == 200


@pytest.mark.slow
@pytest.mark.parametrize(
    ("media_type", "body", "advice"),
    [
        ("text/turtle", b"<urn:a> <urn:b>", ""),
        ("text/turtle", b'<urn:a> <urn:p> "\xe5" .', "save it in UTF-8"),
        ("text/turtle", GZIP, "compressed by gzip"),
        ("application/n-triples", ZSTD, "compressed by zstd"),
        ("application/rdf+xml", b'<?xml version="1.0" encoding="x-none"?><a/>', ""),
        ("application/rdf+xml", b'<?xml version="1.0" encoding="US-ASCII"?><a>\xe5</a>', ""),
        ("application/rdf+xml", b'<a xmlns="urn:x"><b>\xe5</b></a>', "or name its encoding in the XML declaration"),
        ("application/ld+json", b'{"@id": ', ""),
        (
            "application/ld+json",
            b'{"@context": "https://schema.org/", "name": "x"}',
            "write what the context holds",
        ),
        ("text/turtle", b"<!doctype html><html></html>", "a page in HTML"),
        ("application/n-quads", b"<a> <urn:p> 1 .", "N-Quads has no relative IRIs"),
    ],
)
def test_a_document_that_does_not_parse_is_called_a_document(
    server: Server, media_type: str, body: bytes, advice: str
) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": media_type}
    answer, content = server.ask("PUT", "/data?graph=urn:odd", body, headers)
    problem = json.loads(content)
    assert (answer.status, problem["title"]) == (400, "The document does not parse")
    assert advice in problem["detail"]
