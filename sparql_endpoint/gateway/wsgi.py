"""A request as WSGI has it (PEP 3333), and an application's answer to it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from sparql_endpoint.gateway.request import Headers, Request

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., object]], Iterable[bytes]]


@dataclass
class Answer:
    """What an application answered: a body that is there, or blocks to come."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes | None = None
    blocks: Iterable[bytes] = ()

    def close(self) -> None:
        """Nobody wants the blocks, or the rest of them."""
        if close := getattr(self.blocks, "close", None):
            close()


def environ(request: Request, body: bytes) -> Environ:
    """The environment. The path is percent-decoded; as PEP 3333 has it, its bytes stand as Latin-1.

    A header with a low line in its name is left out: WSGI could not tell it from one with a hyphen.
    """
    host, port = request.server
    made: Environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(request.path).decode("latin-1"),
        "QUERY_STRING": request.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{request.version}",
        "REMOTE_ADDR": request.client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": request.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(body)),
    }
    for name, value in request.headers.items():
        if name == "content-type":
            made["CONTENT_TYPE"] = value
        elif name not in ("content-length", "transfer-encoding") and "_" not in name:
            made[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return made


def call(application: Application, given: Environ) -> Answer:
    """The application's answer; a body that is there already is taken whole."""
    answer = Answer()

    def start_response(status: str, headers: Headers, _: object = None) -> Callable[[bytes], object]:
        answer.status = int(status.partition(" ")[0])
        answer.headers = [(name.lower(), value) for name, value in headers]
        return _no_write

    blocks = application(given, start_response)
    if given["REQUEST_METHOD"] == "HEAD" or _has_length(answer.headers):
        answer.body = b"".join(blocks)
        answer.blocks = blocks
        answer.close()
    else:
        answer.blocks = blocks
    return answer


def _has_length(headers: Headers) -> bool:
    return any(name == "content-length" for name, _ in headers)


def _no_write(_: bytes) -> object:
    raise TypeError("write() is not offered; give the body back")
