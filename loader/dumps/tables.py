"""The data as one CSV file for each class, for those who know no RDF, and what the columns mean (`datapackage.json`).

A row is one thing, a column one property, named as people say it in Norwegian (docs/releases.md tells the rules). The
description follows https://specs.frictionlessdata.io/tabular-data-package/. Statements are streamed twice: once to see
which columns there are, once to write them; nothing but one thing's statements is held.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from loader.dumps.columns import Column, Kind, columns
from loader.dumps.compression import BLOCK
from loader.dumps.data_package import Table, data_package, file_names
from loader.dumps.formats import Lines
from loader.dumps.labels import Labels
from loader.dumps.sorted_graphs import Spool, merged_triples
from loader.namespaces import OWL, RDF, RDFS, SH
from loader.release.dataset_layout import Description, Planned

_TYPE = ox.NamedNode(str(RDF.type))
_OF_LANGUAGES = tuple(str(space) for space in (OWL, RDF, RDFS, SH))
"""Classes of these tell how data is described; they are no tables."""
_MANY = 100_000
"""Rows above which a table has IRIs only, not the names of what they lead to: each is looked up in the store."""

_EXAMPLES = 50
"""Values of a property that are asked for their names, to know whether it is worth a column."""

Thing = tuple[ox.NamedNode, list[ox.Triple]]


@dataclass
class Class:
    """What is seen of a class."""

    rows: int = 0
    kinds: dict[Kind, bool] = field(default_factory=dict)
    """Kind of value to whether one thing has several."""
    datatypes: dict[Kind, set[str]] = field(default_factory=dict)
    examples: dict[Kind, set[ox.NamedNode]] = field(default_factory=dict)
    """Some of the things that are values."""

    def see(self, triples: Iterable[ox.Triple]) -> None:
        """Counts one more thing."""
        self.rows += 1
        seen: set[Kind] = set()
        for triple in triples:
            if triple.predicate == _TYPE:
                continue
            kind = Kind.of(triple)
            self.kinds[kind] = self.kinds.get(kind, False) or kind in seen
            if isinstance(triple.object, ox.Literal):
                self.datatypes.setdefault(kind, set()).add(triple.object.datatype.value)
            elif isinstance(triple.object, ox.NamedNode) and len(self.examples.get(kind, ())) < _EXAMPLES:
                self.examples.setdefault(kind, set()).add(triple.object)
            seen.add(kind)


@dataclass(frozen=True)
class Tables:
    """What tables are made of."""

    planned: Sequence[Planned]
    spools: Mapping[str | None, Spool]
    store: ox.Store
    said: Description

    def write(self, folder: Path, version: str) -> None:
        """Writes the tables and their description into `folder`, where there are any."""
        classes = self._classes()
        if not classes:
            return
        folder.mkdir()
        labels = Labels(self.store)
        names = file_names(classes)
        made = {
            iri: Table(names[iri], iri, seen.rows, columns(seen.kinds, seen.datatypes, labels, _named(seen, labels)))
            for iri, seen in sorted(classes.items())
        }
        self._rows(folder, made, labels)
        (folder / "datapackage.json").write_bytes(data_package(folder, [*made.values()], self.said, version, labels))

    def _things(self) -> Iterator[Thing]:
        """Each thing that has an IRI, with its statements; of graphs that are in a data set but that of all."""
        graphs = {graph for one in self.planned if one.iri != str(self.said.whole) for graph in one.graphs}
        spools = [spool for iri, spool in self.spools.items() if not graphs or iri in graphs]
        lines = io.BufferedReader(Lines(merged_triples(spools), lambda _: None), BLOCK)
        quads = ox.parse(cast(IO[bytes], lines), ox.RdfFormat.N_TRIPLES, lenient=True)
        for subject, found in groupby(quads, lambda quad: quad.subject):
            if isinstance(subject, ox.NamedNode):
                yield subject, [quad.triple for quad in found]

    def _classes(self) -> dict[str, Class]:
        found: dict[str, Class] = {}
        for _, triples in self._things():
            for iri in _types(triples):
                found.setdefault(iri, Class()).see(triples)
        return found

    def _rows(self, folder: Path, made: Mapping[str, Table], labels: Labels) -> None:
        with ExitStack() as stack:
            writers: dict[str, Any] = {}
            for iri, table in made.items():
                # with a byte order mark, by which spreadsheets know that it is UTF-8
                file = stack.enter_context((folder / table.path).open("w", encoding="utf-8-sig", newline=""))
                writers[iri] = csv.writer(file)
                writers[iri].writerow(["id", *(column.name for column in table.columns)])
            for subject, triples in self._things():
                for iri in _types(triples):
                    writers[iri].writerow([subject.value, *_cells(triples, made[iri].columns, labels)])


def _named(seen: Class, labels: Labels) -> set[Kind]:
    """The kinds whose values have names."""
    kinds = seen.examples if seen.rows <= _MANY else {}
    return {kind for kind, nodes in kinds.items() if any(labels.has_name(node) for node in nodes)}


def _types(triples: Iterable[ox.Triple]) -> list[str]:
    found = {t.object.value for t in triples if t.predicate == _TYPE and isinstance(t.object, ox.NamedNode)}
    return sorted(iri for iri in found if not iri.startswith(_OF_LANGUAGES))


def _cells(triples: Iterable[ox.Triple], wanted: Iterable[Column], labels: Labels) -> Iterator[str]:
    by_kind: dict[Kind, list[str]] = {}
    for triple in triples:
        by_kind.setdefault(Kind.of(triple), []).append(_text(triple.object))
    for column in wanted:
        values = by_kind.get(column.kind, [])
        if column.named:
            values = [labels.name(ox.NamedNode(value)) if not value.startswith("_:") else value for value in values]
        yield " | ".join(value.replace("|", "\\|") for value in values)


def _text(term: object) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term)
