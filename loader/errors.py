"""The errors that only the loader raises; the others are in `nbkg.errors`.

nbkg.errors.DataError          1   the data is at fault
├── ReportError                1   a status report that cannot be read
├── CuratedError               1   curated Turtle that cannot be used
├── ValidationError            1   the graph breaks a shape
├── ComposingError             1   a resource of which no MARC record can be made
└── ProviderError              1   a provider's answer that is not what its protocol says
    └── ListExpiredError       1   a list of a provider that must be begun again

nbkg.errors.ServiceError       3   a service is out of reach
└── ProviderBusyError          3   a provider that asks to come back later
"""

from __future__ import annotations

from nbkg.errors import DataError, ServiceError


class ReportError(DataError):
    """A status report cannot be read: the message names file, line and what was expected."""


class CuratedError(DataError):
    """Curated Turtle parses but cannot be used: something is missing, doubled or wrong in it."""


class ValidationError(DataError):
    """The graph breaks a shape; nothing was written."""


class ComposingError(DataError):
    """No MARC record can be made of a resource: the message names its IRI, what is missing and what to add."""


class ProviderError(DataError):
    """A provider answered with something else than its protocol says: a page of HTML, half a document, an error."""

    def __init__(self, problem: str, *, code: str = "", is_final: bool | None = None) -> None:
        super().__init__(problem)
        self.code = code
        """The code of the protocol's error, where the provider gave one."""
        self.is_final = bool(code) if is_final is None else is_final
        """Whether the same request would get the same answer."""


class ListExpiredError(ProviderError):
    """A list cannot be read on: its token has expired or is not known any more, and it must be begun again."""


class ProviderBusyError(ServiceError):
    """A provider is busy, and asks to come back later than can be waited for."""
