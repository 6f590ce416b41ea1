"""Writes the records of graphs to a file of ISO 2709 or MARCXML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from loader.errors import ComposingError
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.writing.catalogue_graph import CatalogueGraph
from loader.marc.writing.record_composing import make_authority_composing, make_composing
from loader.marc.writing.record_nodes import RecordNodes, iter_authorities, iter_records
from nbkg.errors import UnwritableError, UsageError
from nbkg.rdf.formats import find_format
from nbkg.rdf.rdf_file import open_rdf_file, parse_document
from nbkg.records.codecs import write_record
from nbkg.records.form import Form
from nbkg.records.record import MarcRecord
from nbkg.storage.atomic_replace import replace_file
from nbkg.storage.opened_store import CurrentDirectory

_FRAMES = {
    Form.ISO2709: (b"", b""),
    Form.MARCXML: (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n',
        b"</collection>\n",
    ),
}


@dataclass
class ComposedRecords:
    """What was made of graphs."""

    records: list[bytes] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """A line for each resource of which no record was made: its IRI, what is missing and what to do."""


def open_graphs(paths: Sequence[Path]) -> CatalogueGraph:
    """Return the graph in files of RDF, or in the folder of a store.

    Raises UsageError for a path that is neither, RdfFileError for a file that does not parse, and
    StoreUnavailableError for a store that cannot be opened.
    """
    if len(paths) == 1 and paths[0].is_dir():
        return CatalogueGraph(CurrentDirectory(paths[0])("").store)
    store = ox.Store()
    for path in paths:
        if path.is_dir():
            raise UsageError(f"{path}: name either files, or the folder of one store")
        store.extend(_quads(path))
    return CatalogueGraph(store)


def _quads(path: Path) -> Iterator[ox.Quad]:
    with open_rdf_file(path) as stream:
        yield from parse_document(stream, find_format(path).syntax, rename_blank_nodes=True)


def compose_graph(graph: CatalogueGraph, profile: MarcProfile, form: Form, entered: str = "") -> ComposedRecords:
    """Return the records of a graph as bytes: bibliographic ones, then authorities, each in the order of the IRIs.

    `entered` is the date, such as 2026-01-31, on which records were made that do not say it themselves.
    """
    composed = ComposedRecords()
    _add(iter_records(graph, profile), make_composing(profile, entered), form, composed)
    _add(iter_authorities(graph, profile), make_authority_composing(profile, entered), form, composed)
    return composed


def _add(
    records: Iterable[RecordNodes], compose: Callable[[RecordNodes], MarcRecord], form: Form, composed: ComposedRecords
) -> None:
    for nodes in records:
        try:
            composed.records.append(write_record(form, compose(nodes)))
        except ComposingError as error:
            composed.refused.append(str(error))
        except UnwritableError as error:
            composed.refused.append(_named(nodes, error))


def _named(nodes: RecordNodes, error: Exception) -> str:
    return f"{nodes.name}: {error}"


def write_composed(composed: ComposedRecords, file: Path, form: Form) -> None:
    """Write records to a file, which is replaced when it is complete."""
    before, after = _FRAMES[form]
    end = b"\n" if form is Form.MARCXML else b""
    replace_file(file, before + b"".join(record + end for record in composed.records) + after)
