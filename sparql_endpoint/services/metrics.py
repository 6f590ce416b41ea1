"""What is told of each request: a line of the access log, and figures for Prometheus at `/metrics`.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import atexit
import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from sparql_endpoint.services.services import serving

blueprint = Blueprint("observing", __name__)
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

REGISTRY = CollectorRegistry()
"""The figures of this process."""
_REQUESTS = Counter("nbkg_requests", "Requests answered.", ["place", "method", "status"], registry=REGISTRY)
_TAKEN = Histogram(
    "nbkg_request_seconds", "Seconds until the last byte.", ["place"], buckets=_SECONDS, registry=REGISTRY
)
_SENT = Counter("nbkg_response_bytes", "Bytes of answers.", ["place"], registry=REGISTRY)
_BROKEN = Counter("nbkg_broken_answers", "Answers broken off in the middle.", registry=REGISTRY)
_CACHED = Counter("nbkg_cached_answers", "Answers that were kept from before.", registry=REGISTRY)
_RUNNING = Gauge("nbkg_requests_running", "Requests being answered.", registry=REGISTRY)
_PLACES = frozenset({"sparql", "data", "id", "doc", "graph", "ns", "dataset", "static", "healthz", "readyz", "metrics"})


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
"""Those that are told apart: clients could make up any number of others."""
_GATHERED = 0.25
"""Seconds that lines of the log are gathered."""
_UNCOUNTED: deque[Line] = deque()
"""Requests that do not stand in the figures yet: counting takes time, which nobody should wait for."""


@dataclass(slots=True)
class Line:
    """One request as the log tells it; never the query itself, nor any header."""

    client: str
    method: str
    path: str
    status: int = 0
    seconds: float = 0.0
    bytes: int = 0
    query: str = ""
    rows: int | None = None
    cached: bool = False
    broken: bool = False
    ended: float = 0.0
    """When, in seconds since 1970."""


class AccessLog:
    """Lines of JSON, gathered and written a few times a second: a write for each would cost more than the request."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._lines: deque[Line] = deque()
        self._wake = threading.Event()
        threading.Thread(target=self._run, name="access log", daemon=True).start()
        atexit.register(self.flush)

    def add(self, line: Line) -> None:
        """Takes a line."""
        self._lines.append(line)
        self._wake.set()

    def flush(self) -> None:
        """Writes what was gathered, and counts it."""
        if lines := [*_taken(self._lines)]:
            self._file.write("".join(map(_told, lines)))
            self._file.flush()
        _count()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            time.sleep(_GATHERED)
            self._wake.clear()
            self.flush()


def _told(line: Line) -> str:
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(line.ended))
    told = {"time": now, "client": line.client, "method": line.method, "path": line.path, "status": line.status}
    told |= {"seconds": round(line.seconds, 6), "bytes": line.bytes}
    for name in ("query", "rows", "cached", "broken"):
        if (value := getattr(line, name)) not in ("", None, False):
            told[name] = value
    return json.dumps(told, ensure_ascii=False) + "\n"


@lru_cache(maxsize=1024)
def _children(place: str, method: str, status: int) -> tuple[Counter, Histogram, Counter]:
    return _REQUESTS.labels(place, method, str(status)), _TAKEN.labels(place), _SENT.labels(place)


@lru_cache(maxsize=1024)
def _place(path: str) -> str:
    place = path.split("/", 2)[1] if "/" in path else ""
    return place if place in _PLACES else "other"


def begun() -> None:
    """A request came."""
    _RUNNING.inc()


def ended(line: Line, log: AccessLog | None = None) -> None:
    """A request was answered; it stands in the figures as soon as somebody looks at them."""
    line.ended = time.time()
    _RUNNING.dec()
    _UNCOUNTED.append(line)
    if log:
        log.add(line)
    else:
        _count()


def _taken(lines: deque[Line]) -> Iterator[Line]:
    """Those that are there, each for one taker only."""
    with suppress(IndexError):
        while True:
            yield lines.popleft()


def _count() -> None:
    for line in _taken(_UNCOUNTED):
        _counted(line)


def _counted(line: Line) -> None:
    method = line.method if line.method in _METHODS else "other"
    requests, taken, sent = _children(_place(line.path), method, line.status)
    requests.inc()
    taken.observe(line.seconds)
    sent.inc(line.bytes)
    if line.broken:
        _BROKEN.inc()
    if line.cached:
        _CACHED.inc()


@blueprint.get("/metrics")
def metrics() -> Response:
    """The figures of this server since it started."""
    _count()
    answers = serving().answers
    kept = f"# TYPE nbkg_kept_bytes gauge\nnbkg_kept_bytes {answers.bytes}\n"
    return Response(generate_latest(REGISTRY) + kept.encode(), content_type=CONTENT_TYPE_LATEST)
