"""Each way in which a dump makes do with less, walked from the store to a release that verifies."""

from __future__ import annotations

from pathlib import Path

from loader.dumps.dump import DumpRequest, Limits, make_release
from loader.verify.verify import VerifySettings, verify_release


def test_a_store_with_more_blank_nodes_than_are_named_in_memory(small: Path, tmp_path: Path) -> None:
    """Six statements of the store hold blank nodes; the graphs that hold them then have no canonical hash."""
    result = make_release(DumpRequest(small, tmp_path, limits=Limits(blank_node_statements=5)))
    everything = result.release.dataset("everything")
    assert everything is not None
    unnamed = {graph.iri for graph in everything.graphs if graph.rdfc10 is None}
    assert unnamed == {f"https://w3id.org/nbkg/graph/{name}" for name in ("ontology", "shapes")}
    assert verify_release(str(result.folder), VerifySettings(max_blank_node_statements=5)).findings == []
