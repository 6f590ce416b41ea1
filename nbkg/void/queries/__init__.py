"""The queries of VoID descriptions, one `.rq` file each; relative IRIs in them are below the base.

Only modules of `nbkg.void` read them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> str:
    """Return the text of `queries/{name}.rq`."""
    return files(__name__).joinpath(f"{name}.rq").read_text(encoding="utf-8")
