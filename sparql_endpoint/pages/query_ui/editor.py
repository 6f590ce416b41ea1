"""The editor's files, which a build step makes of `editor/` and packages from npm; where they are not, there is a form.

They are sent in a content coding, and are asked for anew when they have changed.
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
    """Whether the editor is there."""
    return all(_folder().joinpath(name).is_file() for name in NAMES)


@cache
def body(name: str) -> bytes:
    """The bytes of one of NAMES."""
    return _folder().joinpath(name).read_bytes()


@cache
def digest(name: str) -> str:
    """What tells whether a file is the same."""
    return sha256(body(name)).hexdigest()[:16]


def content_type(name: str) -> str:
    """The Content-Type of a file."""
    return _TYPES[name.rpartition(".")[2]]


@cache
def kilobytes() -> int:
    """What a page with the editor loads more than one without it, as it is sent to browsers."""
    return round(sum(len(content_coding.encode(body(name), "gzip")) for name in NAMES[:2]) / 1000)
