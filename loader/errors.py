"""The errors that only the loader raises; the others are in `nbkg.errors`.

nbkg.errors.DataError          1   the data is at fault
├── ReportError                1   a status report that cannot be read
├── CuratedError               1   curated Turtle that cannot be used
├── ValidationError            1   the graph breaks a shape
└── ComposingError             1   a resource of which no MARC record can be made
"""

from __future__ import annotations

from nbkg.errors import DataError


class ReportError(DataError):
    """A status report cannot be read: the message names file, line and what was expected."""


class CuratedError(DataError):
    """Curated Turtle parses but cannot be used: something is missing, doubled or wrong in it."""


class ValidationError(DataError):
    """The graph breaks a shape; nothing was written."""


class ComposingError(DataError):
    """No MARC record can be made of a resource: the message names its IRI, what is missing and what to add."""
