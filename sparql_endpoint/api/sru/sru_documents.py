"""The answers as XML, in the elements of versions 1.1 and 1.2, or of 2.0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sparql_endpoint.api.record_formats.xml_template import xml_text
from sparql_endpoint.api.sru.sru_diagnostics import SruDiagnosticError
from sparql_endpoint.api.sru.sru_request import SruRequest

_DIAGNOSTICS = "info:srw/schema/1/diagnostics-v1.1"
_EXPLAIN = "http://explain.z3950.org/dtd/2.0/"


class Dialect(NamedTuple):
    """The namespaces and names of a version."""

    response: str
    diagnostic: str
    packing: str
    """The element that says whether records are escaped."""


_OLD = Dialect("http://www.loc.gov/zing/srw/", "http://www.loc.gov/zing/srw/diagnostic/", "recordPacking")
_NEW = Dialect(
    "http://docs.oasis-open.org/ns/search-ws/sruResponse",
    "http://docs.oasis-open.org/ns/search-ws/diagnostic",
    "recordXMLEscaping",
)


class WrittenRecord(NamedTuple):
    """A record of a result: its schema's IRI, its content, its identifier and its position."""

    schema: str
    content: bytes
    identifier: str
    position: int


class SearchAnswer(NamedTuple):
    """What a search came to."""

    size: int
    records: Sequence[WrittenRecord] = ()
    following: int = 0
    """The position of the first record that is not in the answer; 0 where there is none."""
    diagnostics: Sequence[SruDiagnosticError] = ()


class SruDocuments:
    """Writes the answers of one version."""

    def __init__(self, version: str) -> None:
        self._version = version
        self._dialect = _NEW if version == "2.0" else _OLD

    def search(self, answer: SearchAnswer, request: SruRequest | None) -> bytes:
        """Return the answer to a search; `request` is None where it could not be read."""
        parts = [b"" if self._dialect is _NEW else self._version_element(), _element("numberOfRecords", answer.size)]
        if answer.records:
            is_string = bool(request and request.is_string)
            records = [self._record(each, is_string=is_string) for each in answer.records]
            parts.append(b"<records>\n" + b"".join(records) + b"</records>\n")
        if answer.following:
            parts.append(_element("nextRecordPosition", answer.following))
        if request:
            parts.append(_echo("echoedSearchRetrieveRequest", request.parameters))
        parts.append(self._diagnostics(answer.diagnostics))
        return self._document("searchRetrieveResponse", parts)

    def explain(self, description: bytes, request: SruRequest) -> bytes:
        """Return the answer with a description of the server."""
        record = self._record(WrittenRecord(_EXPLAIN, description, "", 0), is_string=request.is_string)
        echo = _echo("echoedExplainRequest", request.parameters)
        return self._document("explainResponse", [self._version_element(), record, echo])

    def diagnostic_record(self, error: SruDiagnosticError, identifier: str, position: int) -> WrittenRecord:
        """Return the diagnostic that stands in place of a record."""
        return WrittenRecord(_DIAGNOSTICS, self._diagnostic(error), identifier, position)

    def _document(self, name: str, parts: Iterable[bytes]) -> bytes:
        start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{self._dialect.response}">\n'
        return b"".join((start.encode(), *parts, f"</{name}>\n".encode()))

    def _version_element(self) -> bytes:
        return _element("version", self._version)

    def _record(self, record: WrittenRecord, *, is_string: bool) -> bytes:
        content = xml_text(record.content.decode()).encode() if is_string else record.content
        parts = [
            _element("recordSchema", record.schema),
            _element(self._dialect.packing, "string" if is_string else "xml"),
            b"<recordData>" + content + b"</recordData>\n",
        ]
        if record.identifier and self._version != "1.1":
            parts.append(_element("recordIdentifier", record.identifier))
        if record.position:
            parts.append(_element("recordPosition", record.position))
        return b"<record>\n" + b"".join(parts) + b"</record>\n"

    def _diagnostics(self, errors: Sequence[SruDiagnosticError]) -> bytes:
        written = b"".join(self._diagnostic(error) for error in errors)
        return b"<diagnostics>\n" + written + b"</diagnostics>\n" if written else b""

    def _diagnostic(self, error: SruDiagnosticError) -> bytes:
        details = f"<details>{xml_text(error.details)}</details>" if error.details else ""
        start = f'<diagnostic xmlns="{self._dialect.diagnostic}"><uri>{error.uri}</uri>{details}'
        return f"{start}<message>{xml_text(error.message)}</message></diagnostic>\n".encode()


def _element(name: str, value: object) -> bytes:
    return f"<{name}>{xml_text(str(value))}</{name}>\n".encode()


def _echo(name: str, parameters: Mapping[str, str]) -> bytes:
    """Return the request as it was understood: its parameters of the standard, in elements."""
    known = (each for each in parameters.items() if each[0].isalpha() and each[0].isascii() and each[0] != "operation")
    return b"".join((f"<{name}>\n".encode(), *(_element(*each) for each in known), f"</{name}>\n".encode()))
