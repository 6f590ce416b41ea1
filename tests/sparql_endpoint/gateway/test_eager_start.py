"""A coroutine begins at once, and becomes a task only where it has to wait."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
from collections.abc import Awaitable, Callable

import pytest
import uvloop

from sparql_endpoint.gateway.eager_start import begin

Loop = Callable[[], asyncio.AbstractEventLoop]


@pytest.fixture(params=[asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def run(request: pytest.FixtureRequest) -> Callable[[Callable[[], Awaitable[None]]], None]:
    def in_loop(test: Callable[[], Awaitable[None]]) -> None:
        async def awaited() -> None:
            await test()

        with asyncio.Runner(loop_factory=request.param) as runner:
            runner.run(awaited())

    return in_loop


def test_a_coroutine_that_does_not_wait_is_complete_without_a_task(run: Callable[..., None]) -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("all")

    async def test() -> None:
        assert begin(asyncio.get_running_loop(), work()) is None
        assert done == ["all"]

    run(test)


def test_one_that_waits_goes_on_as_a_task_each_time_that_something_comes(run: Callable[..., None]) -> None:
    done: list[object] = []

    async def work(first: asyncio.Future[str], second: asyncio.Future[str]) -> None:
        done.append("begun")
        done.append(await first)
        await asyncio.sleep(0)
        done.append(await second)
        with contextlib.suppress(ZeroDivisionError):
            await asyncio.sleep(0, 1 / 0)
        done.append("ended")

    async def test() -> None:
        loop = asyncio.get_running_loop()
        first, second = loop.create_future(), loop.create_future()
        task = begin(loop, work(first, second))
        assert task is not None
        assert done == ["begun"]
        first.set_result("one")
        await asyncio.sleep(0.01)
        assert done == ["begun", "one"]
        second.set_result("two")
        await task
        assert done == ["begun", "one", "two", "ended"]

    run(test)


def test_what_it_raises_before_it_waits_is_raised_and_what_it_raises_later_is_the_task_s(
    run: Callable[..., None],
) -> None:
    async def work(*, soon: bool) -> None:
        if not soon:
            await asyncio.sleep(0)
        raise LookupError("no")

    async def test() -> None:
        loop = asyncio.get_running_loop()
        with pytest.raises(LookupError):
            begin(loop, work(soon=True))
        task = begin(loop, work(soon=False))
        assert task is not None
        with pytest.raises(LookupError):
            await task

    run(test)


def test_cancelling_the_task_reaches_the_coroutine(run: Callable[..., None]) -> None:
    seen: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    async def test() -> None:
        task = begin(asyncio.get_running_loop(), work())
        assert task is not None
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert seen == ["cancelled"]

    run(test)


def test_both_parts_of_a_coroutine_have_one_context_of_its_own(run: Callable[..., None]) -> None:
    variable = contextvars.ContextVar("variable", default="outside")
    seen: list[str] = []

    async def work() -> None:
        variable.set("inside")
        await asyncio.sleep(0)
        seen.append(variable.get())

    async def test() -> None:
        task = begin(asyncio.get_running_loop(), work())
        assert task is not None
        await task
        assert (seen, variable.get()) == (["inside"], "outside")

    run(test)
