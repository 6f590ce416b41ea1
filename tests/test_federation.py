"""The local parts of docs/federation.md: its queries answer, and a downloaded part joins with our links."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.link.checking.link_check import check_links
from nbkg.rdf.solutions import rows, text
from tests.source_tree import ROOT

QUERIES = re.findall(r"^```sparql\n(.*?)^```$", (ROOT / "docs" / "federation.md").read_text("utf-8"), re.DOTALL | re.M)
OURS = ROOT / "data" / "graphs" / "nbkg.nq"
PART = '<http://www.wikidata.org/entity/Q109016> <http://www.wikidata.org/prop/direct/P571> "1814-05-17" .\n'
JOIN = """SELECT ?thing ?founded WHERE {
  ?thing <http://www.w3.org/2002/07/owl#sameAs> ?item . ?item <http://www.wikidata.org/prop/direct/P571> ?founded
}"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Our graphs, and a part of Wikidata as it would be downloaded."""
    store = ox.Store()
    store.bulk_load(path=str(OURS), format=ox.RdfFormat.N_QUADS)
    store.load(PART.encode(), ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode("http://www.wikidata.org/"))
    return store


def _answers(store: ox.Store, query: str) -> list[dict[str, str]]:
    solutions = rows(store.query(query, use_default_graph_as_union=True))
    return [{name: text(row, name) for name in row} for row in solutions]


def test_our_links_to_wikidata_are_answered_without_anybody_else(store: ox.Store) -> None:
    answers = {row["name"]: row["item"] for row in _answers(store, QUERIES[0])}
    assert answers["Stortinget"] == "http://www.wikidata.org/entity/Q109016"
    assert len(answers) > 10


def test_each_link_says_when_and_where_it_was_seen_and_refused_pairs_are_none(store: ox.Store) -> None:
    answers = _answers(store, QUERIES[1])
    assert all(row["date"] >= "2026-11-23" and row["source"].startswith("http") for row in answers)
    assert not any("eos-midler" in row["thing"] for row in answers)
    assert len(answers) > 30


def test_the_federated_query_is_well_formed(store: ox.Store) -> None:
    sides = re.findall(r"SERVICE <([^>]+)>", QUERIES[2])
    assert sides == ["https://nbkg.example/sparql", "https://query.wikidata.org/sparql"]
    local = re.sub(r"SERVICE <[^>]+>", "", QUERIES[2])
    assert _answers(store, local) == [{"name": "Stortinget", "founded": "1814-05-17"}]


def test_a_downloaded_part_joins_with_our_links(store: ox.Store) -> None:
    assert _answers(store, JOIN) == [
        {"thing": "https://w3id.org/nbkg/id/organisation/stortinget", "founded": "1814-05-17"}
    ]


def test_our_own_links_have_no_conflict(tmp_path: Path) -> None:
    with check_links(OURS.parent) as checked:
        assert checked.conflicts == ()
