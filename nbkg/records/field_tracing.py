"""Which statements each field of a record became, as whoever maps records can tell.

The mapping is a part of the loader, which a server does not import. A package that maps records registers a function
of the form `Tracer` as an entry point of `nbkg.record_tracers`; where none is installed, there are no traces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import entry_points
from typing import NamedTuple, cast

from nbkg.records.record import MarcRecord

GROUP = "nbkg.record_tracers"


class FieldTrace(NamedTuple):
    """What one field became."""

    position: int
    """The place of the field in the record, from 0; -1 for the leader and for what several fields say together."""
    statements: tuple[str, ...]
    """Triples in N-Triples, without the full stop."""
    omissions: tuple[tuple[str, str], ...]
    """The codes of the subfields that stay in the record only (empty for a control field), with a reason each."""


Tracer = Callable[[str, str, MarcRecord], Sequence[FieldTrace]]
"""Returns the traces of a record of a source, whose records follow a profile (its key, or an empty text)."""


@cache
def find_tracer() -> Tracer | None:
    """Return the tracer that is installed, the first by name of several, or None."""
    installed = sorted(entry_points(group=GROUP), key=lambda each: each.name)
    return cast(Tracer, installed[0].load()) if installed else None
