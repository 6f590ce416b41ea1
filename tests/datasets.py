"""Datasets made of N-Quads for the tests of diffs and patches."""

from __future__ import annotations

from collections.abc import Callable

from nbkg.rdf.dataset import Dataset

MakeDataset = Callable[[str], Dataset]
