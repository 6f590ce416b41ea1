"""A connection as uvicorn serves it: with bounds, and with a short way for plain queries."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import struct
from contextlib import suppress
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sparql_endpoint.gateway.quick import PATH
from sparql_endpoint.gateway.request import ASKED, TRANSPORT, Request, with_length
from sparql_endpoint.gateway.server import Gateway
from sparql_endpoint.gateway.wsgi import Answer

_LOG = logging.getLogger(__name__)
LARGEST_HEAD = 1 << 18
"""Bytes of a request's head, about: what came before it ended."""
HEAD_WITHIN = 30.0
"""Seconds within which the head of a request must come."""
_ASKS = f"{PATH}?".encode()
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: 30\r\nconnection: close\r\n\r\nthe request's head is too long"
)


class Gathering:
    """A transport that can keep what is written until it goes out in one piece.

    Uvicorn writes the head of an answer and its body one after the other: two calls of the system, and a client that
    wakes up twice.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._kept: list[bytes] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def gather(self) -> None:
        """Keeps what is written from now on."""
        self._kept = []

    def write(self, data: bytes) -> None:
        """Writes, or keeps."""
        if self._kept is None:
            self._transport.write(data)
        else:
            self._kept.append(data)

    def is_closing(self) -> bool:
        """Whether it is closed, or will be once all is written."""
        return self._transport.is_closing()

    def release(self) -> None:
        """Writes what was kept, and keeps nothing any more."""
        kept, self._kept = self._kept, None
        if kept:
            self._transport.write(b"".join(kept))

    def close(self) -> None:
        """Closes the connection once all is written."""
        self.release()
        self._transport.close()

    def abort(self) -> None:
        """Closes it at once by a reset: without chunks (HTTP/1.0) an end would pass for the end of the answer."""
        with suppress(OSError), socket.socket(fileno=os.dup(self.get_extra_info("socket").fileno())) as copy:
            copy.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()


class Connection(HttpToolsProtocol):
    """Reads the head of a request only so far and so long, and has the gateway answer a plain query at once."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._head = 0
        self._in_head = True
        self._answered = False
        """Whether the request that is being read was answered without the application."""
        self._first = True
        """Whether no request was answered so of those that came in one piece."""
        self._waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """A client has come: its first request must come as well."""
        super().connection_made(cast(asyncio.Transport, Gathering(transport)))
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has gone."""
        self._wait_no_longer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some bytes of a request, or of several."""
        self._first = True
        super().data_received(data)
        if self._in_head:
            self._head += len(data)
            if self._head > LARGEST_HEAD and not self.transport.is_closing():
                self.transport.write(_TOO_LARGE)
                self.transport.close()
        elif self._waiting is None and self._is_idle() and self.timeout_keep_alive_task is None:
            self._wait()  # empty lines, which may precede a request (RFC 9112 section 2.2)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self.scope[TRANSPORT] = self.transport  # type: ignore[literal-required]  # ours
        self._in_head, self._head, self._answered = True, 0, False
        if self._waiting is None:
            self._wait()

    def on_headers_complete(self) -> None:
        """The last of the head."""
        self._in_head = False
        self._wait_no_longer()
        if self._first and self.url.startswith(_ASKS) and self._is_plain():
            self._first = False
            self._answered = self._answer_at_once()
        if not self._answered:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Some bytes of a body."""
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The last byte of a request."""
        if not self._answered:
            super().on_message_complete()

    def _is_plain(self) -> bool:
        """Whether it is a GET without a body, while no other is being answered and the connection stays."""
        parser = self.parser
        return (
            parser.get_method() == b"GET"
            and parser.get_http_version() == "1.1"
            and parser.should_keep_alive()
            and not parser.should_upgrade()
            and self._is_idle()
            and self.url.isascii()
            and b"#" not in self.url
            and not self.flow.write_paused
            and not any(name in (b"content-length", b"transfer-encoding") for name, _ in self.headers)
        )

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _answer_at_once(self) -> bool:
        gateway: Gateway = self.config.app  # type: ignore[assignment]  # what `running` gave
        self.scope["method"] = "GET"
        path, _, query_string = self.url.partition(b"?")
        try:
            asked, answer = gateway.at_once(Request(self.scope, path, query_string))
        except Exception:  # the parser would tell the client that its request is invalid
            _LOG.exception("a query could not be answered at once")
            return False
        if answer is None:
            self.scope[ASKED] = asked  # type: ignore[literal-required]  # ours
            return False
        self.transport.write(self._written(answer))
        self.on_response_complete()
        self.loop.call_soon(gateway.sent, asked, answer)  # when it is written: nobody waits for that
        return True

    def _written(self, answer: Answer) -> bytes:
        """An answer with 200 as it goes out."""
        body = answer.body or b""
        dated = b"".join(b"%s: %s\r\n" % header for header in self.server_state.default_headers)
        told = "".join(f"{name}: {value}\r\n" for name, value in with_length(answer.headers, body))
        return b"HTTP/1.1 200 OK\r\n%s%s\r\n%s" % (dated, told.encode("latin-1"), body)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(HEAD_WITHIN, self.timeout_keep_alive_handler)

    def _wait_no_longer(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
