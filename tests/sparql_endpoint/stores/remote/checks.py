"""What several of these tests read and check with."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sparql_endpoint.http.formats import Format
from sparql_endpoint.stores.remote.completeness import check
from sparql_endpoint.stores.remote.relay import _BLOCK


def read(answer: Iterable[bytes]) -> bytes:
    return b"".join(answer)


def check_all(form: Format, body: bytes, size: int = _BLOCK) -> bool:
    made = check(form)
    for start in range(0, len(body), size):
        made.see(body[start : start + size])
    return made.is_whole()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds
