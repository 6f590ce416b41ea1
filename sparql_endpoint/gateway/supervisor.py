"""Runs an ASGI application by uvicorn in a process of its own, which is started again should it end by itself."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import Any, NoReturn

import uvicorn

from sparql_endpoint.gateway.connection import Connection
from sparql_endpoint.gateway.gateway import Gateway
from sparql_endpoint.workers.processes import die_with_parent

Make = Callable[[], Gateway]

_FINISHES_WITHIN = 5
"""Seconds that answers which are under way have to come to their end when the server is stopped."""
_ENDS_WITHIN = 8.0
_SOON = 5.0
_TRIES = 3
"""How often in a row a process may end so many seconds after its start: one that cannot start is not tried for ever."""
_KEPT = 75
"""Seconds that a connection which nothing is asked on stays open."""
_STOP = (signal.SIGTERM, signal.SIGINT)
_LOG = logging.getLogger(__name__)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; 0 is any free port. Raises OSError or OverflowError."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(1024)
    except BaseException:
        made.close()
        raise
    return made


def run(make: Make, at: socket.socket) -> None:
    """Serves until interrupted or told to stop. Exits with 1 where the process does not stay.

    The socket stays open all the while: who asks while a process is started waits for it. Processes are spawned: a
    fork would inherit the threads of a store's engine broken.
    """
    stopped = _Stopped()
    tries = 0
    while not stopped.told:
        begun = time.monotonic()
        process = multiprocessing.get_context("spawn").Process(target=_serve, args=(make, at, os.getpid()))
        process.start()
        stopped.process = process
        if stopped.told:  # while it was started
            process.terminate()
        process.join()
        if stopped.told:
            return
        tries = tries + 1 if time.monotonic() - begun < _SOON else 1
        if tries == _TRIES:
            sys.exit(f"the server ended by itself ({process.exitcode}), {tries} times in a row")
        _LOG.error("the server ended by itself (%s); starting it again", process.exitcode)


class _Stopped:
    """Whether the server was told to stop, by SIGTERM or SIGINT; its process is told as well."""

    def __init__(self) -> None:
        self.told = False
        self.process: SpawnProcess | None = None
        for number in _STOP:
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  # a signal handler's signature
        self.told = True
        if self.process is not None and self.process.is_alive():
            self.process.terminate()
            self.process.join(_ENDS_WITHIN)
            self.process.kill()


def _serve(make: Make, at: socket.socket, parent: int) -> NoReturn:
    """The process: serves until it is told to stop, and then ends whatever its threads are at."""
    die_with_parent(parent)
    made: list[Gateway] = []

    def finish(number: int = 0, frame: FrameType | None = None) -> NoReturn:  # noqa: ARG001  # a signal handler's signature
        for gateway in made:
            gateway.close()
        os._exit(0)

    for number in _STOP:  # uvicorn has handlers of its own while it serves, and gives the signal back afterwards
        signal.signal(number, finish)
    made.append(gateway := make())
    make_server(gateway).run([at])
    finish()


def make_server(application: Callable[..., Any]) -> uvicorn.Server:
    """The server of an ASGI application; `run` takes the sockets that it listens at."""
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
        timeout_keep_alive=_KEPT,
        timeout_graceful_shutdown=_FINISHES_WITHIN,
    )
    return uvicorn.Server(config)
