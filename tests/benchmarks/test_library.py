"""The data that is measured with: the same each time, as many triples as asked for, and something for every query."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks.library import statements, write
from benchmarks.mix import KINDS, Mix, read

TRIPLES = 10_000


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("library") / "library.nt"
    write(file, TRIPLES)
    return file


@pytest.fixture(scope="module")
def store(library: Path) -> ox.Store:
    made = ox.Store()
    made.bulk_load(path=str(library), format=ox.RdfFormat.N_TRIPLES)
    return made


@pytest.fixture(scope="module")
def mix(library: Path) -> Mix:
    return Mix(read(library))


def _size(store: ox.Store, text: str) -> int:
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions | ox.QueryTriples)
    return sum(1 for _ in answer)


def test_it_parses_and_has_as_many_triples_as_asked_for(store: ox.Store) -> None:
    assert len(store) == TRIPLES


def test_it_is_the_same_each_time(library: Path, tmp_path: Path) -> None:
    write(tmp_path / "again.nt", TRIPLES)
    assert (tmp_path / "again.nt").read_bytes() == library.read_bytes()


def test_another_seed_is_other_data() -> None:
    one, other = (list(islice(statements(TRIPLES, seed), TRIPLES)) for seed in (1, 2))
    assert one != other


def test_as_quads_it_says_the_same_in_three_graphs(library: Path, tmp_path: Path) -> None:
    write(tmp_path / "library.nq", TRIPLES)
    quads = list(ox.parse(path=str(tmp_path / "library.nq"), format=ox.RdfFormat.N_QUADS))
    assert len({quad.graph_name for quad in quads}) == 3
    assert "".join(f"{quad.triple} .\n" for quad in quads) == library.read_text(encoding="utf-8")


def test_isbns_have_their_check_digit(store: ox.Store) -> None:
    bf = "http://id.loc.gov/ontologies/bibframe/"
    isbns = [str(quad.object).strip('"') for quad in store.quads_for_pattern(None, ox.NamedNode(f"{bf}isbn"), None)]
    assert len(set(isbns)) == len(isbns)
    assert all(sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(i)) % 10 == 0 for i in isbns)


def test_the_subject_tree_is_several_levels_deep(store: ox.Store) -> None:
    steps = "/".join(["<http://www.w3.org/2004/02/skos/core#broader>"] * 3)
    assert store.query(f"ASK {{ ?narrow {steps} ?broad }}")


@pytest.mark.parametrize("name", KINDS)
def test_every_query_finds_something(name: str, mix: Mix, store: ox.Store) -> None:
    assert _size(store, mix.ask(name, 0).text) > 0


@pytest.mark.parametrize("name", KINDS)
def test_variations_are_the_same_each_time(name: str, mix: Mix, library: Path) -> None:
    again = Mix(read(library))
    assert [mix.ask(name, number) for number in range(5)] == [again.ask(name, number) for number in range(5)]


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.tag != "export"])
def test_variations_are_other_texts(name: str, mix: Mix) -> None:
    texts = [mix.ask(name, number).text for number in range(5000)]
    assert len(set(texts)) == len(texts)
    assert "$" not in "".join(texts)
