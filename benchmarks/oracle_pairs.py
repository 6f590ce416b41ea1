"""Records with their BIBFRAME by the Library of Congress: the pairs of files, read record by record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox

from benchmarks.oracle_graph import PREFIXES, RecordGraph
from loader.marc.profiles.profile_file import read_profile
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_mapping import make_mapping
from nbkg.records.record import DeliveredRecord, MarcRecord

_ABOUT = f"{{{PREFIXES['rdf']}}}about"
_WORK, _INSTANCE = (f"{{{PREFIXES['bf']}}}{name}" for name in ("Work", "Instance"))
_BOOK = "00000nam a2200000   4500"
_PROFILES = {"bringsvaerd": "alma", "dnb": "default", "gwu": "default"}
"""Profiles of the files whose names have these words; all others are of the Library of Congress."""


@dataclass(frozen=True)
class Pair:
    """One record, and what the two converters made of it."""

    name: str
    record: MarcRecord
    peer: RecordGraph
    own: RecordGraph


def pair_files(folder: Path) -> list[tuple[Path, Path]]:
    """Return the files of MARC records in `bibframe_pairs_*` of a folder, each with its BIBFRAME."""
    generated = [(file, file.with_name(file.name.replace(".marc.xml", ".bibframe.rdf")))
                 for file in sorted(folder.glob("bibframe_pairs_generated/*.marc.xml"))]  # fmt: skip
    made = [(file, file.with_name(file.name.replace("marc-input__", "bibframe-output__").replace(".xml", ".rdf.xml")))
            for file in sorted(folder.glob("bibframe_pairs_loc/marc-input__*.xml"))]  # fmt: skip
    return generated + made


def read_pairs(marc: Path, bibframe: Path, every: int = 1) -> Iterator[Pair]:
    """Yield each so-and-so-many-th record of a file. Raises ValueError where the two files do not fit together."""
    profile = next((name for word, name in _PROFILES.items() if word in marc.name), "loc")
    map_record = make_mapping("oracle", read_profile(profile))
    groups = list(_peer_groups(bibframe))
    records = [_with_leader(item.record) for item in read_marc_file(marc) if isinstance(item, DeliveredRecord)]
    if len(groups) != len(records):
        raise ValueError(f"{marc}: {len(records)} records, and {len(groups)} works in {bibframe}")
    for position, (record, group) in enumerate(zip(records, groups, strict=True)):
        if position % every == 0:
            lines = "".join(map_record(record).lines)
            yield Pair(f"{marc.name}#{position + 1}", record, _peer_graph(group), _own_graph(lines))


def _with_leader(record: MarcRecord) -> MarcRecord:
    """Return the record of a book where there is no leader: their converter takes it for one, and ours says nothing."""
    return record if record.type.strip() else MarcRecord(_BOOK, record.fields)


def _peer_groups(file: Path) -> Iterator[list[ElementTree.Element]]:
    """Yield a work and the instances after it; the converter of the Library of Congress writes them for each record."""
    group: list[ElementTree.Element] = []
    for element in ElementTree.parse(file).getroot():  # noqa: S314  # files of our own
        if element.tag == _WORK and group:
            yield group
            group = []
        group.append(element)
    if group:
        yield group


def _peer_graph(group: list[ElementTree.Element]) -> RecordGraph:
    root = ElementTree.Element(f"{{{PREFIXES['rdf']}}}RDF")
    root.extend(group)
    # lenient, for it writes addresses with characters that no IRI has
    quads = ox.parse(
        ElementTree.tostring(root), format=ox.RdfFormat.RDF_XML, base_iri="http://example.org/", lenient=True
    )
    graph = RecordGraph(quads)
    graph.works.append(ox.NamedNode(group[0].attrib[_ABOUT]))
    graph.instances += [ox.NamedNode(each.attrib[_ABOUT]) for each in group if each.tag == _INSTANCE][:1]
    graph.hubs = list(graph.values(graph.works, "bf:expressionOf"))
    graph.records = list(graph.values([*graph.works, *graph.instances], "bf:adminMetadata"))
    return graph


def _own_graph(lines: str) -> RecordGraph:
    graph = RecordGraph(ox.parse(lines.encode(), format=ox.RdfFormat.N_QUADS))
    graph.instances = [each for each in graph.of_class("bf:Instance") if graph.value(each, "bf:adminMetadata")]
    graph.works = list(graph.values(graph.instances, "bf:instanceOf"))[:1]
    graph.hubs = list(graph.values(graph.works, "bf:expressionOf"))[:1]
    graph.records = list(graph.values(graph.instances, "bf:adminMetadata"))[:1]
    return graph
