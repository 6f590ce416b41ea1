"""Records that went through the graph, for the tests."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox

from loader.marc.profiles.profile_file import read_profile
from loader.marc.writing.catalogue_graph import CatalogueGraph
from loader.marc.writing.record_composing import make_composing
from loader.marc.writing.record_nodes import iter_records
from nbkg.records.record import MarcField, MarcRecord
from tests.loader.marc.mapped import Mapped, record

HERE = Path(__file__).parent


def written(field: MarcField) -> str:
    """Return a field as the tests write it: `245 10 $a Title $c Name`, with `_` for a blank indicator."""
    if not field.subfields:
        return f"{field.tag} {field.data}"
    indicators = field.indicators.replace(" ", "_")
    return f"{field.tag} {indicators} {' '.join(f'${code} {value}' for code, value in field.subfields)}"


def composed(graph: CatalogueGraph, profile: str = "alma", entered: str = "") -> list[MarcRecord]:
    """Return the records of a graph."""
    chosen = read_profile(profile)
    compose = make_composing(chosen, entered)
    return [compose(nodes) for nodes in iter_records(graph, chosen)]


def round_trip(*fields: str, profile: str = "alma", leader: str = "00000nam a2200000 c 4500") -> MarcRecord:
    """Return what a record with a title and these fields is when it comes back from the graph."""
    texts = fields if any(text.startswith("245") for text in fields) else ("245 00 $a Tittel", *fields)
    [back] = composed(CatalogueGraph(Mapped([record(*texts, leader=leader)], profile).store), profile)
    return back


def fields_back(tags: str, *fields: str, profile: str = "alma") -> list[str]:
    """Return the fields of these tags that come back, as the tests write them."""
    back = round_trip(*fields, profile=profile)
    return [written(field) for field in back.fields if field.tag in tags.split()]


def graph_of(turtle: str | bytes) -> CatalogueGraph:
    """Return a graph in Turtle."""
    store = ox.Store()
    store.bulk_load(BytesIO(turtle.encode() if isinstance(turtle, str) else turtle), ox.RdfFormat.TURTLE)
    return CatalogueGraph(store)


def values(records: Iterable[MarcRecord], tag: str) -> list[str]:
    """Return the fields of a tag of all records, as the tests write them."""
    return [written(field) for each in records for field in each.fields_with(tag)]
