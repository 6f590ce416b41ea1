"""The errors of the protocol (section 3.6), which are answered with status 200 in XML."""

from __future__ import annotations

from sparql_endpoint.errors import RequestError


class OaiPmhError(RequestError):
    """An error with a code of the protocol."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)

    @property
    def hides_arguments(self) -> bool:
        """Whether the answer must not repeat the arguments (section 3.2)."""
        return self.code in {"badVerb", "badArgument"}
