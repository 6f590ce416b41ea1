"""A second strategy with measures and numbers of its own stands beside the first; its report is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from loader.namespaces import NBKG, SKOS

BASE = "https://w3id.org/nbkg/id/"


@pytest.fixture(scope="module")
def current(two_strategies: Path) -> Graph:
    return Graph().parse(two_strategies / "current.ttl")


def test_measures_have_addresses_with_the_key_of_their_strategy(current: Graph) -> None:
    of = {s: str(strategy).rpartition("/")[2] for s, strategy in current.subject_objects(NBKG.partOfStrategy)}
    assert all(f"/measure/{strategy}/" in str(measure) for measure, strategy in of.items())
    assert {strategy: list(of.values()).count(strategy) for strategy in of.values()} == {
        "2020-2025": 32,
        "2026-2030": 2,
    }


def test_a_number_means_another_measure_in_another_strategy(current: Graph) -> None:
    texts = {
        key: str(current.value(URIRef(f"{BASE}measure/{key}"), NBKG.text)) for key in ("2020-2025/1", "2026-2030/1")
    }
    assert texts["2020-2025/1"].startswith("Nasjonalbiblioteket skal årlig lyse ut midler")
    assert texts["2026-2030/1"] == "Nasjonalbiblioteket skal videreutvikle Bibliotekkortet"


def test_a_measure_continues_one_of_the_earlier_strategy(two_strategies: Path) -> None:
    dataset = (two_strategies / "nbkg.nq").read_text(encoding="utf-8")
    assert f"<{BASE}measure/2026-2030/1> <{NBKG.continues}> <{BASE}measure/2020-2025/18> " in dataset


def test_roles_are_read_in_it(current: Graph) -> None:
    involved = {str(s).partition("/measure/")[2]: str(o) for s, o in current.subject_objects(NBKG.involves)}
    assert involved["2026-2030/1"] == f"{BASE}organisation/sikt"
    assert involved["2026-2030/2"] == f"{BASE}organisation/biblioteksentralen"


def test_a_unit_has_the_name_of_the_newer_report(current: Graph) -> None:
    name = Literal("Tilvekst og kunnskapsorganisering og metadata", lang="nb")
    assert list(current.objects(URIRef(f"{BASE}unit/tk"), SKOS.prefLabel)) == [name]
    assert (URIRef(f"{BASE}unit/df"), SKOS.prefLabel, None) in current
