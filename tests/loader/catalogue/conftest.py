"""A release of our own data as the index tells it, whose files need not be there."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.catalogue.records import expected_release
from loader.release.release_index import DataFile, DataSet, Release
from nbkg.storage.served_directory import locate

FORMATS = {
    "jsonld": "application/ld+json",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "ttl": "text/turtle",
}


def _files(dataset: DataSet) -> list[DataFile]:
    paths = [(f"{dataset.folder}/{dataset.name}.{e}.{c}", e, c) for e in FORMATS for c in ("gz", "zst")]
    return [
        DataFile(path, 1000 + place, hashlib.sha256(path.encode()).hexdigest(), FORMATS[ending], ending, packed, 7)
        for place, (path, ending, packed) in enumerate(paths)
    ]


@pytest.fixture(scope="session")
def opened(store: Path) -> ox.Store:
    return ox.Store.read_only(str(locate(store).folder))


@pytest.fixture(scope="session")
def release(opened: ox.Store) -> Release:
    planned = expected_release(opened)
    datasets = [replace(dataset, files=_files(dataset)) for dataset in planned.datasets]
    return replace(planned, name="2025-10-14", datasets=datasets)
