"""Releases of the small store."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from loader.dumps.dump import DumpRequest, make_release


@pytest.fixture(scope="session")
def made(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of releases, with one in it; not to be changed."""
    out = tmp_path_factory.mktemp("releases")
    make_release(DumpRequest(small, out))
    return out


@pytest.fixture
def release(made: Path, tmp_path: Path) -> Path:
    """A copy of the release that may be spoilt."""
    place = tmp_path / "2026-03-02"
    shutil.copytree(made / "2026-03-02", place)
    return place
