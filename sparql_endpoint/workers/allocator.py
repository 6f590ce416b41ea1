"""The memory allocator of the engine in a query process.

The engine allocates for each term and row; mimalloc (https://github.com/microsoft/mimalloc) does that with a tenth to a
third less time than glibc does. It is put before the system's by LD_PRELOAD (ld.so(8)), in these processes only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, files

_PACKAGE = "cmeel-mimalloc"
_LIBRARY = "libmimalloc.so"
_SETTINGS = {
    "MIMALLOC_ARENA_EAGER_COMMIT": "0",  # what is only reserved must not count toward the limit of memory
}


@cache
def library() -> str:
    """Return the path of the allocator; empty where it is not installed."""
    try:
        paths = [file for file in files(_PACKAGE) or () if file.name == _LIBRARY]
    except PackageNotFoundError:
        return ""
    return str(paths[0].locate()) if paths else ""


@contextmanager
def preloaded() -> Iterator[None]:
    """Have a process that is started meanwhile, and its children, use the allocator."""
    if not library():
        yield
        return
    before = dict(os.environ)
    preload = " ".join(filter(None, (library(), before.get("LD_PRELOAD"))))
    os.environ.update({**_SETTINGS, **before, "LD_PRELOAD": preload})
    try:
        yield
    finally:
        for name in ("LD_PRELOAD", *_SETTINGS):
            os.environ.pop(name)
            if name in before:
                os.environ[name] = before[name]
