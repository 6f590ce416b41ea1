"""Openers: from addresses to bytes, and what is said of addresses that give none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from rdflib import URIRef

from loader.errors import CuratedError
from loader.sources.openers import OPENERS, SCHEMES, open_source
from loader.sources.source import Source
from nbkg.errors import ServiceError, UsageError

SOURCE = Source(URIRef("urn:s"), "s", "status_report", "file", "", described_in="mine.ttl")


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/report.txt":
            self._send(200, b"the text", 8)
        elif self.path == "/cut.txt":
            self._send(200, b"the te", 8)
        else:
            self._send(404, b"", 0)

    def _send(self, status: int, body: bytes, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _read(source: Source) -> list[tuple[str, bytes]]:
    return [(document.name, document.stream.read()) for document in open_source(source)]


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"the text")
    assert _read(replace(SOURCE, address=str(file))) == [(str(file), b"the text")]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.txt: cannot be read"):
        _read(replace(SOURCE, address=str(tmp_path / "a.txt")))


def test_an_address(site: str) -> None:
    source = replace(SOURCE, opener="http", address=f"{site}/report.txt")
    assert _read(source) == [(f"{site}/report.txt", b"the text")]


@pytest.mark.parametrize(("path", "message"), [("none.txt", "404 for <urn:s>"), ("cut.txt", "cannot be fetched")])
def test_an_address_that_gives_nothing_whole(site: str, path: str, message: str) -> None:
    with pytest.raises(ServiceError, match=message):
        _read(replace(SOURCE, opener="http", address=f"{site}/{path}"))


def test_an_opener_that_is_not_there() -> None:
    with pytest.raises(CuratedError, match=r"mine\.ttl: <urn:s>: there is no opener “ftp”; choose one of"):
        _read(replace(SOURCE, opener="ftp"))


def test_every_line_of_the_table_leads_to_an_opener() -> None:
    assert all(callable(load()) for load in OPENERS.values())
    assert set(SCHEMES.values()) <= OPENERS.keys()
