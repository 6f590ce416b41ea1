"""A server that answers as it is told to, however wrong, and notes what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Asking = Callable[..., Iterable[bytes]]


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
