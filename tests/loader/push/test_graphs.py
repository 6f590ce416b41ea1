"""Graphs sent to Oxigraph's own server are the same there."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.loader.push.held import held, http, needs_oxigraph, parsed, same, unskolemised
from tests.loader.push.keeper import load, triples, written


@needs_oxigraph
@pytest.mark.parametrize("size", [100, 1_000, 50_000])
def test_the_built_graphs_arrive(size: int, built: Path, empty: str) -> None:
    file = built / "nbkg.nq"
    result = load(empty, file, "--chunk", size)
    assert (result.exit_code, result.exception) == (0, None)
    graphs = len({quad.graph_name for quad in ox.parse(path=file)})
    assert f"{graphs} graphs, {len(file.read_text().splitlines())} statements sent in" in result.stderr
    same(unskolemised(held(empty)), parsed(file))


@needs_oxigraph
def test_graphs_are_replaced_and_others_left(tmp_path: Path, empty: str) -> None:
    http("POST", empty, b"<urn:old> <urn:p> <urn:o> <urn:g> .\n<urn:old> <urn:p> <urn:o> <urn:other> .\n")
    file = written(tmp_path, triples(5))
    assert load(empty, file, "--chunk", 2).exit_code == 0
    same(
        held(empty),
        ox.Dataset([*parsed(file), *ox.parse(b"<urn:old> <urn:p> <urn:o> <urn:other> .", ox.RdfFormat.N_QUADS)]),
    )


TORN = {
    "labels.nq": "_:a <urn:p> _:b <urn:g> .\n_:b <urn:p> _:c <urn:g> .\n_:c <urn:p> _:a <urn:g> .\n",
    "two-graphs.nq": "_:a <urn:p> <urn:o> <urn:g> .\n_:a <urn:q> <urn:o> <urn:h> .\n_:z <urn:p> <urn:o> <urn:i> .\n",
    "named-by-blank.nq": "<urn:s> <urn:p> _:g _:g .\n<urn:s> <urn:by> _:g .\n<urn:s> <urn:p> _:z <urn:i> .\n",
    "unlabelled.ttl": "<urn:s> <urn:p> [ <urn:q> [ <urn:r> (1 2 [] ) ] ] , _:x . _:x <urn:q> _:y . _:y <urn:r> _:x .",
    "graphs.trig": "<urn:g> { <urn:s> <urn:p> _:x , [] . } [] { <urn:s> <urn:p> _:x , <urn:o> }",
    "tree.rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:u:">'
        '<rdf:Description><u:p rdf:parseType="Resource"><u:q>å\U0001f600</u:q></u:p></rdf:Description></rdf:RDF>'
    ),
    "tree.jsonld": '{"@id": "urn:s", "urn:p": [{"urn:q": 1}, {"urn:q": {"urn:r": "a\\nb"}}]}',
}


@needs_oxigraph
@pytest.mark.parametrize("size", [1, 2, 50_000])
@pytest.mark.parametrize("name", TORN)
def test_blank_nodes_stay_the_same_node(name: str, size: int, tmp_path: Path, empty: str) -> None:
    file = written(tmp_path, TORN[name], name)
    assert load(empty, file, "--chunk", size).exit_code == 0
    same(unskolemised(held(empty)), parsed(file))


@needs_oxigraph
def test_the_same_label_in_two_files_is_two_nodes(tmp_path: Path, empty: str) -> None:
    files = [written(tmp_path, f"_:a <urn:p> <urn:{name}> .\n", f"{name}.nt") for name in "xy"]
    for size in ("1", "10"):
        assert load(empty, *files, "--chunk", size, "--graph", "urn:g").exit_code == 0
        text = b"_:a <urn:p> <urn:x> <urn:g> .\n_:b <urn:p> <urn:y> <urn:g> .\n"
        same(unskolemised(held(empty)), ox.Dataset(ox.parse(text, ox.RdfFormat.N_QUADS)))
