"""Case au02: what the graph of an authority file with homonyms and odd years lets a matcher say."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from nbkg.matching import MatchQuery
from nbkg.matching.entity_index import EntityIndex
from nbkg.matching.indexing import Statement, describe, index_in_memory
from nbkg.matching.matcher import Matcher
from tests.loader.authorities.authority_graphs import AuthorityGraphs
from tests.loader.marc.mapped import CASES

AGENT = "https://w3id.org/nbkg/id/agent/noraf-999010"


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    file = CASES / "au02_homonyms_and_life_years.mrc"
    graphs = AuthorityGraphs(tmp_path_factory.mktemp("au02"), [("au02", "authority", file, "noraf")])
    statements = (_statement(one) for triples in graphs.triples.values() for one in triples)
    ordered = sorted(statements, key=lambda one: one.subject)
    return Matcher(EntityIndex(index_in_memory(describe(ordered))))


def _statement(triple: ox.Triple) -> Statement:
    value = triple.object
    is_text = isinstance(value, ox.Literal) and value.datatype.value.endswith(("#string", "#langString"))
    return Statement(
        str(getattr(triple.subject, "value", "")), triple.predicate.value, getattr(value, "value", ""), is_text
    )


@pytest.mark.parametrize(
    ("name", "first", "is_match"),
    [
        ("Berg, Kari, 1921-1999", ("11", "12"), False),  # 12 may be the same
        ("Berg, Kari, 1921-", ("11", "12"), False),
        ("Berg, Kari, 1964-", ("13",), True),
        ("Berg, Kari", ("11", "12", "13", "14"), False),
        ("Berg, Kari, jurist", ("15",), True),
        ("Pindar, 518-438 f.Kr.", ("16",), True),
        ("Pindar, 518-438", ("16",), False),  # after Christ
        ("Lie, Anders, 1800-tallet", ("17",), True),
        ("Aas, Ole, død 1480", ("18",), True),
        ("Moe, Nils, født 1944", ("19",), True),
        ("Moe, Nils, d. 1944", ("19",), False),
    ],
)
def test_homonyms_are_told_apart_as_far_as_years_go(
    matcher: Matcher, name: str, first: tuple[str, ...], is_match: bool
) -> None:
    candidates = matcher.match(MatchQuery(name, limit=10))
    assert any(one.is_match for one in candidates) is is_match
    best = {one.iri.removeprefix(AGENT) for one in candidates if one.score == candidates[0].score}
    assert best >= set(first) if not is_match else candidates[0].iri == f"{AGENT}{first[0]}"
