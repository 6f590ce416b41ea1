"""Agents, their roles and authority numbers, by the cases of the trade: each becomes what its `right` values say."""

from __future__ import annotations

import pytest

from tests.loader.marc.mapped import Mapped, case, record


def _agent(mapped: Mapped, label: str) -> str:
    [agent] = [person for person in mapped.of_class("bf:Person") if label in mapped.objects(person, "rdfs:label")]
    return agent


def _roles(mapped: Mapped, label: str) -> list[str]:
    agents = {node for kind in ("Person", "Organization", "Meeting") for node in mapped.of_class(f"bf:{kind}")}
    [agent] = [each for each in agents if label in mapped.objects(each, "rdfs:label")]
    nodes = [*mapped.of_class("bf:Contribution"), *mapped.of_class("bf:PrimaryContribution")]
    roles = {
        role for node in nodes if agent in mapped.objects(node, "bf:agent") for role in mapped.objects(node, "bf:role")
    }
    return sorted(
        (mapped.objects(role, "bf:code") or mapped.objects(role, "rdfs:label") or [role])[0] for role in roles
    )


def test_mp15_numbers_of_authorities_in_every_dress() -> None:
    mapped = case("mp15_zero_and_one_variants.mrc")
    agents = {number: _agent(mapped, f"Person {number}, Test") for number in (*[f"{n:02}" for n in range(2, 14)], "90")}
    noraf = mapped.objects("id:agent/noraf-99900001", "rdfs:label")
    assert noraf == ["Person 00, Test", "Person 01, Test"]
    assert agents["03"] == "id:agent/bibbi-1199001"
    assert mapped.objects("id:agent/bibbi-1199001", "rdfs:label") == ["Person 03, Test", "Person 04, Test"]
    assert agents["05"] == agents["06"] == "id:agent/gnd-99900003X"
    assert mapped.objects(agents["05"], "madsrdf:isIdentifiedByAuthority") == ["https://d-nb.info/gnd/99900003X"]
    assert agents["07"] == agents["08"] == "id:agent/lcnaf-n99900001"
    assert mapped.objects(agents["09"], "owl:sameAs") == ["https://isni.org/isni/0000000099900017"]
    assert mapped.objects(agents["11"], "madsrdf:isIdentifiedByAuthority") == ["http://viaf.org/viaf/99900009"]
    assert mapped.path(agents["12"], "bf:identifiedBy", "rdf:value") == ["000199001"]
    assert mapped.path(agents["12"], "bf:identifiedBy", "bf:source", "bf:code") == ["FIN11"]
    assert all(agents[number].startswith("id:agent/test/") for number in ("02", "10", "12", "13"))
    assert mapped.omissions("700") == [("0", "number-without-source"), ("0", "check-digit"), ("0", "empty")]


def test_mp15_several_numbers_are_one_agent_and_one_concept() -> None:
    mapped = case("mp15_zero_and_one_variants.mrc")
    agent = _agent(mapped, "Person 90, Test")
    assert agent == "id:agent/noraf-99900090"
    assert mapped.objects(agent, "madsrdf:isIdentifiedByAuthority") == ["https://d-nb.info/gnd/99900090X"]
    assert mapped.objects(agent, "owl:sameAs") == [
        "http://www.wikidata.org/entity/Q99999990",
        "https://isni.org/isni/0000000099900906",
    ]
    [topic] = mapped.of_class("bf:Topic")
    assert topic == "id:concept/humord/99901"
    assert mapped.objects(topic, "skos:inScheme") == ["id:concept/humord"]
    assert mapped.objects(topic, "skos:closeMatch") == ["https://id.nb.no/vocabulary/ntsf/999"]


def test_mp17_roles_by_code_word_and_iri() -> None:
    mapped = case("mp17_roles_codes_uris.mrc")
    assert _roles(mapped, "Vik, Tor") == ["relators:aut", "relators:ill"]
    assert _roles(mapped, "Lie, Eva") == ["relators:trl"]
    assert _roles(mapped, "Aas, Ola") == ["relators:trl"]
    assert _roles(mapped, "Berg, Siv") == ["relators:trl"]
    assert _roles(mapped, "Moe, Per") == ["bjd"]
    assert _roles(mapped, "Havinstituttet") == ["relators:pbl"]
    assert _roles(mapped, "Kystkonferansen (2019 : Bodø)") == ["arrangør"]
    assert _roles(mapped, "Dal, Knut") == ["http://rdaregistry.info/Elements/a/P50195", "relators:aut"]


def test_mp17_the_role_after_a_title_is_how_the_work_relates() -> None:
    mapped = case("mp17_roles_codes_uris.mrc")
    [work] = mapped.objects("id:instance/test/mp17", "bf:instanceOf")
    [part] = mapped.objects(work, "bf:hasPart")
    assert mapped.objects(part, "rdfs:label") == ["Vårnatt"]
    assert mapped.path(work, "bf:relation", "bf:relationship") == ["http://rdaregistry.info/Elements/e/P20145"]
    assert mapped.path(work, "bf:relation", "bf:associatedResource") == [part]


def test_mp19_a_family_is_one_and_three_olavs_are_three() -> None:
    mapped = case("mp19_family_kings_subdivisions.mrc")
    [family] = mapped.of_class("bf:Family")
    assert mapped.objects(family, "rdfs:label") == ["Vik (slekt : Værøy)"]
    labels = [label for person in mapped.of_class("bf:Person") for label in mapped.objects(person, "rdfs:label")]
    assert sorted(labels) == [
        "Olav (helgen)",
        "Olav IV, konge av Norge, 1370-1387",
        "Olav V, konge av Norge, 1903-1991",
        "Vik, Tor, 1931-2009",
    ]
    [work] = mapped.objects("id:instance/test/mp19", "bf:instanceOf")
    complexes = {mapped.objects(node, "rdfs:label")[0]: node for node in mapped.objects(work, "bf:subject")}
    assert complexes.keys() == {"Vik (slekt : Værøy)--Brev--Lofoten--1800-tallet", "Vik, Tor, 1931-2009--Bibliografi"}
    parts = mapped.objects(complexes["Vik (slekt : Værøy)--Brev--Lofoten--1800-tallet"], "dcterms:hasPart")
    assert family in parts
    assert len(parts) == 4


def test_mp33_names_that_differ_in_punctuation_only_are_one() -> None:
    mapped = case("mp33_names_punctuation.mrc")
    agents = {}
    for letter in "abcdefghij":
        [work] = mapped.objects(f"id:instance/test/mp33{letter}", "bf:instanceOf")
        [agents[letter]] = mapped.path(work, "bf:contribution", "bf:agent")
    groups = [["a", "b", "c"], ["e", "f", "g", "h"], ["d"], ["i"], ["j"]]
    assert [len({agents[letter] for letter in group}) for group in groups] == [1] * 5
    assert len(set(agents.values())) == 5
    assert mapped.objects(agents["a"], "rdfs:label") == ["Vik, T. S."]
    assert mapped.objects(agents["i"], "rdfs:label") == ["Vik, Tor, 1931-"]
    assert mapped.objects(agents["i"], "schema:birthDate") == ["1931"]


def test_mp35_people_that_differ_in_the_original_script_are_two() -> None:
    mapped = case("mp35_same_romanisation.mrc")
    agents = [
        mapped.path(f"id:instance/test/mp35{each}", "bf:instanceOf", "bf:contribution", "bf:agent") for each in "abc"
    ]
    assert agents[0] == agents[2] != agents[1]
    assert mapped.objects(agents[0][0], "rdfs:label") == ["Wang, Zhi", "王植@zh-hani"]


def test_cs03_and_cs04_forms_of_one_name_are_one_agent() -> None:
    for name in ("cs03_nfc_and_nfd_twins.mrc", "cs04_ligature_half_marks_and_0361.mrc"):
        mapped = case(name)
        assert len(mapped.of_class("bf:Instance")) == 2
        assert len(mapped.of_class("bf:Person")) == 1
    assert len(case("cs03_nfc_and_nfd_twins.mrc").of_class("bf:Hub")) == 1


def test_a_heading_with_a_number_names_the_same_heading_without_one_in_its_record() -> None:
    fields = ("245 10 $a Et liv", "600 14 $a Vik, Tor, $d 1931-2009")
    mapped = Mapped([record("100 1_ $a Vik, Tor, $d 1931-2009 $0 (NO-TrBIB)90000001", *fields)])
    assert mapped.of_class("bf:Person") == ["id:agent/noraf-90000001"]


def test_fuller_forms_have_their_parentheses_once() -> None:
    """100 $q stands in parentheses, after which a full stop may end the heading."""
    names = ["100 1_ $a Akunin, B. $q (Boris)", "700 1_ $a Akunin, B. $q (Boris).", "700 1_ $a Akunin, B. $q Boris"]
    mapped = Mapped([record(*names)])
    [person] = mapped.of_class("bf:Person")
    assert mapped.objects(person, "rdfs:label") == ["Akunin, B. (Boris)"]


@pytest.mark.parametrize(
    ("words", "born", "died"),
    [
        ("1931-", ["1931"], []),
        ("f. 1931", ["1931"], []),
        ("død 1650", [], ["1650"]),
        ("ca. 1600-ca. 1670", ["1600~"], ["1670~"]),
        ("427-347 f.Kr.", ["-0426"], ["-0346"]),
        ("63 f.Kr.-14 e.Kr.", ["-0062"], ["0014"]),
        ("1600-talet", [], []),
        ("fl. 1690", [], []),
        ("1931", [], []),
    ],
)
def test_years_of_a_life_are_read_as_in_authority_records(words: str, born: list[str], died: list[str]) -> None:
    mapped = Mapped([record(f"100 1_ $a Vik, Tor, $d {words}")])
    assert mapped.objects(None, "schema:birthDate") == born
    assert mapped.objects(None, "schema:deathDate") == died


def test_a_code_of_a_role_among_the_words_is_the_role() -> None:
    mapped = Mapped([record("710 2_ $a Forlaget, $e pbl", "700 1_ $a Vik, T. $e TRL.", "700 1_ $a Lie, O. $e vert")])
    assert {"relators:pbl", "relators:trl"} < set(mapped.objects(None, "bf:role"))
    assert mapped.objects(None, "rdfs:label").count("vert") == 1


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("cast.", "cast"),
        ("cast", "cast"),
        ("voice actor.", "voice actor"),
        ("ed. and tr.", "ed. and tr."),
        ("utg.", "utg."),
    ],
)
def test_a_role_of_no_list_has_no_full_stop_that_ends_its_field(words: str, role: str) -> None:
    mapped = Mapped([record("245 00 $a Film", f"700 1_ $a Vik, Tor, $e {words}")])
    assert _roles(mapped, "Vik, Tor") == [role]
