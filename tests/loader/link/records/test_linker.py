"""What a heading is linked to, what is proposed, and what never is linked."""

from __future__ import annotations

from pathlib import Path

import pytest

from loader.link.records.heading import LinkedHeading, LinkOutcome, RecordHeading
from loader.link.records.heading_kinds import heading_kinds
from loader.link.records.heading_properties import scheme_properties, year_properties
from loader.link.records.linker import Linker, PersonalAnswers
from loader.link.records.register import Register, open_register
from loader.validate.read import packaged
from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind, Person
from nbkg.errors import UsageError

AGENT = "https://w3id.org/nbkg/id/agent/noraf-"
NES, BERG, DAHL = f"{AGENT}90000001", f"{AGENT}90000009", f"{AGENT}90000008"


@pytest.fixture(scope="module")
def register(register_store: Path) -> Register:
    return open_register(register_store)


def _link(register: Register, heading: RecordHeading, *decisions: Decision, kind: str = "agent") -> LinkedHeading:
    return Linker(register, heading_kinds()[kind], PersonalAnswers.of(decisions), "run").link(heading)


def _answer(heading: str, iri: str, answer: Answer) -> Decision:
    return Decision(DecisionKind.LINK, (iri, heading), answer, person=Person("Kari", "2026-11-30"), note="sett")


@pytest.mark.parametrize(
    ("name", "identifiers", "rule", "iri"),
    [
        ("Nes, Arne, 1950-2020", ("(NO-TrBIB)90000001",), "identifier", NES),
        ("", ("https://viaf.org/viaf/99900099/",), "identifier", NES),
        ("Nes, A.", ("(NO-TrBIB)90000002",), "identifier", NES),
        ("Nes, Arne, 1950-2020", ("(NO-TrBIB)90000001", "http://viaf.org/viaf/99900099"), "identifier", NES),
        ("Nes, Arne, 1950-2020", (), "exact-heading", NES),
        ("Arne Nes, 1950-2020", (), "exact-heading", NES),
        ("Næss, Arne, 1950-2020", (), "exact-heading", NES),
        ("Naess, Arne, 1950-2020", (), "exact-heading", NES),
        ("Dahl, Eva", (), "exact-heading", DAHL),
        ("Vik, Tor, 1960-", (), "exact-heading", f"{AGENT}90000007"),
        ("Fjordby bibliotek", (), "exact-heading", f"{AGENT}90000010"),
    ],
)
def test_is_linked(register: Register, name: str, identifiers: tuple[str, ...], rule: str, iri: str) -> None:
    linked = _link(register, RecordHeading("x/1", name, identifiers))
    assert linked.outcome is LinkOutcome.LINKED
    assert linked.link is not None
    assert (linked.link.rule, linked.link.members, linked.link.answer) == (rule, ("x/1", iri), Answer.LINKED)
    assert linked.link.run == "run"


@pytest.mark.parametrize(
    ("name", "identifiers", "doubts"),
    [
        ("Nes, Arne", (), set()),  # the register has years and the record has none
        ("Nes, Arme, 1950-2020", (), {"typing-error"}),
        ("Vik, T., 1960-", (), {"first-initial"}),
        ("Nes, Arne, 1951-2020", (), {"near-year"}),
        ("Vik, Tor", (), {"several-alike"}),
        ("Dahl, Eva", ("(NO-TrBIB)99999999",), {"unknown-identifier"}),
        ("Dahl, Eva", ("(DE-588)118501232",), {"unknown-identifier"}),
    ],
)
def test_is_proposed(register: Register, name: str, identifiers: tuple[str, ...], doubts: set[str]) -> None:
    linked = _link(register, RecordHeading("x/1", name, identifiers))
    assert (linked.outcome, linked.link) == (LinkOutcome.PROPOSED, None)
    best = linked.decisions[0]
    assert (best.answer, best.rule) == (Answer.PROPOSED, "similar-heading")
    assert best.evidence[0] == ("heading", name)
    assert doubts <= {feature for feature, _ in best.evidence}
    assert best.score is not None


def test_a_name_that_contradicts_its_identifier_is_proposed(register: Register) -> None:
    linked = _link(register, RecordHeading("x/1", "Olsen, Lise", ("(NO-TrBIB)90000001",)))
    assert linked.outcome is LinkOutcome.PROPOSED
    assert [(one.rule, one.members[1]) for one in linked.decisions] == [("identifier", NES)]
    assert ("other-name", "yes") in linked.decisions[0].evidence


@pytest.mark.parametrize(
    ("heading", "outcome"),
    [
        (RecordHeading("x", "Hansen, Per"), LinkOutcome.UNDIFFERENTIATED),
        (RecordHeading("x", "Hansen, Per", ("(NO-TrBIB)90000004",)), LinkOutcome.UNDIFFERENTIATED),
        (RecordHeading("x", "Berg, Siri, 1970-"), LinkOutcome.CONFLICT),
        (RecordHeading("x", "", ("(NO-TrBIB)90000009",)), LinkOutcome.CONFLICT),
        (RecordHeading("x", "Dahl, Eva", ("(NO-TrBIB)90000008", "(NO-TrBIB)90000001")), LinkOutcome.CONFLICT),
        (RecordHeading("x", "Borte, Per"), LinkOutcome.NO_CANDIDATE),
        (RecordHeading("x", "Ukjent, Ola"), LinkOutcome.NO_CANDIDATE),
        (RecordHeading("x", ""), LinkOutcome.NO_NAME),
        (RecordHeading("x", "", ("(NO-TrBIB)99999999",)), LinkOutcome.UNKNOWN_IDENTIFIER),
        (RecordHeading("x", "Dahl, Eva", is_linked=True), LinkOutcome.ALREADY),
    ],
)
def test_is_not_linked(register: Register, heading: RecordHeading, outcome: LinkOutcome) -> None:
    linked = _link(register, heading)
    assert (linked.outcome, linked.link, linked.decisions) == (outcome, None, ())


def test_a_refusal_holds_for_the_identifier_and_the_name(register: Register) -> None:
    refused = _answer("x/1", DAHL, Answer.REFUSED)
    assert _link(register, RecordHeading("x/1", "Dahl, Eva"), refused).outcome is LinkOutcome.REFUSED
    by_number = RecordHeading("x/1", "Dahl, Eva", ("(NO-TrBIB)90000008",))
    assert _link(register, by_number, refused).outcome is LinkOutcome.REFUSED
    assert _link(register, RecordHeading("x/2", "Dahl, Eva"), refused).outcome is LinkOutcome.LINKED


def test_a_refusal_holds_for_what_the_entity_was_merged_into(register: Register) -> None:
    refused = _answer("x/1", f"{AGENT}90000002", Answer.REFUSED)
    assert _link(register, RecordHeading("x/1", "Nes, Arne, 1950-2020"), refused).outcome is LinkOutcome.REFUSED


def test_after_a_refusal_the_next_candidate_is_proposed(register: Register) -> None:
    linked = _link(register, RecordHeading("x/1", "Vik, Tor"), _answer("x/1", f"{AGENT}90000006", Answer.REFUSED))
    assert [one.members[1] for one in linked.decisions] == [f"{AGENT}90000007"]


def test_what_a_person_confirmed_is_linked(register: Register) -> None:
    linked = _link(register, RecordHeading("x/1", "Vik, T."), _answer("x/1", f"{AGENT}90000006", Answer.LINKED))
    assert linked.link is not None
    assert (linked.link.rule, linked.link.person) == ("personal", Person("Kari", "2026-11-30"))
    assert linked.link.members == ("x/1", f"{AGENT}90000006")
    assert linked.link.note == "sett"


@pytest.mark.parametrize(
    ("iris", "outcome"),
    [
        ((f"{AGENT}90000005",), LinkOutcome.WITHDRAWN),
        ((f"{AGENT}1",), LinkOutcome.WITHDRAWN),
        ((BERG,), LinkOutcome.CONFLICT),
        ((NES, DAHL), LinkOutcome.CONFLICT),
    ],
)
def test_a_confirmation_of_what_cannot_be_linked_is_told(
    register: Register, iris: tuple[str, ...], outcome: LinkOutcome
) -> None:
    answers = [_answer("x/1", iri, Answer.LINKED) for iri in iris]
    assert _link(register, RecordHeading("x/1", "Nes, Arne"), *answers).outcome is outcome


def test_a_confirmation_of_what_was_merged_leads_to_the_survivor(register: Register) -> None:
    linked = _link(register, RecordHeading("x/1", "Nes"), _answer("x/1", f"{AGENT}90000002", Answer.LINKED))
    assert linked.link is not None
    assert linked.link.members[1] == NES


def test_the_same_word_of_two_vocabularies_is_not_linked(register: Register) -> None:
    linked = _link(register, RecordHeading("x/1", "Fisk"), kind="concept")
    assert len(linked.decisions) == 2
    in_scheme = scheme_properties("https://w3id.org/nbkg/id/concept/b")
    linked = _link(register, RecordHeading("x/1", "Fisk", properties=in_scheme), kind="concept")
    assert linked.outcome is LinkOutcome.PROPOSED
    assert linked.decisions[0].members[1] == "https://w3id.org/nbkg/id/concept/b/fisk"


def test_years_of_other_columns_count(register: Register) -> None:
    heading = RecordHeading("x/1", "Vik, Tor", properties=(*year_properties("1931", ""),))
    linked = _link(register, heading)
    assert linked.link is not None
    assert linked.link.members[1] == f"{AGENT}90000006"


def test_an_agent_is_no_concept(register: Register) -> None:
    assert _link(register, RecordHeading("x/1", "Dahl, Eva"), kind="concept").outcome is LinkOutcome.NO_CANDIDATE


def test_rules_and_features_are_described(register: Register) -> None:
    known = {str(subject).rpartition("/concept/")[2] for subject in packaged("ontology").subjects()}
    heading = RecordHeading("x/1", "Vik, Tor", ("(NO-TrBIB)99999999",), record="x/9")
    decision = _link(register, heading).decisions[0]
    assert f"decision-rule/{decision.rule}" in known
    assert {f"match-feature/{feature}" for feature, _ in decision.evidence} <= known


def test_a_folder_that_is_no_register_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="make one with"):
        open_register(tmp_path)
