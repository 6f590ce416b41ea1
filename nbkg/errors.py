"""The errors that the loader and the endpoint share; each side adds its own below these.

NbkgError                       exit code 1, HTTP status 500
├── DataError                   1        the data is at fault: names file, line, what was expected, what to do
│   ├── RdfFileError            1        an RDF file that cannot be read or does not fit
│   ├── MarcRecordError         1        a MARC record that is damaged beyond mending
│   ├── DamagedFileError        1        a file of a store is not as it was written: names file and offset
│   ├── EditConflictError       1, 409   a record has not, or no longer, what an edit would change
│   └── UnwritableError         1, 406   a format cannot hold what is to be written in it
├── UsageError                  2        the call is wrong: an unknown date, a missing file
└── ServiceError                3, 503   a service is out of reach
    ├── HttpClientError         3, 502   another server did not answer a request
    │   ├── ServerUnreachableError  502  no connection to it could be made
    │   ├── ServerTooSlowError      504  it did not answer in time
    │   ├── ConnectionBrokenError   502  the connection broke before the end of its response
    │   └── RequestCancelledError   499  whoever the request was for has gone
    └── StoreError              3, 500   a store could not answer
        ├── StoreUnavailableError   503  the store is missing, in use or cannot be opened
        └── DefaultGraphLostError   409  the store holds the union of its graphs and not its plain default graph
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType


class NbkgError(Exception):
    """Base of all errors that are reported in one message, without a traceback."""

    exit_code = 1
    """The exit code of a command that fails with this error."""
    status = 500
    """The HTTP status of a response that reports this error."""
    title = "The server failed"
    """The title of the problem document (RFC 9457) that reports this error."""

    headers: Mapping[str, str] = MappingProxyType({})
    """The header fields that a response with this error carries as well."""


class DataError(NbkgError):
    """The data is at fault."""

    def __init__(self, problem: str, *, file: Path | str | None = None, line: int | None = None) -> None:
        self.problem = problem
        self.file = file
        self.line = line
        super().__init__(f"{self._location()}{problem}")

    def _location(self) -> str:
        if self.file is None:
            return ""
        return f"{self.file}:{self.line}: " if self.line else f"{self.file}: "


class RdfFileError(DataError):
    """An RDF file does not parse, ends too early, changed while it was read, or does not fit what it is used for."""


class MarcRecordError(DataError):
    """A MARC record is damaged in a way that leaves its fields uncertain; the message says how."""


class DamagedFileError(DataError):
    """A file of a store is not as it was written, which its checksums show."""

    status = 500

    def __init__(
        self, problem: str, *, file: Path | str, offset: int | None = None, is_unfinished: bool = False
    ) -> None:
        self.offset = offset
        self.is_unfinished = is_unfinished
        """Whether the file only ends too early."""
        super().__init__(f"byte {offset}: {problem}" if offset is not None else problem, file=file)


class EditConflictError(DataError):
    """A record does not have, or no longer has, what an edit would change."""

    status = 409
    title = "The record has changed"


class UnwritableError(DataError):
    """A format cannot hold what is to be written in it."""

    status = 406
    title = "This format cannot hold the data"


class UsageError(NbkgError):
    """The call is wrong: an unknown date, a missing file."""

    exit_code = 2


class ServiceError(NbkgError):
    """A service or store is out of reach."""

    exit_code = 3
    status = 503
    title = "A service is out of reach"


class HttpClientError(ServiceError):
    """Another server did not answer a request, or not to the end."""

    status = 502
    title = "Another server did not answer"


class ServerUnreachableError(HttpClientError):
    """No connection to the server could be made; the message says why."""


class ServerTooSlowError(HttpClientError):
    """The server did not answer in time."""

    status = 504


class ConnectionBrokenError(HttpClientError):
    """The connection broke before the end of the response."""


class RequestCancelledError(HttpClientError):
    """Whoever the request was for has gone."""

    status = 499


class StoreError(ServiceError):
    """The store could not answer."""

    status = 500
    title = "The store could not answer"


class StoreUnavailableError(StoreError):
    """The store is missing, in use by another process, or cannot be opened."""

    status = 503
    title = "The store is not there"


class DefaultGraphLostError(StoreError):
    """The store holds the union of its graphs as its default graph, and not what its plain default graph was."""

    status = 409
    title = "Conflict"
