"""What Oxigraph's own server holds, compared as graphs."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import urllib3

OXIGRAPH = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
needs_oxigraph = pytest.mark.skipif(
    OXIGRAPH is None and "oxigraph" not in os.environ.get("NBKG_REQUIRE", ""),
    reason="the program oxigraph is not installed",
)


def http(method: str, address: str, body: bytes = b"") -> bytes:
    with urllib3.PoolManager() as pool:
        headers = {"Accept": "application/n-quads", "Content-Type": "application/n-quads"}
        answer = pool.request(method, address, body=body, headers=headers)
        assert answer.status < 300, answer.data
        return answer.data


def held(address: str) -> ox.Dataset:
    return ox.Dataset(ox.parse(http("GET", address), ox.RdfFormat.N_QUADS))


def parsed(file: Path) -> ox.Dataset:
    """A file's graphs as Oxigraph holds them: it writes some numbers in another form."""
    store = ox.Store()
    store.extend(ox.parse(path=file))
    return ox.Dataset(store)


def unskolemised(dataset: ox.Dataset) -> ox.Dataset:
    """Blank nodes again, where skolem IRIs of the store stand."""
    text = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    plain = re.sub(rb"<http://127\.0\.0\.1:\d+/\.well-known/genid/([0-9a-f]{64})>", rb"_:b\1", text)
    return ox.Dataset(ox.parse(plain, ox.RdfFormat.N_QUADS))


def same(one: ox.Dataset, other: ox.Dataset) -> None:
    """Graphs are compared as graphs; what only one has is told."""
    for dataset in (one, other):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    left, right = set(map(str, one)), set(map(str, other))
    assert (sorted(left - right), sorted(right - left)) == ([], [])
