"""The endpoint's own queries, one `.rq` file each; values are bound to their variables, never written into them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> str:
    """The text of `queries/{name}.rq`."""
    return files(__name__).joinpath(f"{name}.rq").read_text(encoding="utf-8")


def part(name: str, size: int, start: int = 0) -> str:
    """The query of that name, of whose rows so many are wanted from one on; a limit cannot be bound to a variable."""
    return f"{query(name)}\nLIMIT {size:d} OFFSET {start:d}"
