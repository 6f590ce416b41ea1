"""A line of the access log for each request, and figures for Prometheus at `/metrics`.

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

blueprint = Blueprint("metrics", __name__)
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

REGISTRY = CollectorRegistry()
"""The figures of this process."""
_REQUESTS = Counter("nbkg_requests", "Requests answered.", ["place", "method", "status"], registry=REGISTRY)
_SECONDS_TAKEN = Histogram(
    "nbkg_request_seconds", "Seconds until the last byte.", ["place"], buckets=_SECONDS, registry=REGISTRY
)
_SENT = Counter("nbkg_response_bytes", "Bytes of answers.", ["place"], registry=REGISTRY)
_BROKEN = Counter("nbkg_broken_answers", "Answers broken off in the middle.", registry=REGISTRY)
_CACHED = Counter("nbkg_cached_answers", "Answers that were kept from before.", registry=REGISTRY)
_RUNNING = Gauge("nbkg_requests_running", "Requests being answered.", registry=REGISTRY)
_AREAS = frozenset({"sparql", "data", "id", "doc", "graph", "ns", "dataset", "static", "healthz", "readyz", "metrics"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
"""The methods that are told apart: clients could make up any number of others."""
_WRITTEN_EVERY = 0.25
"""Seconds that lines of the log are gathered."""
_UNCOUNTED: deque[AccessLine] = deque()
"""Requests that are not in the figures yet: counting takes time, which nobody should wait for."""


@dataclass(slots=True)
class AccessLine:
    """One request as the access log shows it; never the query itself, nor any header."""

    client: str
    method: str
    path: str
    status: int = 0
    seconds: float = 0.0
    bytes: int = 0
    query: str = ""
    """The hash of the query or update."""
    rows: int | None = None
    is_cached: bool = False
    is_broken: bool = False
    ended_at: float = 0.0
    """When the response ended, in seconds since 1970."""


class AccessLog:
    """Lines of JSON, gathered and written a few times a second: a write for each would cost more than the request."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._lines: deque[AccessLine] = deque()
        self._wake = threading.Event()
        threading.Thread(target=self._run, name="access log", daemon=True).start()
        atexit.register(self.flush)

    def add(self, line: AccessLine) -> None:
        """Take a line, to be written soon."""
        self._lines.append(line)
        self._wake.set()

    def flush(self) -> None:
        """Write the gathered lines, and count them."""
        if lines := [*_pop_all(self._lines)]:
            self._file.write("".join(map(_serialize, lines)))
            self._file.flush()
        _count_all()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            time.sleep(_WRITTEN_EVERY)
            self._wake.clear()
            self.flush()


def _serialize(line: AccessLine) -> str:
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(line.ended_at))
    values = {"time": now, "client": line.client, "method": line.method, "path": line.path, "status": line.status}
    values |= {"seconds": round(line.seconds, 6), "bytes": line.bytes}
    if line.rows is not None:
        values["rows"] = line.rows
    optional = {"query": line.query, "cached": line.is_cached, "broken": line.is_broken}
    values |= {name: value for name, value in optional.items() if value}
    return json.dumps(values, ensure_ascii=False) + "\n"


@lru_cache(maxsize=1024)
def _children(area: str, method: str, status: int) -> tuple[Counter, Histogram, Counter]:
    return _REQUESTS.labels(area, method, str(status)), _SECONDS_TAKEN.labels(area), _SENT.labels(area)


@lru_cache(maxsize=1024)
def _area(path: str) -> str:
    """Return the first segment of a path, as far as it is one that is told apart."""
    area = path.split("/", 2)[1] if "/" in path else ""
    return area if area in _AREAS else "other"


def begin() -> None:
    """Count a request that came."""
    _RUNNING.inc()


def end(line: AccessLine, log: AccessLog | None = None) -> None:
    """Count a request that was answered; it is in the figures as soon as somebody looks at them."""
    line.ended_at = time.time()
    _RUNNING.dec()
    _UNCOUNTED.append(line)
    if log:
        log.add(line)
    else:
        _count_all()


def _pop_all(lines: deque[AccessLine]) -> Iterator[AccessLine]:
    """Yield the lines that are there, each to one caller only."""
    with suppress(IndexError):
        while True:
            yield lines.popleft()


def _count_all() -> None:
    for line in _pop_all(_UNCOUNTED):
        _count(line)


def _count(line: AccessLine) -> None:
    method = line.method if line.method in _METHODS else "other"
    requests, seconds, sent = _children(_area(line.path), method, line.status)
    requests.inc()
    seconds.observe(line.seconds)
    sent.inc(line.bytes)
    if line.is_broken:
        _BROKEN.inc()
    if line.is_cached:
        _CACHED.inc()


@blueprint.get("/metrics")
def metrics() -> Response:
    """Answer the figures of this server since it started."""
    _count_all()
    answers = serving().answers
    kept_bytes = f"# TYPE nbkg_kept_bytes gauge\nnbkg_kept_bytes {answers.bytes}\n"
    return Response(generate_latest(REGISTRY) + kept_bytes.encode(), content_type=CONTENT_TYPE_LATEST)
