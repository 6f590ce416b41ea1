"""The graph that the build makes of conflicts: what it states of each, and that its size is bounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from loader.link.checked_links import conflict_stream, with_links_noted
from loader.link.checking.link_table import open_link_table
from loader.link.mapping_file import SemanticMapping, read_mapping_set
from loader.link.project_mappings import mapping_record
from loader.sources.graph_stream import GraphStream
from loader.sources.project import read_project
from tests.loader.link.test_link_check import AU05
from tests.loader.link.test_mapping_file import AGENT, CASES
from tests.loader.marc.mapped import case

NS = "https://w3id.org/nbkg/ns#"
SAME = ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs")


def _graph(folder: Path, streams: Mapping[str, Iterable[Sequence[ox.Triple]]]) -> ox.Store:
    """Return the graph of the conflicts in some graphs."""
    store = ox.Store()
    with open_link_table(folder) as table:
        for name, records in streams.items():
            assert all(with_links_noted(GraphStream(name, records), table).records)
        for record in conflict_stream(table, read_project().schemes, streams).records:
            store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in record)
    return store


def _values(graph: ox.Store, name: str, subject: ox.NamedNode | None = None) -> list[str]:
    quads = graph.quads_for_pattern(subject, ox.NamedNode(f"{NS}{name}"), None)
    return sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal))


def _kinds(graph: ox.Store) -> list[str]:
    return [iri.rpartition("/")[2] for iri in _values(graph, "conflictKind")]


def test_what_became_of_old_numbers_is_in_the_graph(tmp_path: Path) -> None:
    """Case au05: 41 and 47 lead to 42, 43 was split in two, 46 was deleted, 48 and 49 replace each other."""
    files = ("au05_deleted_replaced_split.mrc", "au05_bib_with_old_ids.mrc")
    store = ox.Store()
    for file in files:
        for each in case(file).results:
            store.load("".join(each.lines).encode(), format=ox.RdfFormat.N_QUADS)
    graph = _graph(tmp_path, {"catalogue/au05": [[quad.triple] for quad in store]})
    assert _kinds(graph) == sorted(kind for kind, *_ in AU05)
    assert _values(graph, "conflictCount") == [str(len(AU05))]


def test_a_link_against_a_decision_of_a_mapping_file_is_in_the_graph(tmp_path: Path) -> None:
    """Case ss01: the file says that 99902002 is not an item; another graph links them, so two people to one."""
    with (CASES / "ss01_good_but_odd.sssom.tsv").open("rb") as stream:
        rows = read_mapping_set(stream, "ss01").rows
        mappings = [each for each in rows if isinstance(each, SemanticMapping)]
    records = [mapping_record(each, "https://example.org/set", frozenset()) for each in mappings]
    clean = _graph(_folder(tmp_path, "clean"), {"links": records})
    assert _kinds(clean) == []
    (refused,) = [each for each in mappings if each.negated]
    link = ox.Triple(ox.NamedNode(f"{AGENT}99902002"), SAME, ox.NamedNode(str(refused.target)))
    graph = _graph(_folder(tmp_path, "linked"), {"links": records, "catalogue/x": [[link]]})
    assert _kinds(graph) == ["refused", "shared"]
    people = [f"{AGENT}99902001", f"{AGENT}99902002"]
    assert _values(graph, "conflictingThing") == sorted([*people, people[1], str(refused.target)])


def test_a_conflict_of_many_things_names_twenty_and_gives_their_number(tmp_path: Path) -> None:
    item = ox.NamedNode("http://www.wikidata.org/entity/Q1")
    links = [[ox.Triple(ox.NamedNode(f"{AGENT}{number}"), SAME, item)] for number in range(90000100, 90000400)]
    graph = _graph(tmp_path, {"catalogue/x": links})
    assert (_kinds(graph), _values(graph, "involvedCount")) == (["shared"], ["300"])
    assert [len(_values(graph, name)) for name in ("conflictingThing", "conflictingLink")] == [20, 20]
    assert not [*graph.quads_for_pattern(None, SAME, None)]


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder
