"""What several of these tests read and check with."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sparql_endpoint.http.formats import Format
from sparql_endpoint.stores.remote.completeness import completeness_check
from sparql_endpoint.stores.remote.relay import _BLOCK


def read(answer: Iterable[bytes]) -> bytes:
    return b"".join(answer)


def check_all(form: Format, body: bytes, size: int = _BLOCK) -> bool:
    check = completeness_check(form)
    for start in range(0, len(body), size):
        check.see(body[start : start + size])
    return check.is_complete()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    start = time.monotonic()
    yield
    assert time.monotonic() - start < seconds
