"""The stores that graphs are sent to: Oxigraph's own server, and one that keeps what it is sent."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from loader.push import push
from tests.loader.push.held import OXIGRAPH, http
from tests.loader.push.keeper import Asked, Keeper, free_port


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder, of this test alone; and no waiting."""
    monkeypatch.setattr(push, "user_cache_path", lambda _: tmp_path / "cache" / "nbkg")
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda _: None)
    return tmp_path / "cache"


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    keeper = Keeper()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = keeper.take(Asked(self.command, self.path, dict(self.headers), body))
            if answer is None:
                self.close_connection = True
                return
            status, headers, said = answer
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(said))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        do_PUT = do_POST = do_GET = _handle  # noqa: N815  http.server's own names

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """A client that was killed."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,)).start()
        keeper.address = f"http://127.0.0.1:{server.server_port}/store"
        yield keeper
        server.shutdown()


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[str]:
    """The address of an empty Oxigraph's Graph Store."""
    assert OXIGRAPH, "the program oxigraph is required and not installed"
    port = free_port()
    with subprocess.Popen(
        [OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}/store"
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("oxigraph does not answer")


@pytest.fixture
def empty(oxigraph: str) -> str:
    http("DELETE", oxigraph)
    return oxigraph
