"""Fields and subfields that a source uses in its own way: its profile says what they become."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loader.marc.mapped import Mapped, record

FILE = Path(__file__).parent / "profiles" / "local-fields.ttl"
WORK, INSTANCE, RECORD = "id:work/test/r1", "id:instance/test/r1", "id:record/test/r1"


def _own(*fields: str) -> Mapped:
    return Mapped([record(*fields)], "local-fields", FILE)


def test_a_field_is_read_as_another_one_with_its_subfields_renamed() -> None:
    mapped = _own("698 __ $a Sild $q hav $n 639.2")
    [subject] = mapped.objects(WORK, "bf:subject")
    assert mapped.objects(subject, "rdfs:label") == ["Sild"]
    assert mapped.objects(subject, "skos:inScheme") == ["id:concept/hav"]
    assert mapped.objects(subject, "http://www.w3.org/2004/02/skos/core#notation") == ["639.2"]


def test_the_report_names_tag_and_code_as_the_record_has_them() -> None:
    mapped = _own("698 __ $a Sild $q hav $q fisk $z")
    assert mapped.omissions("698") == [("q", "repeated"), ("z", "empty")]
    assert mapped.omissions("650") == []


def test_subfields_become_statements_about_work_record_and_what_stood_before() -> None:
    mapped = _own("950 __ $a 639 $2 5 $k Sjekket $x Annet")
    [number] = mapped.objects(WORK, "bf:classification")
    assert mapped.objects(number, "bf:classificationPortion") == ["639"]
    assert mapped.objects(number, "bf:edition") == ["5"]
    [note] = mapped.objects(RECORD, "bf:note")
    assert mapped.objects(note, "rdfs:label") == ["Sjekket"]
    assert mapped.objects(note, "bf:noteType") == ["Comment"]
    assert mapped.omissions("950") == [("x", "local-field")]


def test_what_stands_before_nothing_is_reported() -> None:
    assert _own("950 __ $2 5").omissions("950") == [("2", "no-name")]


def test_item_data_never_reach_the_graph() -> None:
    mapped = _own("245 00 $a Bok", "949 __ $a Hylle 7 $b lånt ut")
    assert mapped.omissions("949") == [("a", "item-data"), ("b", "item-data")]
    assert "Hylle 7" not in "".join(line for result in mapped.results for line in result.lines)


def test_913_says_to_which_national_bibliography_a_record_belongs() -> None:
    mapped = Mapped([record("913 __ $a Norbok $b NB")], "alma")
    [bibliography] = mapped.objects(RECORD, "bf:descriptionAuthentication")
    assert bibliography == "id:concept/national-bibliography/norbok"
    assert mapped.objects(bibliography, "rdfs:label") == ["Norbok"]
    assert mapped.path(bibliography, "bf:assigner", "bf:code") == ["NB"]
    assert mapped.omissions("913") == []


def test_numbers_of_bibsys_before_alma_name_their_system() -> None:
    mapped = Mapped([record("035 __ $a 000062782-47bibsys_network")], "alma")
    [node] = [each for each in mapped.of_class("bf:Local") if mapped.objects(each, "rdf:value") == ["000062782"]]
    assert mapped.path(node, "bf:assigner", "bf:code") == ["BIBSYS"]
    assert mapped.omissions("035") == []


def test_normarc_names_have_nationality_and_class_number() -> None:
    field = "100 _0 $a Bauer, Ola $d 1943-1999 $j n. $1 839.823 $4 d5 $6 839.82 x $3 12439800"
    mapped = Mapped([record(field, "245 10 $a Hestehodetåken")], "deichman")
    [person] = mapped.of_class("bf:Person")
    assert mapped.path(person, "schema:nationality", "rdfs:label") == ["n."]
    assert mapped.path(person, "bf:classification", "bf:classificationPortion") == ["839.823"]
    assert mapped.path(person, "bf:classification", "bf:edition") == ["d5"]
    assert mapped.omissions("100") == []


def test_normarc_subjects_are_subjects() -> None:
    mapped = Mapped([record("699 _1 $a Fred $0 politisk etikk $1 172.4 $2 BS", "699 _1 $a Fred $2 BS")], "deichman")
    labels = mapped.path(WORK, "bf:subject", "rdfs:label")
    assert labels == ["Fred", "Fred. politisk etikk"]
    assert mapped.omissions("699") == []


def test_a_normarc_number_of_another_catalogue_is_no_number_of_a_national_bibliography() -> None:
    mapped = Mapped([record("015 __ $a 786162 $b BibliofilID", "020 __ $a 9788299990301 $b ib.")], "deichman")
    assert mapped.of_class("bf:Nbn") == []
    assert mapped.path(INSTANCE, "bf:identifiedBy", "bf:source", "bf:code") == ["BibliofilID"]
    assert mapped.path(INSTANCE, "bf:identifiedBy", "bf:qualifier") == ["ib."]


@pytest.mark.parametrize(
    ("field", "kind", "node"),
    [
        ("689 00 $0 (DE-588)118529579 $D p $a Goethe, Johann Wolfgang von", "bf:Person", "id:agent/gnd-118529579"),
        ("689 01 $0 (DE-588)4075739-0 $D g $a Osteuropa", "bf:Place", "id:concept/gnd/4075739-0"),
        ("689 02 $0 (DE-588)4179998-7 $D s $a Schriftenreihe", "bf:Topic", "id:concept/gnd/4179998-7"),
    ],
)
def test_689_is_read_as_its_kind_of_heading_says(field: str, kind: str, node: str) -> None:
    mapped = Mapped([record(field, "689 0_ $5 DE-101")], "dnb")
    assert mapped.objects(WORK, "bf:subject") == [node]
    assert kind in mapped.objects(node, "a")
    assert mapped.path(RECORD, "bf:note", "rdfs:label") == ["DE-101"]
    assert mapped.omissions("689") == []


def test_a_field_whose_condition_nothing_meets_is_the_sources_own() -> None:
    mapped = Mapped([record("689 00 $D x $a Ukjent")], "dnb")
    assert mapped.omissions("689") == [("D", "local-field"), ("a", "local-field")]


def test_a_form_in_a_chain_is_a_genre_as_it_is_in_655() -> None:
    mapped = Mapped([record("655 _7 $a Zeitschrift $2 gnd", "689 02 $A f $a Zeitschrift")], "dnb")
    assert len(mapped.objects(WORK, "bf:genreForm")) == 1
