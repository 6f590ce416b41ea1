"""Diagnostics: what was wrong with a request, by the numbers of the standard, answered with status 200 in XML.

https://www.loc.gov/standards/sru/diagnostics/diagnosticsList.html
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from sparql_endpoint.errors import RequestError


class SruDiagnosticError(RequestError):
    """A diagnostic, with what it is about."""

    def __init__(self, number: int, details: str = "", message: str = "") -> None:
        self.number = number
        self.details = details
        self.message = message or diagnostic_messages()[str(number)]
        super().__init__(f"{self.uri}: {self.message}: {details}")

    @property
    def uri(self) -> str:
        """The IRI of the diagnostic."""
        return f"info:srw/diagnostic/1/{self.number}"


@cache
def diagnostic_messages() -> Mapping[str, str]:
    """Return the message of each diagnostic that is given, by its number."""
    text = files("data").joinpath("sru", "diagnostics.toml").read_text(encoding="utf-8")
    messages: Mapping[str, str] = tomllib.loads(text)
    return messages
