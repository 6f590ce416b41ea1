"""Writing statements in any RDF format: all that becomes a document of the data goes through here.

Only prefixes that the syntax allows are declared, and RDF/XML is read by an XML parser before it is handed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO

import pyoxigraph as ox

from nbkg.errors import UnwritableError
from nbkg.rdf.prefixes import legal_prefixes
from nbkg.rdf.xml_output import xml_output

Statements = Iterable[ox.Triple] | Iterable[ox.Quad] | ox.QueryTriples


def serialize_statements(
    statements: Statements, output: IO[bytes], syntax: ox.RdfFormat, prefixes: Mapping[str, str]
) -> None:
    """Write statements to a file; `prefixes` shorten their IRIs in the formats that have prefixes.

    Raises UnwritableError for what the format cannot hold, at any statement.
    """
    if syntax != ox.RdfFormat.RDF_XML:
        _write(statements, output, syntax, legal_prefixes(prefixes))
        return
    with xml_output(output, is_rdf=True) as checked:
        try:
            _write(statements, checked, syntax, legal_prefixes(prefixes, xml=True))
        except OSError as error:
            if "reserved syntax term" not in str(error):
                raise
            raise UnwritableError(
                "a property is a word of the syntax of RDF/XML, such as rdf:li; Turtle can hold it"
            ) from error


def _write(statements: Statements, output: IO[bytes], syntax: ox.RdfFormat, prefixes: dict[str, str]) -> None:
    if isinstance(statements, ox.QueryTriples) and not prefixes:  # without making each of them an object of Python
        statements.serialize(output, syntax)
    else:
        ox.serialize(statements, output, syntax, prefixes=prefixes)
