"""Each way in which a dump makes do with less, walked from the store to a release that verifies."""

from __future__ import annotations

from pathlib import Path

from loader.dumps.dump import Wanted, dump
from loader.verify.verify import How, verify


def test_a_store_with_more_blank_nodes_than_are_named_in_memory(small: Path, tmp_path: Path) -> None:
    """Six statements of the store hold blank nodes; the graphs that hold them then have no canonical hash."""
    result = dump(Wanted(small, tmp_path, most_blank=5))
    everything = result.release.dataset("everything")
    assert everything is not None
    unnamed = {graph.iri for graph in everything.graphs if graph.rdfc10 is None}
    assert unnamed == {f"https://w3id.org/nbkg/graph/{name}" for name in ("ontology", "shapes")}
    assert verify(str(result.place), How(most_blank=5)).findings == []
