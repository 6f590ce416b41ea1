"""The seam between the shapes and whoever checks them; a new engine is a module and a line in `ENGINES`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from rdflib import Graph

from nbkg.errors import UsageError


class Engine(Protocol):
    """Checks a data graph against a shapes graph (SHACL, https://www.w3.org/TR/shacl/)."""

    def validate(self, data: Graph, shapes: Graph) -> Graph:
        """Return the validation report as a graph (section 3.6).

        Neither graph is changed. A result of a constraint with a blank node keeps that node, so that what the
        shapes say of it can be found. Raises DataError for shapes that the engine cannot use.
        """


def _pyshacl() -> Engine:
    from loader.validate.pyshacl_engine import PyshaclEngine  # noqa: PLC0415  opened when asked for

    return PyshaclEngine()


ENGINES: dict[str, Callable[[], Engine]] = {
    "pyshacl": _pyshacl,
}
"""Name to opener; what an engine needs is imported when it is opened."""


def open_engine(name: str) -> Engine:
    """Return the engine of that name. Raises UsageError for a name that is not in `ENGINES`."""
    if name not in ENGINES:
        raise UsageError(f"there is no engine “{name}”; choose one of {', '.join(sorted(ENGINES))}")
    return ENGINES[name]()
