"""What a command tells on standard error, as it stands: no markup, no line breaks of its own."""

from __future__ import annotations

from rich.console import Console


def tell(line: str) -> None:
    """One line."""
    Console(stderr=True).print(line, highlight=False, markup=False, soft_wrap=True)
