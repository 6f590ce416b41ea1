"""Names and identifiers find the entities that they mean."""

from __future__ import annotations

import pytest

from nbkg.matching import Entity, MatchQuery
from nbkg.matching.matcher import Matcher

PERSON, WORK = "https://example.org/Person", "https://example.org/Work"


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(
        [
            Entity("https://example.org/1", ("Øyen, Åse",), (PERSON,), identifiers=("123",)),
            Entity("https://example.org/2", ("Vik, Tor Sverre",), (PERSON,), variants=("Vik, T. S.",)),
            Entity("https://example.org/3", ("Vik",), (WORK,)),
            Entity("https://example.org/4", ("Vik, Tor S.",), (PERSON,), replaced_by="https://example.org/2"),
        ]
    )


def test_a_name_finds_its_entity_in_both_orders(matcher: Matcher) -> None:
    for text in ("Vik, Tor Sverre", "Tor Sverre Vik", "VIK, TOR SVERRE."):
        best = matcher.match(MatchQuery(text))[0]
        assert (best.iri, best.score) == ("https://example.org/2", 100), text


def test_an_identifier_finds_exactly_its_entity(matcher: Matcher) -> None:
    assert [(one.score, one.is_match) for one in matcher.match(MatchQuery("123"))] == [(100, True)]


def test_only_entities_of_a_type_are_candidates(matcher: Matcher) -> None:
    assert [one.iri for one in matcher.match(MatchQuery("Vik", types=(WORK,)))] == ["https://example.org/3"]


def test_each_query_of_many_has_an_answer(matcher: Matcher) -> None:
    assert [len(one) for one in matcher.match_all([MatchQuery("Øyen, Åse"), MatchQuery("")])] == [1, 0]


def test_a_beginning_is_completed(matcher: Matcher) -> None:
    assert [one.name for one in matcher.complete("vik to", limit=1)] == ["Vik, Tor Sverre"]
