"""A connection as uvicorn serves it, with bounds to what a client may have it wait for and keep."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 1 << 18
"""Bytes of a request's head, about: what came before it ended."""
HEAD_WITHIN = 30.0
"""Seconds within which the head of a request must come."""
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: 30\r\nConnection: close\r\n\r\nthe request's head is too long"
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

    def release(self) -> None:
        """Writes what was kept, and keeps nothing any more."""
        kept, self._kept = self._kept, None
        if kept:
            self._transport.write(b"".join(kept))

    def close(self) -> None:
        """Closes the connection once all is written."""
        self.release()
        self._transport.close()


class Connection(HttpToolsProtocol):
    """Reads the head of a request only so far and so long; `scope["transport"]` is the way to the client."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._head = 0
        self._in_head = True
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
        super().data_received(data)
        if self._in_head:
            self._head += len(data)
            if self._head > LARGEST_HEAD and not self.transport.is_closing():
                self.transport.write(_TOO_LARGE)
                self.transport.close()
        elif self._waiting is None and self.cycle is not None and self.cycle.response_complete:
            self._wait()  # empty lines, which may precede a request (RFC 9112 section 2.2)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self.scope["transport"] = self.transport  # type: ignore[typeddict-unknown-key]  # ours
        self._in_head, self._head = True, 0
        if self._waiting is None:
            self._wait()

    def on_headers_complete(self) -> None:
        """The last of the head."""
        self._in_head = False
        self._wait_no_longer()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(HEAD_WITHIN, self.timeout_keep_alive_handler)

    def _wait_no_longer(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
