"""Series statements and series entries (440, 490, 800–830), by the cases of the trade and the MARC definitions."""

from __future__ import annotations

import pytest

from tests.loader.marc.mapped import Mapped, case, record


def _series(mapped: Mapped, instance: str) -> dict[str, list[str]]:
    """Return the series of an instance by their labels, each with the numbers of the instance in it."""
    found: dict[str, list[str]] = {label: [] for label in mapped.path(instance, "bf:hasSeries", "rdfs:label")}
    for relation in mapped.objects(instance, "bf:relation"):
        for label in mapped.path(relation, "bf:associatedResource", "rdfs:label"):
            found[label] += mapped.objects(relation, "bf:seriesEnumeration")
    return found


def _labelled(mapped: Mapped, label: str) -> str:
    [node] = [each for each in mapped.of_class("bf:Series") if label in mapped.objects(each, "rdfs:label")]
    return node


def test_mp04_statements_and_entries_are_paired_whatever_their_order() -> None:
    mapped = case("mp04_490_830_other_order.mrc")
    assert _series(mapped, "id:instance/test/mp04") == {
        "Havmeldinger": ["79"],
        "Kystmuseet. Skrifter": ["b. 4"],
        "Småskrifter": [],
    }
    assert len(mapped.of_class("bf:Series")) == 3
    assert mapped.number("bf:Issn", _labelled(mapped, "Havmeldinger")) == {"9999-0016": []}
    assert mapped.number("bf:Issn", _labelled(mapped, "Kystmuseet. Skrifter")) == {"9999-0024": []}
    assert mapped.number("bf:Issn", _labelled(mapped, "Småskrifter")) == {}
    assert mapped.objects("id:instance/test/mp04", "bf:seriesStatement") == [
        "Havmeldinger, 9999-0016 ; nr. 79",
        "Skrifter fra Kystmuseet, 9999-0024 ; b. 4",
        "Småskrifter",
    ]


def test_mp01_a_statement_whose_other_script_is_lost_is_kept() -> None:
    mapped = case("mp01_880_pairs_and_unlinked.mrc")
    assert ("490", "unpaired-script") in mapped.doubts()
    assert mapped.objects("id:instance/test/mp01", "bf:seriesStatement") != []


def test_an_entry_takes_issn_and_number_of_its_statement_by_title_or_number() -> None:
    by_title = Mapped([record("490 1_ $a Havbøker / Skarv $x 9999-0016 $v nr. 7", "830 _0 $a Havbøker")])
    assert _series(by_title, "id:instance/test/r1") == {"Havbøker": ["nr. 7"]}
    assert by_title.of_class("bf:Series") == ["id:hub/test/issn-9999-0016"]
    fields = "490 1_ $a Skrifter $x 9999-0016 $v nr. 7", "490 1_ $a Mer $v 8", "810 2_ $a Kystmuseet. $t Funn ; $v 7"
    by_number = Mapped([record(*fields)])
    assert _series(by_number, "id:instance/test/r1") == {"Funn": ["7"]}
    assert by_number.of_class("bf:Series") == ["id:hub/test/issn-9999-0016"]


def test_a_statement_and_an_entry_that_agree_in_nothing_are_not_joined() -> None:
    mapped = Mapped([record("490 1_ $a Havbøker $x 9999-0016 $y 9999-0024 $v 1", "830 _0 $a Fjellbøker $v 2")])
    assert _series(mapped, "id:instance/test/r1") == {"Fjellbøker": ["2"]}
    assert mapped.number("bf:Issn", _labelled(mapped, "Fjellbøker")) == {}
    assert mapped.omissions("490") == [("y", "series-not-paired")]


def test_a_series_entry_is_one_series_in_two_records_and_a_statement_is_not() -> None:
    records = [record(f"001 {n}", f"245 00 $a Bok {n}", "830 _0 $a Havbøker ; $v 1") for n in "ab"]
    assert len(Mapped(records).of_class("bf:Series")) == 1
    records = [record(f"001 {n}", f"245 00 $a Bok {n}", "490 0_ $a Havbøker ; $v 1") for n in "ab"]
    assert len(Mapped(records).of_class("bf:Series")) == 2
    records = [record(f"001 {n}", f"245 00 $a Bok {n}", "830 _0 $a Rapport ; $v 1") for n in "ab"]
    assert len(Mapped(records).of_class("bf:Series")) == 2


def test_a_series_of_a_person_has_the_person_as_its_author_and_the_number_is_the_persons() -> None:
    field = "800 1_ $a Bringsværd, Tor Åge $d 1939- $t Karsten og Petra $v 5 $0 (NO-TrBIB)90058926 $4 aut"
    mapped = Mapped([record(field)])
    [series] = mapped.of_class("bf:Series")
    assert mapped.path(series, "bf:contribution", "bf:agent") == ["id:agent/noraf-90058926"]
    assert mapped.path(series, "bf:contribution", "bf:role") == ["relators:aut"]
    assert _series(mapped, "id:instance/test/r1") == {"Karsten og Petra": ["5"]}
    assert mapped.omissions("800") == []


def test_an_entry_of_a_person_without_a_title_names_no_series() -> None:
    """800 $t is the title; the statement names the series then."""
    mapped = Mapped([record("490 1_ $a Karsten + Petra", "800 1_ $a Bringsværd, Tor Åge $d 1939- $4 aut")])
    assert _series(mapped, "id:instance/test/r1") == {"Karsten + Petra": []}
    assert mapped.omissions("800") == [("a", "no-title"), ("d", "no-title"), ("4", "no-title")]


def test_an_issn_names_the_hub_of_the_serials_own_record() -> None:
    serial = record("001 s", "022 __ $a 9999-0016", "245 00 $a Havbøker", leader="00000nas a2200000 i 4500")
    book = record("001 b", "245 00 $a Bok", "490 0_ $a Havbøker $x 9999-0016 $v 3")
    mapped = Mapped([serial, book])
    [hub] = mapped.path("id:instance/test/s", "bf:instanceOf", "bf:expressionOf")
    assert mapped.objects("id:instance/test/b", "bf:hasSeries") == [hub]


def test_a_wrong_issn_of_a_series_is_marked_and_no_key() -> None:
    mapped = Mapped([record("490 0_ $a Havbøker $x 9999-0017 $y 9999-0024 $z 9999-0032 $v 3")])
    [series] = mapped.of_class("bf:Series")
    assert mapped.number("bf:Issn", series) == {
        "9999-0017": ["mstatus:cancinv"],
        "9999-0024": ["mstatus:incorrect"],
        "9999-0032": ["mstatus:cancinv"],
    }
    assert ("490", "invalid-number") in mapped.doubts()


def test_the_old_440_is_statement_and_entry_in_one() -> None:
    mapped = Mapped([record("440 _0 $a Havbøker. $n 2, $p Sild, $x 9999-0016 ; $v nr. 7")])
    assert _series(mapped, "id:instance/test/r1") == {"Havbøker. 2, Sild": ["nr. 7"]}
    assert mapped.objects("id:instance/test/r1", "bf:seriesStatement") == ["Havbøker. 2, Sild, 9999-0016 ; nr. 7"]


def test_a_series_is_described_by_a_record_of_the_source_where_the_number_is_its_own() -> None:
    field = "830 _0 $a Havbøker ; $v 3 $w 999608040994702201"
    mapped = Mapped([record("001 990000627824702201", field)])
    [series] = mapped.of_class("bf:Series")
    assert mapped.objects(series, "bf:adminMetadata") == ["id:record/test/999608040994702201"]
    other = Mapped([record("001 b", "003 NO-XYZ", field)])
    [series] = other.of_class("bf:Series")
    assert other.objects(series, "bf:adminMetadata") == []
    assert other.number("bf:Local", series) == {"999608040994702201": []}


def test_a_series_in_two_scripts_is_one() -> None:
    fields = "830 _0 $6 880-01 $a Zima ; $v 3", "880 _0 $6 830-01/(N $a Зима ; $v 3"
    mapped = Mapped([record(*fields)])
    [series] = mapped.of_class("bf:Series")
    assert "Zima" in mapped.objects(series, "rdfs:label")
    assert "Зима@und-cyrl" in mapped.path(series, "bf:title", "bf:mainTitle")


@pytest.mark.parametrize("field", ["830 _0 $v 10886", "440 _0 $v 10886"])
def test_a_number_alone_names_no_series(field: str) -> None:
    mapped = Mapped([record(field)])
    assert mapped.of_class("bf:Series") == []
    assert mapped.omissions(field[:3]) == [("v", "no-title")]
