"""The findings of `nbkg verify`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A fault of a release."""

    subject: str
    """A path in the release, or a graph's IRI."""
    problem: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.problem}"
