"""Values that are computed once for each version of the data, however many requests need them at the same time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar, cast

from flask import g, has_request_context

from sparql_endpoint.errors import BusyError

_T = TypeVar("_T")
_TRIES = 3
_NAME = "sparql_endpoint.services.per_version"


@dataclass
class Versioned(Generic[_T]):
    """One value, of the newest version; a failure is raised for all who wait for it, and not kept."""

    _version: str | None = None
    _value: Future[_T] | None = None
    _waiting: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get(self, version: Callable[[], str], compute: Callable[[], _T], waiting: int) -> _T:
        """Return the value of the present version, computed by the first caller, while at most `waiting` others wait.

        Where the version is empty nothing shows when the data changes, and a value is only for the request that has it
        computed and for those who wait for it.

        Raises BusyError where more wait already, or where the data changes faster than the value is computed.
        """
        if (now := version()) or not has_request_context():
            return self._get(now, version, compute, waiting)
        of_request = g.setdefault(_NAME, {})
        if id(self) not in of_request:
            of_request[id(self)] = self._get(now, version, compute, waiting)
        return cast(_T, of_request[id(self)])

    def _get(self, now: str, version: Callable[[], str], compute: Callable[[], _T], waiting: int) -> _T:
        with self._lock:
            value = self._value
            mine = value is None or self._version != now
            if value is None or mine:
                value = self._value = Future()
                self._version = now
        if mine:
            self._compute(value, version, compute)
        return value.result() if mine or value.done() else self._wait_for(value, waiting)

    def _compute(self, value: Future[_T], version: Callable[[], str], compute: Callable[[], _T]) -> None:
        try:
            value.set_result(_of_one_version(version, compute))
        except BaseException as error:
            value.set_exception(error)
            raise
        finally:
            if value.exception() or not self._version:
                self._forget(value)

    def _forget(self, value: Future[_T]) -> None:
        with self._lock:
            if self._value is value:
                self._value = None

    def _wait_for(self, value: Future[_T], waiting: int) -> _T:
        with self._lock:
            if self._waiting >= waiting:
                raise BusyError("this is being computed and many wait for it; try again in a moment")
            self._waiting += 1
        try:
            return value.result()
        finally:
            with self._lock:
                self._waiting -= 1


def _of_one_version(version: Callable[[], str], compute: Callable[[], _T]) -> _T:
    for _ in range(_TRIES):
        before = version()
        value = compute()
        if version() == before:
            return value
    raise BusyError("the data changed while this was computed; try again in a moment")
