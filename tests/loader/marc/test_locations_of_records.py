"""Addresses (856, 857), reproductions (533) and originals (534), from MARC 21 and from the cases of the trade."""

from __future__ import annotations

import pytest

from tests.loader.marc.mapped import Mapped, case, record

INSTANCE = "id:instance/test/r1"
URN = "URN:NBN:no-nb_digibok_0000000000022"
AT = "bf:electronicLocator"


def _publishers(mapped: Mapped, instance: str) -> list[str]:
    return mapped.path(instance, "bf:provisionActivity", "bf:agent", "rdfs:label")


def _dates(mapped: Mapped, instance: str) -> list[str]:
    return mapped.path(instance, "bf:provisionActivity", "bf:date")


def test_mp22_a_reproduction_is_another_instance_than_the_original() -> None:
    mapped = case("mp22_533_and_534.mrc")
    printed = "id:instance/test/mp22a"
    [copy] = mapped.objects(printed, "bf:hasReproduction")
    assert mapped.objects(copy, "bf:reproductionOf") == [printed]
    assert mapped.objects(copy, "bf:instanceOf") == mapped.objects(printed, "bf:instanceOf")
    assert (_publishers(mapped, printed), _dates(mapped, printed)) == (["Gammelforlag"], ["1879"])
    assert (_publishers(mapped, copy), _dates(mapped, copy)) == (["Nasjonalbiblioteket Digital"], ["2009"])
    assert mapped.path(printed, "bf:extent", "rdfs:label") == ["211 s."]
    assert mapped.path(copy, "bf:extent", "rdfs:label") == ["1 nettressurs"]
    assert "bf:Electronic" in mapped.objects(copy, "a")
    assert "bf:Electronic" not in mapped.objects(printed, "a")
    assert mapped.number("bf:Urn", copy) == {URN: []}
    assert mapped.objects(copy, "bf:electronicLocator") == [f"https://urn.nb.no/{URN}"]
    assert mapped.objects(printed, "bf:electronicLocator") == []
    assert mapped.number("bf:Urn", printed) == {}


def test_mp22_an_original_is_another_instance_than_the_facsimile() -> None:
    mapped = case("mp22_533_and_534.mrc")
    facsimile = "id:instance/test/mp22b"
    [original] = mapped.objects(facsimile, "bf:originalVersion")
    assert _dates(mapped, facsimile) == ["2009"]
    assert _dates(mapped, original) == ["1879"]
    assert mapped.objects(original, "bf:publicationStatement") == ["Kristiania : Gammelforlag, 1879"]
    assert mapped.path(original, "bf:extent", "rdfs:label") == ["211 s."]
    assert mapped.path(original, "bf:title", "bf:mainTitle") == ["Havet"]
    hubs = {
        hub
        for key in ("mp22a", "mp22b")
        for hub in mapped.path(f"id:instance/test/{key}", "bf:instanceOf", "bf:expressionOf")
    }
    assert len(hubs) == 1


def test_numbers_of_an_original_are_not_those_of_the_record() -> None:
    mapped = Mapped(
        [record("020 __ $a 9788299990301", "534 __ $p Opptrykk av: $c Oslo, 1950 $z 8299990300 $x 9999-1217")]
    )
    [original] = mapped.objects(INSTANCE, "bf:originalVersion")
    assert mapped.number("bf:Isbn", INSTANCE) == {"9788299990301": []}
    assert mapped.number("bf:Isbn", original).keys() == {"9788299990301"}
    assert mapped.number("bf:Issn", original).keys() == {"9999-1217"}
    note = Mapped([record("534 __ $a Opptrykk av utgaven fra 1950")])
    assert note.objects(INSTANCE, "bf:originalVersion") == []
    assert note.path(INSTANCE, "bf:note", "rdfs:label") == ["Opptrykk av utgaven fra 1950"]


def test_with_two_electronic_reproductions_an_address_belongs_to_neither() -> None:
    copies = [f"533 __ $a Elektronisk reproduksjon $c NB $d {year}" for year in (2008, 2015)]
    mapped = Mapped([record(*copies, "856 41 $u https://example.test/a")])
    assert len(mapped.objects(INSTANCE, "bf:hasReproduction")) == 2
    [link] = mapped.objects(INSTANCE, "bf:note")
    assert mapped.objects(link, "bf:electronicLocator") == ["https://example.test/a"]
    assert len(mapped.of_class("bf:Instance")) == 3


def test_two_urns_of_one_reproduction_are_addresses_and_identify_nothing() -> None:
    fields = [f"856 40 $u http://urn.nb.no/URN:NBN:no-nb_digibok_{number}" for number in (1, 2)]
    mapped = Mapped([record("533 __ $a Elektronisk reproduksjon $d 2008-12-01", *fields)])
    [copy] = mapped.objects(INSTANCE, "bf:hasReproduction")
    assert len(mapped.objects(copy, "bf:electronicLocator")) == 2
    assert mapped.number("bf:Urn", copy) == {}
    assert _dates(mapped, copy) == ["2008-12-01"]


def test_a_microfiche_is_a_reproduction_and_an_address_is_not_its() -> None:
    mapped = Mapped(
        [record("533 __ $a Microfiche. $b New Delhi : $d 2002. $5 DLC", "856 40 $u https://example.test/a")]
    )
    [copy] = mapped.objects(INSTANCE, "bf:hasReproduction")
    assert "bf:Microform" in mapped.objects(copy, "a")
    assert mapped.objects(copy, "bf:electronicLocator") == []
    assert mapped.objects(INSTANCE, "bf:electronicLocator") == ["https://example.test/a"]
    [item] = mapped.of_class("bf:Item")
    assert mapped.objects(item, "bf:itemOf") == [copy]


def test_mp13_addresses_in_the_wild() -> None:
    mapped = case("mp13_uris_in_the_wild.mrc")
    instance = "id:instance/test/mp13"
    assert mapped.objects(instance, "bf:electronicLocator") == sorted(
        [
            "https://example.test/bok%201.pdf",
            "https://example.test/a",
            "https://example.test/50%25ti",
            "https://example.test/x#%23",
            "https://example.test/æøå/ß",
            "https://urn.nb.no/URN:NBN:no-nb_digibok_0000000000003",
            "https://example.test/a%5Cb%7Cc%5Ed%60e",
            "https://example.test/v",
        ]
    )
    assert mapped.number("bf:Urn", instance) == {"URN:NBN:no-nb_digibok_0000000000003": []}
    assert mapped.path(instance, "bf:otherPhysicalFormat", "bf:electronicLocator") == [
        "https://example.test/?q=%22ti%22&p=%7B1%7D"
    ]
    assert mapped.path(instance, "bf:note", "rdfs:label") == [
        "Bare en note",
        "example.test/uten-skjema",
        "http://[::1/feil",
        "https://example.test/en https://example.test/to",
    ]
    assert mapped.doubts().count(("856", "iri")) == 3


def test_a_note_of_another_form_makes_no_instance() -> None:
    assert Mapped([record("530 __ $a Finnes også i trykt utgave")]).of_class("bf:Instance") == [INSTANCE]


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("856 40 $u https://example.test/a", ["bf:electronicLocator"]),
        ("856 41 $u https://example.test/a", ["bf:otherPhysicalFormat", "bf:electronicLocator"]),
        ("856 41 $3 Fulltekst $u https://example.test/a", ["bf:otherPhysicalFormat", "bf:electronicLocator"]),
        ("856 42 $3 Publisher description $u https://example.test/a", ["bf:supplementaryContent", AT]),
        ("856 42 $3 Omslagsbilde $u https://example.test/a", ["bf:coverArt", "bf:electronicLocator"]),
        ("856 41 $3 Table of contents $u https://example.test/a", ["bf:instanceOf", "bf:tableOfContents", AT]),
        ("856 41 $3 Bind 2 $u https://example.test/a", ["bf:note", "bf:electronicLocator"]),
        ("856 4_ $u https://example.test/a", ["bf:note", "bf:electronicLocator"]),
        ("856 48 $u ftp://example.test/a", ["bf:note", "bf:electronicLocator"]),
    ],
)  # fmt: skip
def test_the_second_indicator_and_the_materials_say_what_is_at_an_address(field: str, path: list[str]) -> None:
    mapped = Mapped([record(field)])
    [address] = mapped.path(INSTANCE, *path)
    assert address.endswith("://example.test/a")
    assert mapped.omissions("856") == []


def test_what_is_said_of_an_address_is_on_a_note_with_the_link() -> None:
    field = "856 40 $u https://example.test/a $y NB Digital $z For forskere $q image/jpeg $7 0 $x internt"
    mapped = Mapped([record(field)])
    [note] = mapped.objects(INSTANCE, "bf:note")
    assert mapped.objects(note, "rdfs:label") == ["NB Digital"]
    assert mapped.path(note, "bf:note", "rdfs:label") == ["For forskere"]
    assert mapped.objects(note, "bf:qualifier") == ["image/jpeg"]
    assert mapped.path(INSTANCE, "bf:usageAndAccessPolicy", "rdfs:label") == ["open access"]
    assert mapped.omissions("856") == [("x", "private")]


def test_a_web_archive_has_its_address_and_who_keeps_it() -> None:
    mapped = Mapped([record("857 40 $b Nasjonalbiblioteket $c Nettarkivet $u https://example.test/a $n Lesesal")])
    assert mapped.objects(INSTANCE, "bf:electronicLocator") == ["https://example.test/a"]
    assert mapped.path(INSTANCE, "bf:note", "rdfs:label") == ["Nasjonalbiblioteket Nettarkivet Lesesal"]
