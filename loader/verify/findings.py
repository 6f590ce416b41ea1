"""What is wrong with a release."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong."""

    place: str
    """A path in the release, or a graph's IRI."""
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"
