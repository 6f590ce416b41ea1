"""What stands around records in XML: open elements with their namespaces, and the headers of OAI-PMH."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from nbkg.records.record import OaiHeader


@dataclass(frozen=True)
class Element:
    """An open element."""

    name: str
    """Its namespace, a blank and its local name, or its local name alone."""
    qualified_name: str
    """Its name as the document writes it."""
    begin: int
    """The position of its start tag in the file."""
    namespaces: Mapping[str | None, str] = field(default_factory=dict)
    """What its start tag declares: prefix (None for the default) to IRI."""

    @property
    def local(self) -> str:
        """Its local name."""
        return self.name.rpartition(" ")[2]

    @property
    def namespace(self) -> str:
        """The IRI of its namespace, or an empty text."""
        return self.name.rpartition(" ")[0]

    def start_tag(self) -> bytes:
        """Return a start tag with its name and namespaces."""
        return f"<{self.qualified_name}{declarations(self.namespaces)}>".encode()


def declarations(namespaces: Mapping[str | None, str]) -> str:
    """Return namespace declarations as they stand in a start tag, each after a blank."""
    return "".join(
        f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(iri or '')}" for prefix, iri in namespaces.items()
    )


@dataclass
class OaiRecord:
    """The `record` element of OAI-PMH that is open: its header as far as it was read."""

    is_deleted: bool = False
    has_marc: bool = False
    identifier: str = ""
    datestamp: str = ""

    @property
    def header(self) -> OaiHeader:
        """The header."""
        return OaiHeader(self.identifier, self.datestamp)


class Envelope:
    """The open elements that are no part of a MARC record."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.text: list[str] = []
        """The character data since the last tag."""
        self.oai: OaiRecord | None = None
        self._declared: dict[str | None, str] = {}

    def declare(self, prefix: str | None, iri: str) -> None:
        """Take a namespace declaration of the start tag that comes next."""
        self._declared[prefix] = iri

    def take_declared(self) -> Mapping[str | None, str]:
        """Return the namespaces that were declared since the last start tag."""
        declared, self._declared = self._declared, {}
        return declared

    @property
    def open_record(self) -> Element | None:
        """The innermost open element, if it is a `record`."""
        return self.elements[-1] if self.elements and self.elements[-1].local == "record" else None

    def namespaces_around(self) -> dict[str | None, str]:
        """Return the namespaces that the elements around the innermost one declare."""
        return {prefix: iri for element in self.elements[:-1] for prefix, iri in element.namespaces.items()}

    def start_header(self, attributes: Mapping[str, str]) -> None:
        """Begin the header of a record of OAI-PMH."""
        self.oai = OaiRecord(is_deleted=attributes.get("status") == "deleted")

    def end_text(self, local: str) -> None:
        """Take the content of an element of a header."""
        if self.oai is not None and local == "identifier":
            self.oai.identifier = "".join(self.text).strip()
        elif self.oai is not None and local == "datestamp":
            self.oai.datestamp = "".join(self.text).strip()
