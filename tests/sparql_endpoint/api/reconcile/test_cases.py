"""The cases rc01, rc02, rc03, rc06 and rc07: what clients ask of the fifteen entities, and who is meant."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sparql_endpoint.api.reconcile.questions import Ask

BASE = "https://w3id.org/nbkg/id/"
OYEN = {"agent/noraf-99902001", "agent/noraf-99902002"}
VIK = "agent/noraf-99902003"


def _ids(answer: dict[str, Any]) -> list[str]:
    """The last parts of the ids of candidates, the best first."""
    return [candidate["id"].removeprefix(BASE) for candidate in answer["result"]]


def _match(answer: dict[str, Any]) -> str | None:
    return next((one["id"].removeprefix(BASE) for one in answer["result"] if one["match"]), None)


def _score(answer: dict[str, Any], entity: str) -> float:
    return float(next(one["score"] for one in answer["result"] if one["id"] == BASE + entity))


@pytest.mark.parametrize("name", ["Vik, Tor Sverre", "Vik, Tor Sverre.", "Tor Sverre Vik", "VIK, TOR SVERRE"])
def test_order_full_stop_and_capitals_do_not_matter(ask: Ask, name: str) -> None:
    answer = ask(q=name and {"query": name})["q"]
    assert _ids(answer)[0] == VIK
    assert _match(answer) == VIK


@pytest.mark.parametrize("name", ["Vik, Tor", "Vik, T."])
def test_a_part_of_a_name_only_proposes(ask: Ask, name: str) -> None:
    answer = ask(q={"query": name})["q"]
    assert VIK in _ids(answer)
    assert _match(answer) is None
    assert all(candidate["score"] < 100 for candidate in answer["result"])


@pytest.mark.parametrize(
    "name", ["Øyen, Åse", "Oeyen, Aase", "Oyen, Ase", "Øyen, A\u030ase", "  øyen ,  åse ", "Åse Øyen"]
)
def test_all_spellings_of_a_name_have_both_namesakes_and_no_match(ask: Ask, name: str) -> None:
    answer = ask(q={"query": name})["q"]
    assert set(_ids(answer)) >= OYEN
    assert _match(answer) is None


@pytest.mark.parametrize("name", ["OBrien-Lie, Sebastien", "O'Brien-Lie, Sébastien", "O’Brien-Lie, Sebastien"])
def test_apostrophes_and_accents_do_not_matter(ask: Ask, name: str) -> None:
    assert _ids(ask(q={"query": name})["q"])[0] == "agent/noraf-99902007"


def test_marks_of_query_languages_are_marks_of_names(ask: Ask) -> None:
    names = {
        "q0": "Kystkonferansen (3. : 2001 : Bodø)",
        "q1": "Fjorden: en beretning (1932 : Oslo)",
        "q2": 'Vik, Tor ("Tor',
        "q3": "Oslo/Bergen",
        "q4": "Vik AND Tor",
        "q5": "O'Brien-Lie, Sébastien",
        "q6": "Vik*",
        "q7": '"Vik, Tor Sverre"',
        "q8": "Vik\\, Tor Sverre",
        "q9": "Vik\nTor\tSverre",
        "q10": "name:Vik~0.1^9",
    }
    answers = ask(**{key: {"query": name} for key, name in names.items()})
    assert _match(answers["q0"]) == "agent/noraf-99902006"
    assert _score(answers["q0"], "agent/noraf-99902006") == 100
    assert _match(answers["q1"]) == "work/fjord"
    assert _score(answers["q1"], "work/fjord") == 100
    assert _ids(answers["q5"])[0] == "agent/noraf-99902007"
    assert [_ids(answers[key])[0] for key in ("q7", "q8", "q9")] == [VIK] * 3


@pytest.mark.parametrize(
    "identifier",
    [
        "99902003",
        "(NO-TrBIB)99902003",
        "noraf-99902003",
        "https://w3id.org/nbkg/id/agent/noraf-99902003",
        "http://viaf.org/viaf/99900301",
        "https://viaf.org/viaf/99900301/",
        " 99902003 ",
    ],
)
def test_an_identifier_in_any_form_has_one_answer(ask: Ask, identifier: str) -> None:
    answer = ask(q={"query": identifier})["q"]
    assert (_ids(answer), _match(answer), _score(answer, VIK)) == ([VIK], VIK, 100)


@pytest.mark.parametrize(
    "isni", ["0000 0000 9993 0013", "https://isni.org/isni/0000000099930013", "ISNI 0000000099930013"]
)
def test_an_isni_in_any_form_has_one_answer(ask: Ask, isni: str) -> None:
    answer = ask(q={"query": isni})["q"]
    assert (_ids(answer), _match(answer)) == (["agent/noraf-99902001"], "agent/noraf-99902001")


@pytest.mark.parametrize(
    "identifier", ["99999999", "0000000099930010", "(NO-TrBIB)12345678", "https://viaf.org/viaf/1"]
)
def test_an_identifier_of_nothing_has_no_nearest_one(ask: Ask, identifier: str) -> None:
    assert ask(q={"query": identifier})["q"]["result"] == []


@pytest.mark.parametrize("merged", ["noraf-99902013", "https://w3id.org/nbkg/id/agent/noraf-99902013", "99902013"])
def test_a_merged_identifier_answers_with_the_survivor(ask: Ask, merged: str) -> None:
    answer = ask(q={"query": merged})["q"]
    assert (_ids(answer), _match(answer)) == ([VIK], VIK)
    assert answer["result"][0]["replaces"] == f"{BASE}agent/noraf-99902013"
    assert {"id": "replaces", "value": True} in answer["result"][0]["features"]


@pytest.mark.parametrize("pid", ["noraf", "NO-TrBIB"])
def test_an_identifier_that_contradicts_the_name_leaves_no_match(ask: Ask, pid: str) -> None:
    answer = ask(q={"query": "Øyen, Åse", "properties": [{"pid": pid, "v": "99902003"}]})["q"]
    assert _match(answer) is None


def test_the_type_is_a_condition(ask: Ask) -> None:
    vik = {"query": "Vik"}
    answers = ask(
        works={**vik, "type": "work"},
        persons={"query": "Vik, T.", "type": "person"},
        either={**vik, "type": ["work", "organisation"]},
        unknown={**vik, "type": "person-som-ikke-finnes"},
        none={**vik, "type": []},
        by_iri={"query": "Vik, T.", "type": "https://w3id.org/nbkg/ns#Person"},
        above={"query": "Vik kommune", "type": "bf:Agent", "type_strict": "should"},
        body={"query": "Vik kommune", "type": ["work", "organisation"]},
        all={**vik, "type": ["bf:Person", "bf:Hub"], "type_strict": "all"},
        norwegian={**vik, "type": "Verk"},
    )
    assert _ids(answers["works"]) == ["work/vik"]
    assert _ids(answers["norwegian"]) == ["work/vik"]
    assert _match(answers["works"]) == "work/vik"
    assert {one["type"][0]["id"] for one in answers["persons"]["result"]} <= {"bf:Person"}
    assert set(_ids(answers["either"])) >= {"work/vik"}
    assert set(_ids(answers["body"])) >= {"agent/noraf-99902005"}
    assert not {one["type"][0]["id"] for one in answers["either"]["result"]} & {"bf:Person"}
    assert (_ids(answers["unknown"]), answers["unknown"]["error"][:5]) == ([], "type:")
    assert "work/vik" in _ids(answers["none"])
    assert _ids(answers["by_iri"]) == _ids(answers["persons"]) != []
    assert _match(answers["above"]) == "agent/noraf-99902005"
    assert _ids(answers["all"]) == []


def test_who_wrote_with_somebody_is_no_candidate_for_the_other(ask: Ask) -> None:
    assert "agent/noraf-99902010" not in _ids(ask(q={"query": "Lund, Inger"})["q"])


def test_scores_go_down_and_equal_ones_have_an_order(ask: Ask) -> None:
    answer = ask(q={"query": "Øyen, Åse", "limit": 50})["q"]["result"]
    ranked = [(-one["score"], one["id"]) for one in answer]
    assert ranked == sorted(ranked)


def test_an_undifferentiated_heading_is_no_match(ask: Ask) -> None:
    answer = ask(q={"query": "Hansen, Per"})["q"]
    assert "agent/noraf-99902012" in _ids(answer)
    assert _match(answer) is None


def test_a_value_may_be_a_text_a_number_an_entity_or_several(ask: Ask) -> None:
    oyen = {"query": "Øyen, Åse"}
    first, second = sorted(OYEN)

    def born(*values: object) -> dict[str, object]:
        return {**oyen, "properties": [{"pid": "birthYear", "v": value} for value in values]}

    answers = ask(
        text=born("1921"),
        number=born(1921),
        fraction=born(1921.0),
        entity=born({"id": "1921", "name": "1921"}),
        mixed=born(["1921", 1964, True]),
        twice=born("1921", "1922"),
        array=born(["1921", "1922"]),
        nothing=born(""),
        null=born(None),
        empty=born([]),
        bare={**oyen, "properties": {"pid": "birthYear", "v": "1964"}},
    )
    for key in ("text", "number", "fraction", "entity", "twice", "array"):
        assert (_ids(answers[key])[0], _match(answers[key])) == (first, first), key
        assert _score(answers[key], first) > _score(answers[key], second), key
    assert answers["twice"]["result"] == answers["array"]["result"]
    assert _match(answers["bare"]) == second
    assert _score(answers["mixed"], first) == _score(answers["mixed"], second)
    for key in ("nothing", "null", "empty", "mixed"):
        assert set(_ids(answers[key])) >= OYEN, key
        assert _match(answers[key]) is None, key


def test_an_entity_is_a_value_by_its_id_or_its_name(ask: Ask) -> None:
    author = {"id": BASE + VIK, "name": "Vik, Tor Sverre"}
    values = {"object": author, "id": BASE + VIK, "last_part": {"id": "noraf-99902003"}, "name": "Vik, Tor Sverre"}
    answers = ask(
        **{key: {"query": "Fjorden", "properties": [{"pid": "author", "v": value}]} for key, value in values.items()}
    )
    for key, answer in answers.items():
        best = answer["result"][0]
        assert best["id"] == f"{BASE}work/fjord", key
        assert {"id": "property:author", "value": True} in best["features"], key


@pytest.mark.parametrize(
    ("pid", "value", "entity"),
    [
        ("viaf", "99900301", VIK),
        ("noraf", {"id": "99902003"}, VIK),
        ("isni", "0000 0000 9993 0013", "agent/noraf-99902001"),
        ("case:author", {"id": BASE + VIK}, "work/fjord"),
        ("https://example.org/case#members", 42, "agent/noraf-99902005"),
        ("vekt", 7.5, "agent/noraf-99902005"),
        ("stiftet", "1838-01-01", "agent/noraf-99902005"),
    ],
)
def test_a_property_that_identifies_needs_no_name(ask: Ask, pid: str, value: object, entity: str) -> None:
    answer = ask(q={"properties": [{"pid": pid, "v": value}]})["q"]
    assert (_ids(answer), _match(answer)) == ([entity], entity)


def test_an_unknown_property_is_ignored_and_named(ask: Ask) -> None:
    answers = ask(
        known={"query": "Vik, Tor Sverre", "properties": []},
        unknown={"query": "Vik, Tor Sverre", "properties": [{"pid": "ukjent", "v": "x"}]},
    )
    assert _ids(answers["unknown"]) == _ids(answers["known"])
    assert _match(answers["unknown"]) == VIK
    assert answers["unknown"]["ignored"] == ["ukjent"]
    assert {"id": "ignored:ukjent", "value": True} in answers["unknown"]["result"][0]["features"]


def test_one_wrong_query_does_not_spoil_the_others(ask: Ask) -> None:
    wrong = {
        "null": None, "number": 5, "empty": {}, "blank": {"query": "  "}, "list": {"query": ["Vik"]},
        "limit": {"query": "Vik", "limit": -1}, "many": {"query": "Vik", "limit": "many"},
        "type": {"query": "Vik", "type": 5},
        "pid": {"query": "Vik", "properties": [{"v": "x"}]}, "properties": {"query": "Vik", "properties": "x"},
        "long": {"query": "a" * 1_000_000}, "deep": {"query": "Vik", "properties": [{"pid": "author", "v": [[["x"]]]}]},
    }  # fmt: skip
    answers = ask(**wrong, good={"query": "Vik, Tor Sverre", "limit": 1})
    assert [_ids(answers["good"]), _match(answers["good"])] == [[VIK], VIK]
    for key in wrong:
        assert answers[key]["result"] == [], key
        assert answers[key]["error"], key
