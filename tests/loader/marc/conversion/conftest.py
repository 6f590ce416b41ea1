from __future__ import annotations

from pathlib import Path

import pytest

from loader.marc.conversion import file_pieces
from tests.loader.marc.conversion.conversion_runs import RAW


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_pieces, "_SMALLEST", 1500)
    monkeypatch.setattr(file_pieces, "_BATCH", 5)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "poster.mrc"
    path.write_bytes(b"".join(RAW))
    return path
