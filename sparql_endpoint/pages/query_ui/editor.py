"""The editor's files, which a build step makes of `editor/` and packages from npm; without them there is only a form.

They are sent in a content coding, with an ETag.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from sparql_endpoint.http import content_coding

_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "txt": "text/plain; charset=utf-8"}
NAMES = ("editor.js", "editor.css", "LICENSES.txt")


def _folder() -> Traversable:
    return files("sparql_endpoint").joinpath("static", "editor")


def is_built() -> bool:
    """Return whether the editor was built."""
    return all(_folder().joinpath(name).is_file() for name in NAMES)


@cache
def body(name: str) -> bytes:
    """Return the bytes of one of NAMES."""
    return _folder().joinpath(name).read_bytes()


@cache
def digest(name: str) -> str:
    """Return a digest of a file, from which its ETag is made."""
    return sha256(body(name)).hexdigest()[:16]


def content_type(name: str) -> str:
    """Return the Content-Type of a file."""
    return _TYPES[name.rpartition(".")[2]]


@cache
def kilobytes() -> int:
    """Return how much a browser loads for the editor, compressed, in kB."""
    return round(sum(len(content_coding.encode(body(name), "gzip")) for name in NAMES[:2]) / 1000)
