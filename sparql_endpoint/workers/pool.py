"""The worker pool: as many readers as queries may run at once, all started beforehand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sparql_endpoint.errors import BusyError
from sparql_endpoint.workers.worker import Worker

_WAITS = 2.0
"""Seconds that a query waits for a reader."""


@dataclass
class Pool:
    """The readers: idle ones wait for a query; one that had to be ended is replaced in the background."""

    start: Callable[[], Worker]
    most: int
    _idle: list[Worker] = field(default_factory=list)
    running: int = 0
    """How many are at work."""
    _closed: bool = False
    _free: threading.Condition = field(default_factory=threading.Condition)
    _starter: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "workers"))

    def prepare(self) -> None:
        """Start, in the background, as many readers as may run."""
        with self._free:
            if not self._closed:
                self._starter.submit(self._fill)

    def _fill(self) -> None:
        while True:
            with self._free:
                if self._closed or len(self._idle) + self.running >= self.most:
                    return
            worker = self.start()
            worker.wait_until_ready()
            with self._free:
                self._idle.append(worker)

    def take_at_once(self) -> Worker | None:
        """Return an idle reader that waits for a query; None where there is none just now."""
        with self._free:
            if self.running >= self.most or not self._idle or not self._idle[-1].is_ready:
                return None
            self.running += 1
            return self._idle.pop()

    def take(self) -> Worker:
        """Return an idle reader, or a new one. Raises BusyError where for a while as many as may run are running."""
        until = time.monotonic() + _WAITS
        with self._free:
            while self.running >= self.most:
                if not self._free.wait(until - time.monotonic()) and time.monotonic() > until:
                    message = f"{self.most} queries are running, which is as many as may; try again in a moment"
                    raise BusyError(message)
            self.running += 1
            worker = self._idle.pop() if self._idle else None
        if worker is not None and worker.alive:
            return worker
        return self._replace(worker)

    def _replace(self, dead: Worker | None) -> Worker:
        if dead is not None:
            dead.kill()
        try:
            return self.start()
        except BaseException:
            with self._free:
                self.running -= 1
                self._free.notify()
            raise

    def give_back(self, worker: Worker, *, usable: bool) -> None:
        """Take a reader back; one that is dead, slow by now or in the middle of a result is ended."""
        if usable and not worker.fresh and worker.alive:
            worker.restore()
        stays = usable and worker.fresh  # one that died by itself shows that when it is given something
        if not stays and worker.alive:
            worker.kill()
        with self._free:
            self.running -= 1
            if stays:
                self._idle.append(worker)
            self._free.notify()
        if not stays:
            self.prepare()

    def close(self) -> None:
        """End all readers that wait."""
        with self._free:
            self._closed = True
        self._starter.shutdown()
        with self._free:
            for worker in self._idle:
                worker.kill()
            self._idle.clear()
