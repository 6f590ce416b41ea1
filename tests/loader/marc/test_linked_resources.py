"""Linking entries (760–787), by the cases of the trade and the definitions of MARC 21."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loader.marc.mapped import Mapped, case, record

OWN_SOURCE = Path(__file__).parent / "profiles" / "own-source.ttl"
SERIAL = "00000nas a2200000 i 4500"


def _work(mapped: Mapped, key: str) -> str:
    [work] = mapped.objects(f"id:instance/test/{key}", "bf:instanceOf")
    return work


def _links(mapped: Mapped, node: str) -> list[tuple[str, str]]:
    """Return the linking properties of a node with their values."""
    names = ("continues", "continuedBy", "mergerOf", "mergedToForm", "succeededBy", "precededBy", "relatedTo", "partOf")
    return [(name, value) for name in names for value in mapped.objects(node, f"bf:{name}")]


def test_mp23_articles_are_parts_of_one_serial_and_chapters_of_one_book() -> None:
    mapped = case("mp23_articles_and_hosts.mrc")
    serial = {value for key in ("mp23a", "mp23b") for value in mapped.objects(_work(mapped, key), "bf:partOf")}
    assert serial == {"id:work/test/issn-9999-0601"}
    book = {value for key in "cd" for value in mapped.objects(f"id:instance/test/mp23{key}", "bf:partOf")}
    assert book == {"id:instance/test/isbn-9788299990608"}
    assert mapped.number("bf:Issn", *serial) == {"9999-0601": []}
    assert mapped.number("bf:Isbn", *book) == {"9788299990608": []}
    parts = [f"id:instance/test/mp23{key}" for key in "abcd"]
    assert [each for each in parts if mapped.number("bf:Isbn", each) or mapped.number("bf:Issn", each)] == []
    assert len({_work(mapped, f"mp23{key}") for key in "abcd"}) == 4


@pytest.mark.parametrize(
    ("level", "classes", "issuance"),
    [
        ("m", ["bf:Monograph"], ["http://id.loc.gov/vocabulary/issuance/mono"]),
        ("a", ["bf:Monograph"], ["http://id.loc.gov/vocabulary/issuance/mono"]),
        ("s", ["bf:Serial"], ["http://id.loc.gov/vocabulary/issuance/serl"]),
        ("i", ["bf:Integrating"], ["http://id.loc.gov/vocabulary/issuance/intg"]),
        ("c", ["bf:Collection"], []),
        ("b", [], []),
    ],
)
def test_a_part_of_a_serial_is_no_serial(level: str, classes: list[str], issuance: list[str]) -> None:
    """Leader/07 b is "issued as part of" a serial; `bf:Serial` "is issued in successive parts … no conclusion"."""
    mapped = Mapped([record("245 00 $a Om sild", leader=f"00000na{level} a2200000 i 4500")])
    kinds = mapped.objects(_work(mapped, "r1"), "a")
    assert [
        each for each in kinds if each in {"bf:Monograph", "bf:Serial", "bf:Integrating", "bf:Collection"}
    ] == classes
    assert mapped.objects("id:instance/test/r1", "bf:issuance") == issuance


def test_mp23_a_record_is_not_a_part_of_itself() -> None:
    for mapped in (
        case("mp23_articles_and_hosts.mrc"),
        case("mp23_articles_and_hosts.mrc", "own-source", OWN_SOURCE),
    ):
        instance = "id:instance/test/mp23d"
        assert mapped.objects(instance, "bf:partOf") == ["id:instance/test/isbn-9788299990608"]
        assert ("w", "link-to-itself") in mapped.omissions("773")


def test_mp23_where_in_the_host_belongs_to_the_relation() -> None:
    mapped = case("mp23_articles_and_hosts.mrc")
    [relation] = mapped.objects(_work(mapped, "mp23a"), "bf:relation")
    assert mapped.objects(relation, "bf:part") == ["Årg. 12, nr 3 (1998), s. 14-22"]
    assert mapped.objects(relation, "bf:associatedResource") == ["id:work/test/issn-9999-0601"]


def test_mp23_the_number_of_a_record_of_the_source_is_that_record() -> None:
    mapped = case("mp23_articles_and_hosts.mrc", "own-source", OWN_SOURCE)
    host = "id:instance/test/mp23host"
    assert mapped.objects("id:instance/test/mp23a", "bf:partOf") == [host]
    assert mapped.objects(host, "bf:instanceOf") == ["id:work/test/issn-9999-0601"]
    assert mapped.objects(host, "rdfs:label") == [], "its own record says what it is called"
    [relation] = mapped.objects("id:instance/test/mp23a", "bf:relation")
    assert mapped.objects(relation, "rdfs:label") == ["Kystnytt. Harstad : Kystlaget"]


def test_mp25_serials_that_change_their_titles() -> None:
    mapped = case("mp25_serial_title_changes.mrc")
    a, b, c, d = (_work(mapped, f"mp25{letter}") for letter in "abcd")
    assert len({a, b, c, d}) == 4
    assert _links(mapped, a) == [("mergedToForm", c), ("relatedTo", b)]
    assert _links(mapped, b) == [("mergedToForm", c), ("relatedTo", a)]
    assert _links(mapped, c) == [("continuedBy", d), ("mergerOf", a), ("mergerOf", b)]
    assert _links(mapped, d) == [("continues", c)]
    words = {
        label
        for node in mapped.objects(a, "bf:relation")
        for label in mapped.path(node, "bf:relationship", "rdfs:label")
    }
    assert words == {"merged with"}


def test_one_field_of_a_merger_does_not_say_which_of_the_two_it_names() -> None:
    mapped = Mapped([record("245 00 $a A", "785 07 $t Ny", leader=SERIAL)])
    [(name, _node)] = _links(mapped, "id:instance/test/r1")
    assert name == "succeededBy"
    assert ("785", "merger-of-one") in mapped.doubts()


PROPERTIES = [
    ("760 0_", "subseriesOf"), ("762 0_", "hasSubseries"), ("765 0_", "translationOf"),
    ("767 0_", "translation"), ("770 0_", "supplement"), ("772 0_", "supplementTo"), ("773 0_", "partOf"),
    ("774 0_", "hasPart"), ("775 0_", "otherEdition"), ("776 0_", "otherPhysicalFormat"),
    ("777 0_", "issuedWith"), ("786 0_", "dataSource"), ("787 0_", "relatedTo"), ("780 00", "continues"),
    ("780 01", "continuesInPart"), ("780 02", "replacementOf"), ("780 03", "precededBy"),
    ("780 04", "mergerOf"), ("780 05", "absorbed"), ("780 06", "absorbed"), ("780 07", "separatedFrom"),
    ("785 00", "continuedBy"), ("785 01", "continuedInPartBy"), ("785 02", "replacedBy"),
    ("785 03", "succeededBy"), ("785 04", "absorbedBy"), ("785 05", "absorbedBy"), ("785 06", "splitInto"),
    ("785 08", "continuedBy"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "name"), PROPERTIES)
def test_each_tag_and_indicator_is_its_property(field: str, name: str) -> None:
    mapped = Mapped([record("245 00 $a Denne", f"{field} $t Den andre $d Oslo : Skarv, 2001")])
    [other] = mapped.objects("id:instance/test/r1", f"bf:{name}")
    assert mapped.objects(other, "rdfs:label") == ["Den andre"]
    assert mapped.objects(other, "bf:provisionActivityStatement") == ["Oslo : Skarv, 2001"]
    assert mapped.omissions(field[:3]) == []


@pytest.mark.parametrize(
    ("field", "words"),
    [("780 03", "supersedes in part"), ("780 06", "absorbed in part"), ("785 05", "absorbed in part by"),
     ("785 03", "superseded in part by"), ("785 08", "changed back to")],
)  # fmt: skip
def test_what_a_property_does_not_say_stands_in_words(field: str, words: str) -> None:
    mapped = Mapped([record("245 00 $a Denne", f"{field} $t Den andre", leader=SERIAL)])
    [relation] = mapped.objects("id:instance/test/r1", "bf:relation")
    assert mapped.path(relation, "bf:relationship", "rdfs:label") == [words]


def test_mp31_print_and_e_book_are_two_instances_of_one_work() -> None:
    mapped = case("mp31_print_and_ebook_isbn.mrc", "own-source", OWN_SOURCE)
    paper, screen = "id:instance/test/mp31a", "id:instance/test/mp31b"
    assert mapped.of_class("bf:Instance") == [paper, screen]
    assert mapped.objects(paper, "bf:otherPhysicalFormat") == [screen]
    assert set(mapped.objects(paper, "bf:instanceOf")) <= set(mapped.objects(screen, "bf:instanceOf"))
    assert mapped.number("bf:Isbn", paper) == {"9788299990707": [], "9788299990714": ["mstatus:cancinv"]}
    assert mapped.number("bf:Isbn", screen)["9788299990714"] == []


def test_mp31_without_a_number_that_is_certain_the_e_book_is_known_by_its_isbn() -> None:
    mapped = case("mp31_print_and_ebook_isbn.mrc")
    assert mapped.objects("id:instance/test/mp31a", "bf:otherPhysicalFormat") == ["id:instance/test/isbn-9788299990714"]
    assert mapped.objects("id:instance/test/isbn-9788299990714", "bf:instanceOf") == [_work(mapped, "mp31a")]
    assert "9788299990714" not in [
        number for number, status in mapped.number("bf:Isbn", "id:instance/test/mp31a").items() if not status
    ]


def test_mp26_the_print_form_is_another_instance_of_the_same_work() -> None:
    mapped = case("mp26_issn_roles.mrc")
    [form] = mapped.objects("id:instance/test/mp26", "bf:otherPhysicalFormat")
    assert mapped.objects(form, "bf:instanceOf") == [_work(mapped, "mp26")]
    assert form != "id:instance/test/mp26"


def test_a_number_of_another_file_names_one_thing_and_one_without_a_code_none() -> None:
    fields = "787 0_ $i Se også: $t Galaxy $w (DLC)   05014047 $w (OCoLC)ocm01570385"
    records = [record(f"001 {n}", f"245 00 $a {n}", fields) for n in "ab"]
    mapped = Mapped(records)
    others = {value for n in "ab" for value in mapped.objects(f"id:instance/test/{n}", "bf:relatedTo")}
    [other] = others
    assert mapped.number("bf:Lccn", other) == {"05014047": []}
    assert mapped.number("bf:OclcNumber", other) == {"1570385": []}
    plain = Mapped([record("787 0_ $t Galaxy $w 77")])
    assert plain.omissions("787") == [("w", "number-without-source")]


def test_a_title_alone_names_a_thing_of_its_record_only() -> None:
    def others(field: str) -> set[str]:
        mapped = Mapped([record(f"001 {n}", f"245 00 $a {n}", field) for n in "ab"])
        return {value for n in "ab" for value in mapped.objects(f"id:instance/test/{n}", "bf:partOf")}

    assert len(others("773 0_ $t Festskrift")) == 2
    assert len(others("773 0_ $t Festskrift $d Oslo : Skarv, 2001")) == 1
    assert len(others("773 0_ $t Works $d Oslo : Skarv, 2001")) == 2


def test_a_field_that_names_nothing_gives_nothing() -> None:
    mapped = Mapped([record("773 0_ $g S. 3 $i Inkludert i:")])
    assert _links(mapped, "id:instance/test/r1") == []
    assert mapped.omissions("773") == [("g", "no-linked-thing"), ("i", "no-linked-thing")]


def test_the_author_of_the_other_resource_is_the_person_of_the_same_heading() -> None:
    author = "100 1_ $a Bringsværd, Tor Åge, $d 1939- $0 (NO-TrBIB)90058926"
    mapped = Mapped([record(author, "765 0_ $a Bringsværd, Tor Åge, 1939- $t Jesus elsker ikke griser $d Oslo, 1986")])
    [original] = mapped.objects("id:instance/test/r1", "bf:translationOf")
    assert mapped.path(original, "bf:contribution", "bf:agent") == ["id:agent/noraf-90058926"]


def test_an_alma_number_is_of_the_source_only_in_the_same_zone() -> None:
    def host(key: str) -> list[str]:
        return Mapped([record(f"001 {key}", "773 0_ $t Gull $w 990200774834702201")]).objects(
            f"id:instance/test/{key}", "bf:partOf"
        )

    assert host("990216722964702201") == ["id:instance/test/990200774834702201"]
    assert host("990216722964702202") != ["id:instance/test/990200774834702201"]


def test_a_linking_entry_in_two_scripts_is_one() -> None:
    fields = "767 0_ $6 880-01 $t Zima $z 9788299990707", "880 0_ $6 767-01/(N $t Зима"
    mapped = Mapped([record(*fields)])
    [other] = mapped.objects("id:instance/test/r1", "bf:translation")
    assert mapped.objects(other, "rdfs:label") == ["Zima", "Зима@und-cyrl"]
