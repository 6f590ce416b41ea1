"""The parameters of a request, in versions 1.1, 1.2 and 2.0.

https://www.loc.gov/standards/sru/specs/search-retrieve.html,
https://docs.oasis-open.org/search-ws/searchRetrieve/v1.0/os/part3-sru2.0/searchRetrieve-v1.0-os-part3-sru2.0.html
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sparql_endpoint.api.sru.sru_diagnostics import SruDiagnosticError

DEFAULT_RECORDS, MOST_RECORDS = 10, 100
VERSIONS = ("1.1", "1.2", "2.0")
_OPERATIONS = ("searchRetrieve", "explain")
_COMMON = frozenset(
    {"operation", "version", "query", "startRecord", "maximumRecords", "recordSchema", "recordPacking", "sortKeys"}
) | {"resultSetTTL", "stylesheet", "extraRequestData"}
_NEW = frozenset({"queryType", "recordXMLEscaping", "renderedBy", "httpAccept", "responseType"})
"""Parameters of version 2.0."""


@dataclass(frozen=True)
class SruRequest:
    """What is asked for."""

    operation: str
    version: str
    query: str
    start: int
    """The position of the first record, from 1 on."""
    most: int
    schema: str
    is_string: bool
    """Whether records are texts in which XML is escaped."""
    sort_keys: str
    parameters: Mapping[str, str]
    """All of them, as they were sent."""

    @property
    def is_new(self) -> bool:
        """Whether the answer is that of version 2.0."""
        return self.version == "2.0"


def find_version(parameters: Mapping[str, str]) -> str:
    """Return the version of a request: without one, 2.0 where it has no operation, which 1.2 requires."""
    return parameters.get("version") or ("1.2" if "operation" in parameters else "2.0")


def read_request(pairs: Sequence[tuple[str, str]]) -> SruRequest:
    """Return the request of parameters. Raises SruDiagnosticError."""
    repeated = [name for name, count in Counter(name for name, _value in pairs).items() if count > 1]
    if repeated:
        raise SruDiagnosticError(6, repeated[0], "Parameter given more than once")
    parameters = dict(pairs)
    version = find_version(parameters)
    if version not in VERSIONS:
        raise SruDiagnosticError(5, VERSIONS[-1])
    _check_names(parameters, version)
    operation = parameters.get("operation") or ("searchRetrieve" if "query" in parameters else "explain")
    if operation not in _OPERATIONS:
        raise SruDiagnosticError(4, operation)
    if operation == "searchRetrieve" and "query" not in parameters:
        raise SruDiagnosticError(7, "query")
    return SruRequest(
        operation,
        version,
        parameters.get("query", ""),
        _number(parameters, "startRecord", 1, 1),
        min(_number(parameters, "maximumRecords", DEFAULT_RECORDS, 0), MOST_RECORDS),
        parameters.get("recordSchema", ""),
        _is_string(parameters, version),
        parameters.get("sortKeys", ""),
        parameters,
    )


def _check_names(parameters: Mapping[str, str], version: str) -> None:
    known = _COMMON | _NEW if version == "2.0" else _COMMON
    if unknown := [name for name in parameters if name not in known and not name.startswith("x-")]:
        raise SruDiagnosticError(8, unknown[0])
    if "stylesheet" in parameters:
        raise SruDiagnosticError(110)
    if parameters.get("queryType", "cql") not in ("cql", ""):
        raise SruDiagnosticError(6, "queryType")


def _number(parameters: Mapping[str, str], name: str, default: int, least: int) -> int:
    """Return the number of a parameter. Raises SruDiagnosticError where it is none."""
    text = parameters.get(name, "") or str(default)
    if not (text.isascii() and text.isdecimal() and len(text) < 10) or int(text) < least:
        raise SruDiagnosticError(6, name)
    return int(text)


def _is_string(parameters: Mapping[str, str], version: str) -> bool:
    """Return whether records are escaped. Raises SruDiagnosticError for a packing that is not known."""
    packings = ("packed", "unpacked") if version == "2.0" else ("xml", "string")
    packing = parameters.get("recordPacking") or packings[0]
    escaping = parameters.get("recordXMLEscaping") or "xml"
    if packing not in packings or escaping not in ("xml", "string"):
        raise SruDiagnosticError(71, packing if packing not in packings else escaping)
    return "string" in (packing, escaping)
