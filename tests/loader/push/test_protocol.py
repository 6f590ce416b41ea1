"""What is sent, in which order and in which chunks."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from nbkg.rdf import batches as cutting
from tests.loader.push.keeper import Keeper, load, triples, written


def test_first_put_then_post(keeper: Keeper, tmp_path: Path) -> None:
    file = written(tmp_path, triples(5) + triples(1, "").replace(" .", "."))
    assert load(keeper.address, file, "--chunk", 2).exit_code == 0
    assert [(asked.method, asked.path) for asked in keeper.asked] == [
        ("PUT", "/store?graph=urn%3Ag"),
        ("POST", "/store?graph=urn%3Ag"),
        ("POST", "/store?graph=urn%3Ag"),
        ("PUT", "/store?default"),
    ]
    assert {asked.headers["Content-Type"] for asked in keeper.asked} == {"application/n-triples"}
    assert "Authorization" not in keeper.asked[0].headers


def test_an_address_with_a_query(keeper: Keeper, tmp_path: Path) -> None:
    assert load(f"{keeper.address}?a=b", written(tmp_path, triples(1, "<urn:ø&?>"))).exit_code == 0
    assert keeper.asked[0].path == "/store?a=b&graph=urn%3A%C3%B8%26%3F"


def test_graphs_that_take_turns_are_gathered(keeper: Keeper, tmp_path: Path) -> None:
    lines = [f"<urn:s{n}> <urn:p> _:b{n} <urn:g{n % 3}> .\n" for n in range(30)]
    assert load(keeper.address, written(tmp_path, "".join(lines)), "--chunk", 15).exit_code == 0
    assert keeper.methods == ["PUT"] * 3
    assert not any(b"genid" in asked.body for asked in keeper.asked)


def test_no_more_is_held_than_two_chunks(keeper: Keeper, tmp_path: Path) -> None:
    lines = [f"<urn:s{n}> <urn:p> <urn:o> <urn:g{n % 7}> .\n" for n in range(700)]
    assert load(keeper.address, written(tmp_path, "".join(lines)), "--chunk", 20).exit_code == 0
    assert sum(map(len, keeper.graphs.values())) == 700
    assert len(keeper.graphs) == keeper.methods.count("PUT") == 7
    assert len(keeper.asked) < 140


def test_shared_blank_nodes_are_found_where_they_are_too_many(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "_FOLLOWED", 3)
    lines = [f"_:b{n % 5} <urn:p> <urn:o{n}> <urn:g{n // 5}> .\n" for n in range(10)]
    assert load(keeper.address, written(tmp_path, "".join(lines))).exit_code == 0
    subjects = [{line.split()[0] for line in graph} for graph in keeper.graphs.values()]
    assert len(subjects[0]) == 5
    assert subjects[0] == subjects[1]


@pytest.mark.parametrize(("suffix", "compress"), [(".gz", gzip.compress), (".zst", zstandard.compress)])
def test_compressed_files(suffix: str, compress: Callable[[bytes], bytes], keeper: Keeper, tmp_path: Path) -> None:
    file = tmp_path / f"data.nq{suffix}"
    file.write_bytes(compress(triples(5).encode()))
    assert load(keeper.address, file).exit_code == 0
    assert len(keeper.graphs["urn:g"]) == 5


def test_the_built_graphs_without_a_file(keeper: Keeper, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loader.commands.load_command.graphs_folder", lambda: built)
    assert load(keeper.address).exit_code == 0
    assert "https://w3id.org/nbkg/graph/current" in keeper.graphs
