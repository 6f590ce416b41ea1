"""All errors of the loader.

NbkgError                  exit code
├── DataError              1   the data is at fault: names file, line, what was expected, what to do
│   ├── ReportError        1   a status report that cannot be read
│   ├── CuratedError       1   a curated Turtle file that cannot be used
│   └── ValidationError    1   the graph breaks a shape
├── UsageError             2   the call is wrong
└── ServiceError           3   a service or store is out of reach
"""

from __future__ import annotations

from pathlib import Path


class NbkgError(Exception):
    """Base of all errors that a user is told without a traceback."""

    exit_code = 1


class DataError(NbkgError):
    """The data is at fault."""

    def __init__(self, problem: str, *, file: Path | str | None = None, line: int | None = None) -> None:
        self.problem = problem
        self.file = file
        self.line = line
        super().__init__(f"{self._place()}{problem}")

    def _place(self) -> str:
        if self.file is None:
            return ""
        return f"{self.file}:{self.line}: " if self.line else f"{self.file}: "


class ReportError(DataError):
    """A status report that cannot be read: file, line and what was expected."""


class CuratedError(DataError):
    """A curated Turtle file that cannot be used."""


class ValidationError(DataError):
    """The graph breaks a shape; nothing was written."""


class UsageError(NbkgError):
    """The call is wrong: an unknown date, a missing file."""

    exit_code = 2


class ServiceError(NbkgError):
    """A service or store is out of reach."""

    exit_code = 3
