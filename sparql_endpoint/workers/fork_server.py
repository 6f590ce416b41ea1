"""The fork server: a process that has imported all code, and forks the readers and the writer.

It is that of the standard library, started with the first process and again should it have ended; it ends with the
server (https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods). Many readers may have to be
replaced at once, where a limit ends them: one that is forked is ready after 7 to 26 ms, and half a second
after where it has to import the code itself.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

from sparql_endpoint.workers import allocator

_CONTEXT = multiprocessing.get_context("forkserver")
_PRELOADED = ["sparql_endpoint.workers.process", "click", "importlib.metadata", "pkgutil"]
"""The code of a process, and what `nbkg` imports: multiprocessing has each process import the main module again, which
takes 30 ms without this and 1 ms with it."""


def fork(run: Callable[..., None], *arguments: Any) -> tuple[ForkServerProcess, Connection]:
    """Return a new process that runs a function on its end of a channel and the arguments, and our end of the channel.

    Raises OSError.
    """
    _start()
    ours, theirs = _CONTEXT.Pipe()
    with theirs:
        process = _CONTEXT.Process(target=run, args=(theirs, *arguments), daemon=True)
        process.start()
    return process, ours


@cache
def _start() -> None:
    """Start the fork server, once, with the allocator that its children inherit.

    One that ended and that the standard library starts again has the system's allocator: changing the environment while
    other threads read it is not safe.
    """
    _CONTEXT.set_forkserver_preload(_PRELOADED)
    with allocator.preloaded():
        forkserver.ensure_running()
