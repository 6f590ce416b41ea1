"""How long the server takes for its pages: each asked again and again under addresses that no cache has met."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from http.client import HTTPConnection
from statistics import median
from urllib.parse import quote, urlsplit

from rich.console import Console
from rich.table import Table

PATHS = (
    "/", "/measures", "/doc/measure/2020-2025/14", "/units", "/doc/unit/tk", "/services",
    "/doc/service/metadatabronnen",
    "/partners", "/concepts", "/network", "/reports", "/doc/report/2025-10-14", "/ns", "/shapes", "/data-sets",
    "/about", "/accessibility", "/query", "/search?q=metadata", "/doc/observation/2025-10-14/14", "/graph/current",
    "/.well-known/void", "/prefixes",
)  # fmt: skip
"""The pages of the strategy's store."""


def run(address: str, paths: Sequence[str], rounds: int, console: Console) -> None:
    """Prints the first wait, the median and the longest of the others for each page, and the 95th percentile of all.

    Milliseconds from the request to the last byte, on one kept connection. Raises OSError where nothing answers.
    """
    table = Table("page", "status", "bytes", "first, ms", "median", "longest", title=address)
    others: list[float] = []
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=120)) as connection:
        for path in paths:
            waits = list(_waits(connection, path, rounds))
            later = [wait for wait, _, _ in waits[1:]]
            others += later
            first, status, size = waits[0]
            table.add_row(path, str(status), str(size), *(f"{wait:.1f}" for wait in (first, median(later), max(later))))
    console.print(table)
    console.print(f"95 of 100 of the {len(others)} later ones took less than {_percentile(others, 95):.1f} ms")


def _waits(connection: HTTPConnection, path: str, rounds: int) -> Iterator[tuple[float, int, int]]:
    """Milliseconds, status and bytes; a parameter that no page knows makes each address a new one."""
    for number in range(rounds + 1):
        target = f"{quote(path, safe='/?=&%:')}{'&' if '?' in path else '?'}round={number}"
        began = time.perf_counter()
        connection.request("GET", target, headers={"Accept": "text/html", "Accept-Language": "en"})
        answer = connection.getresponse()
        size = len(answer.read())
        yield (time.perf_counter() - began) * 1000, answer.status, size


def _percentile(values: Sequence[float], part: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * part // 100)]
