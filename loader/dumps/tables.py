"""The data as a CSV file and a workbook for each class, for those who know no RDF, and `datapackage.json` about them.

A row is one resource, a column one property with its Norwegian label (docs/releases.md has the rules). The description
follows https://specs.frictionlessdata.io/tabular-data-package/. Statements are streamed twice: once to find the
columns, once to write them; only the statements of one resource are in memory.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from loader.dumps.columns import Column, ColumnKey, make_columns
from loader.dumps.compressed_files import BLOCK
from loader.dumps.data_package import Table, data_package, file_names
from loader.dumps.dump_files import LineReader
from loader.dumps.sorted_graphs import SortedGraph, merged_triples
from loader.dumps.store_labels import StoreLabels
from loader.dumps.table_keys import MAX_KEYED_STATEMENTS, TableKeys
from loader.dumps.workbooks import MAX_ROWS, write_workbook, zip_tables
from loader.namespaces import OWL, RDF, RDFS, SH
from loader.release.dataset_layout import DataSetPlan, StoreDescription
from nbkg.grouping import group_values
from nbkg.rdf.block_stream import open_blocks

_TYPE = ox.NamedNode(str(RDF.type))
_SCHEMA_VOCABULARIES = tuple(str(space) for space in (OWL, RDF, RDFS, SH))
"""Vocabularies whose classes describe data; they get no tables."""
MAX_LABELLED_ROWS = 100_000
"""Rows above which a table has IRIs only, without their labels, each of which is looked up in the store."""
ZIP = "tables.zip"
_EXAMPLES = 50
"""Values of a property that are looked up to decide whether it gets a column of labels."""

Resource = tuple[ox.NamedNode, list[ox.Triple]]


@dataclass
class ClassProfile:
    """The number of rows and the columns that the resources of a class need."""

    rows: int = 0
    keys: dict[ColumnKey, bool] = field(default_factory=dict)
    """Column to whether a resource has several values in it."""
    datatypes: dict[ColumnKey, set[str]] = field(default_factory=dict)
    examples: dict[ColumnKey, set[ox.NamedNode]] = field(default_factory=dict)
    """Some of the IRIs that are values."""

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Count one more resource."""
        self.rows += 1
        seen: set[ColumnKey] = set()
        for triple in triples:
            if triple.predicate == _TYPE and not _is_tabled(triple.object):
                continue
            key = ColumnKey.of(triple)
            self.keys[key] = self.keys.get(key, False) or key in seen
            if isinstance(triple.object, ox.Literal):
                self.datatypes.setdefault(key, set()).add(triple.object.datatype.value)
            elif isinstance(triple.object, ox.NamedNode) and len(self.examples.get(key, ())) < _EXAMPLES:
                self.examples.setdefault(key, set()).add(triple.object)
            seen.add(key)


@dataclass(frozen=True)
class Tables:
    """Writes the tables of a release."""

    plans: Sequence[DataSetPlan]
    graphs: Mapping[str | None, SortedGraph]
    store: ox.Store
    description: StoreDescription
    max_labelled_rows: int = MAX_LABELLED_ROWS
    types: Counter[frozenset[str]] = field(default_factory=Counter)
    """The classes that resources have together, with their number, once the classes were counted."""

    def write(self, folder: Path, release: str) -> None:
        """Write the tables and their description into `folder`, which is made where there are any."""
        classes = self._classes()
        if not classes:
            return
        folder.mkdir()
        labels = StoreLabels(self.store)
        classes = distinct_classes(classes, self.types, self.description.base)
        names = file_names(classes)
        tables = {
            iri: Table(names[iri], iri, profile.rows, self._columns(profile, labels))
            for iri, profile in sorted(classes.items())
        }
        self._write_rows(folder, tables, labels)
        package = data_package(folder, [*tables.values()], self.description, release, labels)
        (folder / "datapackage.json").write_bytes(package)
        for table, resource in zip(tables.values(), json.loads(package)["resources"], strict=True):
            if table.rows <= MAX_ROWS:
                workbook = (folder / table.path).with_suffix(".xlsx")
                write_workbook(folder / table.path, resource["schema"]["fields"], workbook)
        zip_tables(folder, folder.with_name(ZIP))

    def _columns(self, profile: ClassProfile, labels: StoreLabels) -> Sequence[Column]:
        examples = profile.examples if profile.rows <= self.max_labelled_rows else {}
        labelled = {key for key, nodes in examples.items() if any(labels.has_label(node) for node in nodes)}
        return make_columns(profile.keys, profile.datatypes, labels, labelled)

    def _resources(self) -> Iterator[Resource]:
        """Yield each IRI with its statements in graphs that are in a data set other than that of everything."""
        everything = str(self.description.everything)
        names = {graph for plan in self.plans if plan.iri != everything for graph in plan.graphs}
        graphs = [graph for iri, graph in self.graphs.items() if not names or iri in names]
        lines = open_blocks(LineReader(merged_triples(graphs), lambda _: None).batches(), BLOCK)
        quads = ox.parse(lines, ox.RdfFormat.N_TRIPLES, lenient=True)
        small = sum(graph.triples for graph in graphs) <= MAX_KEYED_STATEMENTS
        keys = TableKeys(self.store, self.description.base) if small else None
        for subject, group in groupby(quads, lambda quad: quad.subject):
            if isinstance(subject, ox.NamedNode):
                triples = [quad.triple for quad in group]
                yield subject, keys.with_keys(subject, triples) if keys else triples

    def _classes(self) -> dict[str, ClassProfile]:
        profiles: dict[str, ClassProfile] = {}
        for _, triples in self._resources():
            types = _types(triples)
            self.types[frozenset(types)] += 1
            for iri in types:
                profiles.setdefault(iri, ClassProfile()).add(triples)
        return profiles

    def _write_rows(self, folder: Path, tables: Mapping[str, Table], labels: StoreLabels) -> None:
        with ExitStack() as stack:
            writers: dict[str, Any] = {}
            for iri, table in tables.items():
                # with a byte order mark, by which spreadsheets know that it is UTF-8
                file = stack.enter_context((folder / table.path).open("w", encoding="utf-8-sig", newline=""))
                writers[iri] = csv.writer(file)
                writers[iri].writerow(["id", *(column.name for column in table.columns)])
            for subject, triples in self._resources():
                for iri in (iri for iri in _types(triples) if iri in writers):
                    writers[iri].writerow([subject.value, *_cells(triples, tables[iri].columns, labels)])


def _types(triples: Iterable[ox.Triple]) -> list[str]:
    types = {t.object.value for t in triples if t.predicate == _TYPE and isinstance(t.object, ox.NamedNode)}
    return sorted(iri for iri in types if not iri.startswith(_SCHEMA_VOCABULARIES))


def _is_tabled(kind: object) -> bool:
    return isinstance(kind, ox.NamedNode) and not kind.value.startswith(_SCHEMA_VOCABULARIES)


def distinct_classes(
    classes: Mapping[str, ClassProfile], types: Mapping[frozenset[str], int], base: str
) -> dict[str, ClassProfile]:
    """Return the classes but those whose resources are all in the table of another class.

    Of classes with the same resources one of our own vocabulary stays. A table of several classes says in a column of
    its own to which a resource belongs.
    """

    def rank(iri: str) -> tuple[int, bool, str]:
        return -classes[iri].rows, not iri.startswith(base), iri

    distinct: dict[str, ClassProfile] = {}
    for iri in sorted(classes, key=rank):
        own = [kinds for kinds in types if iri in kinds]
        if any(all(other in kinds for kinds in own) for other in distinct):
            continue
        distinct[iri] = classes[iri]
        if own == [frozenset({iri})]:
            classes[iri].keys.pop(ColumnKey(str(RDF.type), is_iri=True), None)
    return distinct


def _cells(triples: Iterable[ox.Triple], columns: Iterable[Column], labels: StoreLabels) -> Iterator[str]:
    tabled = (triple for triple in triples if triple.predicate != _TYPE or _is_tabled(triple.object))
    by_key = group_values((ColumnKey.of(triple), _text(triple.object)) for triple in tabled)
    for column in columns:
        values = by_key.get(column.key, [])
        if column.has_labels:
            values = [labels.label(ox.NamedNode(value)) if not value.startswith("_:") else value for value in values]
        yield " | ".join(value.replace("|", "\\|") for value in values)


def _text(term: object) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term)
