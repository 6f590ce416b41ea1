"""A provider for a module, and a store of records for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loader.harvest.local_provider import LocalProvider, Site, running_provider


@pytest.fixture(scope="module")
def provider() -> Iterator[LocalProvider]:
    with running_provider() as running:
        yield running


@pytest.fixture
def site(provider: LocalProvider, tmp_path: Path) -> Site:
    return Site(provider, tmp_path)
