from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nbkg.rdf import dataset
from nbkg.rdf.dataset import Dataset

Made = Callable[[str], Dataset]


@pytest.fixture
def data(tmp_path: Path) -> Made:
    """A version of the data from N-Quads."""
    numbers = iter(range(100))

    def made(text: str) -> Dataset:
        file = tmp_path / f"{next(numbers)}.nq"
        file.write_text(text)
        return dataset.of_file(file, tmp_path / file.stem)

    return made
