"""Added entries and subjects of rarer kinds, and versions of other works, by the definitions of MARC 21."""

from __future__ import annotations

import pytest

from tests.loader.marc.mapped import Mapped, record

WORK = "id:work/test/r1"


@pytest.mark.parametrize(
    ("field", "kind", "label"),
    [
        ("647 _7 $a Branner i Ålesund $d (1904) $2 fast", "bf:Event", "Branner i Ålesund. (1904)"),
        ("654 _0 $c m $a klokker $b gull $2 aat", "bf:Topic", "klokker. gull"),
        ("656 _7 $a Fiskere $2 ilot", "bf:Topic", "Fiskere"),
        ("657 _7 $a Skattlegging $2 lcmpt", "bf:Topic", "Skattlegging"),
        ("658 __ $a Lesing $b leseforståing $2 ohco", "bf:Topic", "Lesing. leseforståing"),
        ("662 __ $a Norge $b Nordland $d Bodø $2 tgn", "bf:Place", "Norge--Nordland--Bodø"),
        ("688 _7 $a Havets hus $2 fast", "bf:Topic", "Havets hus"),
    ],
)
def test_a_subject_of_a_rarer_kind_is_a_concept_of_its_vocabulary(field: str, kind: str, label: str) -> None:
    mapped = Mapped([record("245 00 $a Bok", field)])
    [subject] = mapped.objects(WORK, "bf:subject")
    assert kind in mapped.objects(subject, "a")
    assert mapped.objects(subject, "rdfs:label") == [label]
    assert mapped.objects(subject, "skos:inScheme") == [f"id:concept/{field.rpartition('$2 ')[2]}"]


def test_720_is_a_contributor_known_in_the_record_only() -> None:
    records = [record(f"001 {n}", f"245 00 $a {n}", "720 1_ $a Tor Vik $e forfatter") for n in "ab"]
    mapped = Mapped(records)
    assert len(mapped.of_class("bf:Person")) == 2
    assert mapped.path("id:work/test/a", "bf:contribution", "bf:role") == ["relators:aut"]


def test_751_and_752_are_places_and_the_relator_says_how() -> None:
    mapped = Mapped([record("751 __ $a Bodø $e utgivelsessted", "752 __ $a Norge $b Nordland $d Bodø")])
    assert mapped.path(WORK, "bf:place", "rdfs:label") == ["Bodø", "Norge--Nordland--Bodø"]
    assert mapped.path(WORK, "bf:relation", "bf:relationship", "rdfs:label") == ["utgivelsessted"]


def test_753_is_a_system_754_a_taxon_and_758_a_resource() -> None:
    resource = "http://id.loc.gov/resources/works/1"
    fields = (
        "753 __ $a IBM PC $c DOS",
        "754 __ $a Gadus $a morhua $d Torsk $2 itis",
        f"758 __ $i Samme verk: $a Torsk $1 {resource}",
    )
    mapped = Mapped([record(*fields)])
    assert mapped.path("id:instance/test/r1", "bf:systemRequirement", "rdfs:label") == ["DOS", "IBM PC"]
    [taxon] = mapped.objects(WORK, "bf:subject")
    assert mapped.objects(taxon, "rdfs:label") == ["Gadus morhua"]
    assert mapped.objects(taxon, "skos:altLabel") == ["Torsk"]
    assert mapped.path(WORK, "bf:relation", "bf:associatedResource") == [resource]
    assert mapped.path(WORK, "bf:relation", "bf:relationship", "rdfs:label") == ["Samme verk"]


def test_758_without_an_iri_gives_nothing() -> None:
    mapped = Mapped([record("758 __ $a Torsk $0 77")])
    assert mapped.omissions("758") == [("a", "no-linked-thing"), ("0", "iri")]


def test_a_title_with_a_language_names_a_version_of_the_work() -> None:
    mapped = Mapped([record("245 00 $a Samling", "700 12 $a Vik, Tor. $t Natt. $l Engelsk")])
    [version] = mapped.objects(WORK, "bf:hasPart")
    assert "bf:Work" in mapped.objects(version, "a")
    assert mapped.objects(version, "rdfs:label") == ["Natt. Engelsk"]
    [hub] = mapped.objects(version, "bf:expressionOf")
    assert mapped.objects(hub, "rdfs:label") == ["Natt"]


def test_a_role_of_the_marc_list_after_a_title_is_the_agents() -> None:
    mapped = Mapped([record("700 1_ $a Dal, Per $t Havet $4 aut $4 http://rdaregistry.info/Elements/w/P10190")])
    [hub] = mapped.path(WORK, "bf:relation", "bf:associatedResource")
    assert mapped.path(hub, "bf:contribution", "bf:role") == ["relators:aut"]
    assert mapped.path(WORK, "bf:relation", "bf:relationship") == ["http://rdaregistry.info/Elements/w/P10190"]
    assert mapped.omissions("700") == []


def test_why_a_hierarchical_place_is_a_subject_is_a_relation_to_it() -> None:
    mapped = Mapped(
        [record("245 00 $a Bok", "662 __ $a Norge $d Bodø $e setting $4 http://example.org/setting $2 tgn")]
    )
    assert mapped.omissions("662") == []
    [relation] = mapped.of_class("bf:Relation")
    assert "http://example.org/setting" in mapped.objects(relation, "bf:relationship")
    assert mapped.path(relation, "bf:relationship", "rdfs:label") == ["setting"]
