"""The kind `table`: each row of a table becomes a record of `graph/authority/{source}`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from loader.sources.graph_stream import GraphStream, Record
from loader.sources.openers import open_source
from loader.sources.project import ProjectData
from loader.sources.source import Source
from loader.tables.register_rows import RegisterRow, TableReader
from loader.tables.table_description import (
    ColumnDescription,
    TableDescription,
    fill_template,
    fill_text,
    read_table_description,
)

NAME = "table"


class TableSources:
    """Maps the rows of tables by the descriptions that their sources conform to."""

    def __init__(self, sources: Sequence[Source], project: ProjectData) -> None:  # noqa: ARG002  # as all kinds
        self._sources = sources
        self._rows = 0
        self._warnings: list[str] = []

    def graphs(self) -> Iterator[GraphStream]:
        """Yield the graph of each source. Raises DataError for a table that lacks a required column."""
        for source in self._sources:
            name = f"authority/{source.key}"
            yield GraphStream(name, self._records(source), source=source.iri, used=(source.iri,))

    def warnings(self) -> Sequence[str]:
        """Return what was left out or read in another way, with file and line."""
        return self._warnings

    def summary(self) -> str:
        """Return how many rows were mapped."""
        return f"{self._rows:,} rows of {len(self._sources)} {'table' if len(self._sources) == 1 else 'tables'}"

    def register(self, curated: Path) -> Path | None:  # noqa: ARG002  # nothing has to be remembered
        """Return None: no row is recognised from an earlier build."""
        return None

    def _records(self, source: Source) -> Iterator[Record]:
        description = read_table_description(str(source.profile or "").rpartition("/")[2])
        for document in open_source(source):
            reader = TableReader(description, partial(self._warn, document.name))
            for row in reader.read(document.stream, document.name):
                self._rows += 1
                yield row_record(description, row, source, document.name, self._warnings)

    def _warn(self, file: str, line: int, fault: str) -> None:
        self._warnings.append(f"{file}:{line}: {fault}")


def row_record(
    description: TableDescription, row: RegisterRow, source: Source, file: str, warnings: list[str]
) -> list[ox.Triple]:
    """Return the statements of a row, and add what cannot be one to the warnings."""
    values = {**row.values, "source_key": source.key, "source_iri": str(source.iri)}
    triples: list[ox.Triple] = []
    for column in description.columns:
        about = fill_template(column.about, values) if values.get(column.needs or "source_key") else None
        if column.predicate and about:
            try:
                triples += _statements(about, column, values)
            except ValueError:
                warnings.append(f"{file}:{row.line}: <{values.get(column.name)}> is no address; it was left out")
    return triples


def _statements(about: str, column: ColumnDescription, values: dict[str, str]) -> Iterator[ox.Triple]:
    """Yield the statement of a column. Raises ValueError for an IRI that is none."""
    if value := _value(column, values):
        yield ox.Triple(ox.NamedNode(about), ox.NamedNode(column.predicate), value)


def _value(column: ColumnDescription, values: dict[str, str]) -> ox.NamedNode | ox.Literal | None:
    if column.value:
        iri = fill_template(column.value, values)
        return ox.NamedNode(iri) if iri else None
    text = fill_text(column.text, values) if column.text else values.get(column.name)
    return ox.Literal(text, language=column.language or None) if text else None
