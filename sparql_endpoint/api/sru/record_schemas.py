"""The schemas in which records are given out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from sparql_endpoint.api.record_formats.declared_format import declared_format
from sparql_endpoint.api.record_formats.marcxml_format import write_marcxml
from sparql_endpoint.api.record_formats.record_item import RecordItem
from sparql_endpoint.api.sru.sru_diagnostics import SruDiagnosticError


class RecordSchema(NamedTuple):
    """A schema: its names and IRI, and how a record is written in it."""

    names: Sequence[str]
    iri: str
    title: str
    write: Callable[[RecordItem], bytes]


def _write_declared(name: str, item: RecordItem) -> bytes:
    return declared_format(name).write(item.record, {"record": item.iri, "source": item.listed.source})


SCHEMAS: Sequence[RecordSchema] = (
    RecordSchema(("marcxml", "marc21", "marcxchange"), "info:srw/schema/1/marcxml-v1.1", "MARCXML", write_marcxml),
    RecordSchema(("dc",), "info:srw/schema/1/dc-v1.1", "Dublin Core", partial(_write_declared, "dc")),
    RecordSchema(("mods",), "info:srw/schema/1/mods-v3.7", "MODS 3.7", partial(_write_declared, "mods")),
)
"""The schemas; the first one is that of a request that names none."""


def find_schema(name: str) -> RecordSchema:
    """Return the schema of a name or an IRI. Raises SruDiagnosticError."""
    for schema in SCHEMAS:
        if name in ("", schema.iri, *schema.names):
            return schema
    raise SruDiagnosticError(66, name)
