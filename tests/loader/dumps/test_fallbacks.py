"""Each way in which a dump makes do with less, walked from the store to a release that verifies."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.dumps.dump import DumpRequest, Limits, make_release
from loader.dumps.sorted_graphs import sort_graphs
from loader.release.store_snapshot import StoreSnapshot
from loader.store.load import load
from loader.verify.verify import VerifySettings, verify_release
from nbkg.rdf.blank_node_labels import BlankNodeLabeller

WITH_BLANK_NODES = {f"https://w3id.org/nbkg/graph/{name}" for name in ("ontology", "shapes")}


def test_a_store_with_more_blank_nodes_than_are_labelled_in_memory(small: Path, tmp_path: Path) -> None:
    """Six statements of the store hold blank nodes; the graphs that hold them then have no canonical hash."""
    result = make_release(DumpRequest(small, tmp_path, limits=Limits(blank_node_statements=5)))
    everything = result.release.dataset("everything")
    assert everything is not None
    assert {graph.iri for graph in everything.graphs if graph.rdfc10 is None} == WITH_BLANK_NODES
    assert verify_release(str(result.folder), VerifySettings(max_blank_node_statements=5)).findings == []


def test_blank_nodes_that_take_too_long_to_label(small: Path, tmp_path: Path) -> None:
    store = ox.Store.read_only(str((small / "current").resolve()))
    with BlankNodeLabeller(max_seconds=0) as labeller:
        graphs = sort_graphs(StoreSnapshot(store, sorted(WITH_BLANK_NODES), None), tmp_path, labeller, lambda _: None)
    assert [(graph.rdfc10, len([*graph.lines()])) for graph in graphs] == [(None, 6), (None, 1)]
    assert all([*graph.lines()] == sorted(graph.lines()) for graph in graphs)


def test_graphs_that_are_too_large_for_the_shacl_report_are_named(small: Path, tmp_path: Path) -> None:
    result = make_release(DumpRequest(small, tmp_path, limits=Limits(shacl_statements=20)))
    assert result.unchecked == ["https://w3id.org/nbkg/graph/curated"]
    assert (result.folder / "validation.ttl").is_file()


def test_a_table_with_too_many_rows_has_iris_without_labels(small: Path, tmp_path: Path) -> None:
    result = make_release(DumpRequest(small, tmp_path, limits=Limits(labelled_rows=2)))
    with (result.folder / "csv" / "concept.csv").open(encoding="utf-8-sig", newline="") as stream:
        columns = next(csv.reader(stream))
    assert "broader (IRI)" in columns
    assert "broader" not in columns


class _BrokenStore:
    """A store whose dump fails after some lines."""

    def dump(self, stream: object, *_: object, **__: object) -> None:
        stream.write(b"<urn:a> <urn:p> <urn:b> .\n")  # type: ignore[attr-defined]  # it is a file
        raise OSError("broken")


def test_a_store_that_breaks_while_it_is_read_makes_no_release(tmp_path: Path) -> None:
    snapshot = StoreSnapshot(_BrokenStore(), ["urn:g"], None)  # type: ignore[arg-type]  # as far as it is used
    with BlankNodeLabeller() as labeller, pytest.raises(OSError, match="broken"):
        sort_graphs(snapshot, tmp_path, labeller, lambda _: None)


def test_a_value_that_xml_cannot_hold_leaves_out_rdf_xml_and_nothing_else(tmp_path: Path) -> None:
    text = r'<urn:x:1> a <http://c.example/C> ; <http://www.w3.org/2000/01/rdf-schema#label> "a\u0001b\uFFFEc\rd" .'
    (tmp_path / "data.ttl").write_text(text)
    load(tmp_path / "store", [tmp_path / "data.ttl"])
    made = make_release(DumpRequest(tmp_path / "store", tmp_path / "out", "2026-01-01"))
    formats = {file.format for dataset in made.release.datasets for file in dataset.files}
    assert formats == {"nq", "nt", "ttl", "trig", "jsonld"}
    assert not [*made.folder.rglob("*.rdf*")]
    assert [str(finding) for finding in verify_release(str(made.folder)).findings] == []


def test_classes_and_returns_are_held_by_rdf_xml(tmp_path: Path) -> None:
    text = r'<urn:x:1> a <http://c.example/123> ; <http://www.w3.org/2000/01/rdf-schema#label> " a\rb\r\nc\t" .'
    (tmp_path / "data.ttl").write_text(text)
    load(tmp_path / "store", [tmp_path / "data.ttl"])
    made = make_release(DumpRequest(tmp_path / "store", tmp_path / "out", "2026-01-01"))
    assert [*made.folder.rglob("*.rdf.gz")]
    assert [str(finding) for finding in verify_release(str(made.folder)).findings] == []
    (written,) = made.folder.rglob("*.rdf.gz")
    spoilt = gzip.decompress(written.read_bytes()).replace(b"&#13;", b"\r")
    written.write_bytes(gzip.compress(spoilt, mtime=0))
    assert any(
        "holds other statements than the N-Quads" in str(finding)
        for finding in verify_release(str(made.folder)).findings
    )
    written.write_bytes(gzip.compress(spoilt.replace(b" a", b"\x01"), mtime=0))
    assert any("not well-formed XML" in str(finding) for finding in verify_release(str(made.folder)).findings)
