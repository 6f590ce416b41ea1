"""What is told of each request: a line of the access log, and figures for Prometheus at `/metrics`.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import asdict, dataclass

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from sparql_endpoint.serving import serving

blueprint = Blueprint("observing", __name__)
_LOG = logging.getLogger("nbkg.access")
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

REGISTRY = CollectorRegistry()
"""The figures of this process."""
_REQUESTS = Counter("nbkg_requests", "Requests answered.", ["place", "method", "status"], registry=REGISTRY)
_TAKEN = Histogram("nbkg_request_seconds", "Seconds until the last byte.", ["place"], buckets=_SECONDS, registry=REGISTRY)
_SENT = Counter("nbkg_response_bytes", "Bytes of answers.", ["place"], registry=REGISTRY)
_BROKEN = Counter("nbkg_broken_answers", "Answers broken off in the middle.", registry=REGISTRY)
_CACHED = Counter("nbkg_cached_answers", "Answers that were kept from before.", registry=REGISTRY)
_RUNNING = Gauge("nbkg_requests_running", "Requests being answered.", registry=REGISTRY)
_PLACES = frozenset({"sparql", "data", "id", "doc", "graph", "ns", "dataset", "static", "healthz", "readyz", "metrics"})


@dataclass
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


def begun() -> None:
    """A request came."""
    _RUNNING.inc()


def ended(line: Line) -> None:
    """A request was answered."""
    place = line.path.split("/", 2)[1] if line.path.count("/") else ""
    place = place if place in _PLACES else "other"
    _RUNNING.dec()
    _REQUESTS.labels(place, line.method, str(line.status)).inc()
    _TAKEN.labels(place).observe(line.seconds)
    _SENT.labels(place).inc(line.bytes)
    if line.broken:
        _BROKEN.inc()
    if line.cached:
        _CACHED.inc()
    if _LOG.isEnabledFor(logging.INFO):
        told = {name: value for name, value in asdict(line).items() if value not in (None, "", False)}
        told["seconds"] = round(line.seconds, 6)
        _LOG.info("%s", json.dumps({"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **told}))


@blueprint.get("/metrics")
def metrics() -> Response:
    """The figures of this server since it started."""
    answers = serving().answers
    kept = f"# TYPE nbkg_kept_bytes gauge\nnbkg_kept_bytes {answers.bytes}\n"
    return Response(generate_latest(REGISTRY) + kept.encode(), content_type=CONTENT_TYPE_LATEST)
