"""Running the gateway by uvicorn in a process of its own, which is started again should it end by itself."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from ctypes import c_double
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

from sparql_endpoint.workers.process_settings import die_with_parent

if TYPE_CHECKING:  # the supervisor starts the sooner without what only the server's process needs
    import uvicorn

    from sparql_endpoint.gateway.gateway import Gateway

Make = Callable[[], "Gateway"]

_FINISHES_WITHIN = 5
"""Seconds that responses which are under way have to come to their end when the server is stopped."""
_ENDS_WITHIN = 8.0
"""Seconds that the process has to end, before it is killed."""
_SOON = 5.0
_TRIES = 3
"""How often in a row a process may end before it has served for so many seconds: a broken one is not tried for ever."""
_IDLE = 75
"""Seconds that a connection without a request stays open."""
_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_LOG = logging.getLogger(__name__)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address; port 0 is any free port. Raises OSError or OverflowError."""
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return socket.create_server(address, family=family, backlog=1024, dualstack_ipv6=family == socket.AF_INET6)


def run(make: Make, listener: socket.socket) -> None:
    """Serve until interrupted or stopped by a signal. Exits with 1 where the process does not stay.

    The socket stays open all the while: a client that connects while a process is started waits for it. Processes are
    spawned: a fork would inherit the threads of a store's engine broken.
    """
    stop, tries = _Stop(), 0
    context = multiprocessing.get_context("spawn")
    while not stop.is_requested:
        serving_since = context.Value("d", lock=False)
        process = context.Process(target=_serve, args=(make, listener, os.getpid(), serving_since))
        process.start()
        stop.process = process
        if stop.is_requested:  # while it was started
            process.terminate()
        process.join()
        if stop.is_requested:
            return
        has_served = bool(serving_since.value) and time.monotonic() - serving_since.value >= _SOON
        tries = 1 if has_served else tries + 1
        if tries == _TRIES:
            sys.exit(f"the server ended by itself ({process.exitcode}), {tries} times in a row")
        _LOG.error("the server ended by itself (%s); starting it again", process.exitcode)


class _Stop:
    """Whether SIGTERM or SIGINT asked the server to stop, which then stops its process."""

    def __init__(self) -> None:
        self.is_requested = False
        self.process: SpawnProcess | None = None
        for number in _STOP_SIGNALS:
            signal.signal(number, self._handle)

    def _handle(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  # a signal handler's signature
        self.is_requested = True
        if self.process is not None and self.process.is_alive():
            self.process.terminate()
            self.process.join(_ENDS_WITHIN)
            self.process.kill()


def _serve(make: Make, listener: socket.socket, parent: int, serving_since: c_double) -> NoReturn:
    """Serve in this process until a signal stops it, and then end whatever its threads do."""
    die_with_parent(parent)
    gateways: list[Gateway] = []

    def finish(number: int = 0, frame: FrameType | None = None) -> NoReturn:  # noqa: ARG001  # a signal handler's signature
        for gateway in gateways:
            gateway.close()
        os._exit(0)

    for number in _STOP_SIGNALS:  # uvicorn has handlers of its own while it serves, and restores these afterwards
        signal.signal(number, finish)
    gateways.append(gateway := make())
    serving_since.value = time.monotonic()
    make_server(gateway).run([listener])
    finish()


def make_server(application: Callable[..., Any]) -> uvicorn.Server:
    """Return the server of an ASGI application; its `run` takes the sockets to listen at."""
    import uvicorn  # noqa: PLC0415  # in the server only

    from sparql_endpoint.gateway.connection import Connection  # noqa: PLC0415  # in the server only

    config = uvicorn.Config(
        application,
        http=Connection,
        loop="uvloop",
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_FINISHES_WITHIN,
    )
    return uvicorn.Server(config)
