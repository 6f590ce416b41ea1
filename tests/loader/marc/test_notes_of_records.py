"""Notes (5XX), written from the definitions of MARC 21: https://www.loc.gov/marc/bibliographic/bd5xx.html."""

from __future__ import annotations

import pytest

from nbkg.records.record import MarcField, MarcRecord
from tests.loader.marc.mapped import Mapped, record

INSTANCE = "id:instance/test/r1"
NOTE_TYPE = "http://id.loc.gov/vocabulary/mnotetype/"


def _notes(mapped: Mapped, subject: str) -> dict[str, list[str]]:
    """Return the words of the notes of a subject, and of each its kinds."""
    return {
        label: [
            *(kind.removeprefix(NOTE_TYPE) for kind in mapped.objects(node, "a") if kind.startswith(NOTE_TYPE)),
            *mapped.objects(node, "bf:noteType"),
        ]
        for node in mapped.objects(subject, "bf:note")
        for label in mapped.objects(node, "rdfs:label")
    }


@pytest.mark.parametrize(
    ("field", "words", "kinds"),
    [
        ("500 __ $a Tittel fra omslaget.", "Tittel fra omslaget.", []),
        ("501 __ $a Trykt sammen med: Havet", "Trykt sammen med: Havet", ["with"]),
        ("504 __ $a Bibliografi: s. 200-210", "Bibliografi: s. 200-210", ["biblio"]),
        ("508 __ $a Foto: Eva Lie", "Foto: Eva Lie", ["credits"]),
        ("511 1_ $a Liv Vik, Tor Lie", "Liv Vik, Tor Lie", ["participants"]),
        ("513 __ $a Rapport ; $b 2010-2012", "Rapport ; 2010-2012", ["report"]),
        ("525 __ $a Har bilag", "Har bilag", ["suppl"]),
        ("530 __ $a Finnes også som e-bok", "Finnes også som e-bok", ["addphys"]),
        ("535 1_ $a Riksarkivet; $b Oslo", "Riksarkivet; Oslo", ["location of originals"]),
        ("536 __ $a Støttet av NFR $c 1234", "Støttet av NFR Grant: 1234", ["fundinfo"]),
        ("545 0_ $a Forfatter.", "Forfatter.", ["biogdata"]),
        ("545 1_ $a Grunnlagt 1811.", "Grunnlagt 1811.", ["adminhist"]),
        ("550 __ $a Utgitt av laget", "Utgitt av laget", ["issuing"]),
        ("555 0_ $a Register i arkivet", "Register i arkivet", ["finding"]),
        ("555 __ $a Register 1950-60", "Register 1950-60", ["index"]),
        ("581 __ $a Omtalt i boka $z 8299990300", "Omtalt i boka ISBN 8299990300", ["related"]),
        ("585 __ $a Vist i Bergen 1998", "Vist i Bergen 1998", ["exhibit"]),
    ],
)
def test_a_note_has_its_words_and_its_kind(field: str, words: str, kinds: list[str]) -> None:
    mapped = Mapped([record(field)])
    assert _notes(mapped, INSTANCE) == {words: kinds}
    assert mapped.omissions(field[:3]) == []


def test_notes_about_the_work_and_about_the_description_are_there() -> None:
    mapped = Mapped([record("586 __ $a Brageprisen 2019", "580 __ $a Fortsetter: Havet", "588 0_ $a Vol. 1 (2001)")])
    [work] = mapped.of_class("bf:Work")
    assert _notes(mapped, work) == {"Brageprisen 2019": ["award"], "Fortsetter: Havet": ["relnote"]}
    assert _notes(mapped, "id:record/test/r1") == {"Vol. 1 (2001)": ["descsource"]}
    assert _notes(mapped, INSTANCE) == {}


def test_a_note_has_its_address_its_scope_and_its_number_of_units() -> None:
    mapped = Mapped(
        [
            record(
                "510 4_ $3 bind 1 $a Sabin $c 33770 $u https://example.test/s",
                "504 __ $a Litteratur $b 12",
                "555 __ $a Register $u uten skjema",
            )
        ]
    )
    [note] = [node for node in mapped.objects(INSTANCE, "bf:note") if mapped.objects(node, "bf:part")]
    assert mapped.objects(note, "rdfs:label") == ["Sabin 33770"]
    assert mapped.objects(note, "bf:part") == ["bind 1"]
    assert mapped.objects(note, "bf:electronicLocator") == ["https://example.test/s"]
    assert mapped.path(INSTANCE, "bf:note", "bf:count") == ["12"]
    assert mapped.omissions("555") == [("u", "iri")]


def test_a_note_about_the_copies_of_a_library_is_on_its_item() -> None:
    mapped = Mapped([record("500 __ $a Med dedikasjon $5 NO-0030100", "585 __ $a Utstilt 2001 $5 NO-0030100")])
    [item] = mapped.of_class("bf:Item")
    assert mapped.objects(item, "bf:itemOf") == [INSTANCE]
    assert mapped.path(item, "bf:heldBy", "bf:code") == ["NO-0030100"]
    assert _notes(mapped, item) == {"Med dedikasjon": [], "Utstilt 2001": ["exhibit"]}
    assert _notes(mapped, INSTANCE) == {}


def test_other_fields_of_words_become_what_they_are() -> None:
    mapped = Mapped(
        [
            record(
                "507 __ $a Scale 1:100",
                "522 __ $a Nord-Norge",
                "538 __ $i Krever: $a Windows 95",
                "532 0_ $a Synstolket",
                "561 1_ $a Eid av Bjørg Vik",
            )
        ]
    )
    [work] = mapped.of_class("bf:Work")
    assert mapped.path(work, "bf:scale", "rdfs:label") == ["Scale 1:100"]
    assert mapped.path(work, "bf:geographicCoverage", "rdfs:label") == ["Nord-Norge"]
    assert mapped.path(INSTANCE, "bf:systemRequirement", "rdfs:label") == ["Krever: Windows 95"]
    assert mapped.path(INSTANCE, "bf:contentAccessibility", "rdfs:label") == ["Synstolket"]
    assert mapped.objects(INSTANCE, "bf:custodialHistory") == ["Eid av Bjørg Vik"]


def test_a_note_in_two_scripts_is_one_note() -> None:
    mapped = Mapped([record("500 __ $6 880-01 $a Zima", "880 __ $6 500-01/(N $a Зима")])
    [note] = mapped.objects(INSTANCE, "bf:note")
    assert len(mapped.objects(note, "rdfs:label")) == 2


def test_private_fields_are_in_no_statement_and_their_values_in_no_report() -> None:
    mapped = Mapped([record("561 0_ $a Kjøpt av Eva Lie", "542 0_ $a Lie, Eva")])
    text = "".join(line for result in mapped.results for line in result.lines)
    assert "Lie" not in text
    assert mapped.omissions("561") == [("a", "private")]
    assert [line.value for result in mapped.results for line in result.omissions] == ["", ""]


def test_a_field_without_words_is_reported() -> None:
    assert Mapped([record("500 __ $3 bind 1")]).omissions("500") == [("3", "no-words")]


def test_a_subfield_without_a_code_is_reported() -> None:
    whole = record("700 1_ $a Vik, Tor $t Havet")
    fields = [*whole.fields[:-1], MarcField("700", "1 ", (*whole.fields[-1].subfields, ("", "?")))]
    assert ("", "unknown-subfield") in Mapped([MarcRecord(whole.leader, fields)]).omissions("700")


def test_what_a_copy_requires_is_a_note_on_the_item_of_its_library() -> None:
    mapped = Mapped([record("538 __ $a Windows $5 NIC")])
    [item] = mapped.of_class("bf:Item")
    assert mapped.path(item, "bf:note", "rdfs:label") == ["Windows"]
    assert mapped.path(item, "bf:note", "bf:noteType") == ["system details note"]
    assert mapped.of_class("bf:SystemRequirement") == []
