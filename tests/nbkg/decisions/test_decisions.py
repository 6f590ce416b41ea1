"""Decisions: one key for a pair, and the answer that holds."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from nbkg.decisions.decision_journal import append_decisions, read_journal
from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind, decision_key, parse_person, run_key
from nbkg.decisions.precedence import SettledDecisions, settle
from nbkg.errors import DataError
from nbkg.storage.journal import append_entries
from nbkg.storage.layout import journal_file

THINGS = ("alma/1", "https://example.org/agent/2")


def _by_rule(answer: Answer, run: str = "r1") -> Decision:
    return Decision(DecisionKind.LINK, THINGS, answer, "similar-name", (("initial", "1"),), 88.0, run, names=("A", "B"))


def _by_person(answer: Answer, when: str, name: str = "Kari") -> Decision:
    return Decision(DecisionKind.LINK, THINGS[::-1], answer, person=parse_person(name, when))


def test_a_key_is_made_from_the_kind_and_the_things_in_any_order() -> None:
    things = ("a", "b", "c")
    assert len({decision_key("join", some) for some in permutations(things)}) == 1
    others = [("join", ("a", "b")), ("link", things), ("join", ("a", "b,c")), ("join", ("ab", "c"))]
    assert len({decision_key("join", things), *(decision_key(*other) for other in others)}) == 5
    assert decision_key("link", THINGS) == "512c18bb544273a9a303b6bf"


def test_the_key_of_a_run_tells_its_inputs_apart() -> None:
    assert run_key("a", "b") == run_key("a", "b") != run_key("ab")


@pytest.mark.parametrize("members", [(), ("a",), ("a", "a"), ("a", ""), ("a", "b c"), ("a", "b|c"), ("a", "b", "a")])
def test_members_are_two_at_least_and_keys(members: tuple[str, ...]) -> None:
    with pytest.raises(DataError):
        Decision(DecisionKind.JOIN, members, Answer.JOINED)


def test_what_is_joined_is_not_linked() -> None:
    with pytest.raises(DataError, match="“join” cannot have the answer “linked”"):
        Decision(DecisionKind.JOIN, ("a", "b"), Answer.LINKED)


def test_the_newest_run_holds_among_rules() -> None:
    settled = settle([_by_rule(Answer.LINKED), _by_rule(Answer.PROPOSED, "r2")])
    assert settled.decision == _by_rule(Answer.PROPOSED, "r2")
    assert settled.history == ()


def test_a_person_holds_over_every_rule_and_run() -> None:
    decisions = [_by_rule(Answer.PROPOSED), _by_person(Answer.REFUSED, "2026-11-30"), _by_rule(Answer.LINKED, "r2")]
    for order in permutations(decisions):
        settled = settle(order)
        assert settled.decision.answer is Answer.REFUSED
        assert settled.decision.person == parse_person("Kari", "2026-11-30")
    settled = settle(decisions)
    assert (settled.decision.run, settled.decision.evidence) == ("r2", (("initial", "1"),))
    assert (settled.decision.members, settled.decision.names) == (THINGS, ("A", "B"))


def test_the_newest_of_persons_holds() -> None:
    refused, linked = _by_person(Answer.REFUSED, "2026-11-29T23:00:00Z"), _by_person(Answer.LINKED, "2026-11-30")
    for order in permutations([refused, linked, _by_rule(Answer.PROPOSED)]):
        assert settle(order).decision.answer is Answer.LINKED
        assert settle(order).history == (refused, linked)


def test_of_two_answers_of_one_day_the_one_made_last_holds() -> None:
    refused, linked = _by_person(Answer.REFUSED, "2026-11-30"), _by_person(Answer.LINKED, "2026-11-30", "Ola")
    assert settle([refused, linked]).decision.answer is Answer.LINKED
    assert settle([linked, refused]).decision.answer is Answer.REFUSED


def test_a_refusal_is_looked_up_by_the_things_in_any_order() -> None:
    settled = SettledDecisions([_by_person(Answer.REFUSED, "2026-11-30"), _by_rule(Answer.LINKED, "r2")])
    assert settled.personal_answer("link", THINGS) is settled.personal_answer("link", THINGS[::-1]) is Answer.REFUSED
    assert settled.personal_answer("join", THINGS) is None
    assert [one.members for one in settled.with_answer(Answer.REFUSED)] == [THINGS]
    assert SettledDecisions([_by_rule(Answer.LINKED)]).personal_answer("link", THINGS) is None


@pytest.mark.parametrize("when", ["", "30.11.2026", "i dag", "2026-11-30T12:00"])
def test_a_person_answers_at_a_date_or_a_time_with_a_zone(when: str) -> None:
    with pytest.raises(DataError, match="decided_on"):
        parse_person("Kari", when)


def test_a_person_has_a_name() -> None:
    with pytest.raises(DataError, match="decided_by"):
        parse_person("", "2026-11-30")


def test_the_journal_gives_decisions_back(tmp_path: Path) -> None:
    decisions = [_by_person(Answer.REFUSED, "2026-11-30"), _by_rule(Answer.PROPOSED)]
    append_decisions(tmp_path, decisions[:1])
    append_entries(journal_file(tmp_path), [{"type": "record", "content": "of others"}])
    append_decisions(tmp_path, decisions[1:])
    assert [*read_journal(tmp_path)] == decisions


@pytest.mark.parametrize("members", [{}, {"kind": "link"}, {"kind": "link", "members": ["a"], "answer": "refused"}])
def test_an_entry_that_is_no_decision_is_named_with_its_file(tmp_path: Path, members: dict[str, object]) -> None:
    append_entries(journal_file(tmp_path), [{"type": "decision", **members}])
    with pytest.raises(DataError, match="journal: "):
        [*read_journal(tmp_path)]
