"""Beginning a coroutine at once, and making a task of what is left where it has to wait.

This is what `eager_start` of `asyncio.Task` does from Python 3.12 on
(https://docs.python.org/3/library/asyncio-task.html#eager-task-factory). A kept response, or a small query of a client
that is alone, is then complete without a task and another turn of the loop: GAIN.
"""

from __future__ import annotations

import asyncio
import contextvars
import types
from collections.abc import Coroutine, Generator
from functools import partial
from typing import Any


def begin(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, None, None]) -> asyncio.Task[None] | None:
    """Run a coroutine until it waits for the first time; return the task of the rest, or None where it is complete.

    It runs in a context of its own. Raises what the coroutine raises before it waits.
    """
    context = contextvars.copy_context()
    try:
        awaited = context.run(coroutine.send, None)
    except StopIteration:
        return None
    return loop.create_task(_continue(coroutine, awaited), context=context)


async def _continue(coroutine: Coroutine[Any, None, None], awaited: object) -> None:
    await _rest(coroutine, awaited)


@types.coroutine
def _rest(coroutine: Coroutine[Any, None, None], awaited: object) -> Generator[object, Any, None]:
    """Wait for what a coroutine waits for, and go on with it to its end."""
    while True:
        try:
            value = yield awaited
        except BaseException as error:  # also a cancellation: the coroutine decides what it means
            resume = partial(coroutine.throw, error)
        else:
            resume = partial(coroutine.send, value)
        try:
            awaited = resume()
        except StopIteration:
            return
