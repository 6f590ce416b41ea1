"""The properties whose values are names, as `ontology/label-properties.txt` lists them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def label_properties() -> frozenset[str]:
    """Return their IRIs."""
    lines = files("ontology").joinpath("label-properties.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
