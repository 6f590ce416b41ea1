"""Which allocator the engine gets in a query process.

The engine allocates for each term and row; mimalloc (https://github.com/microsoft/mimalloc) does that with a tenth to a
third less time than glibc does. It is put before the system's by LD_PRELOAD (ld.so(8)), in these processes only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, files

_PACKAGE = "cmeel-mimalloc"
_LIBRARY = "libmimalloc.so"
_SETTINGS = {
    "MIMALLOC_ARENA_EAGER_COMMIT": "0",  # what is only reserved must not count toward the limit of memory
}


@cache
def library() -> str:
    """The path of the allocator; empty where it is not installed."""
    try:
        found = [file for file in files(_PACKAGE) or () if file.name == _LIBRARY]
    except PackageNotFoundError:
        return ""
    return str(found[0].locate()) if found else ""


def environment(given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of a process that is to have it."""
    if not library():
        return dict(given)
    before = given.get("LD_PRELOAD", "")
    return {**_SETTINGS, **given, "LD_PRELOAD": f"{library()}:{before}" if before else library()}
